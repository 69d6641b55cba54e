import type pg from 'pg';

/** The connections of those who ask: whoever applies what was heard never waits for one of them. */
export class Reading {
  constructor(readonly pool: pg.Pool) {}
}
