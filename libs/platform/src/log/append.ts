import { createHash } from 'node:crypto';
import type { DatabaseError } from 'pg';
import type { Metadata } from '#kernel/envelope.js';
import { newId } from '#kernel/ids.js';
import type { Queryable } from './event-log.js';
import { binaryArray, type Element, type ElementType } from './binary-array.js';
import { instantText } from './row.js';
import { sideParts, type SideWrite } from './side-table.js';

/** An event on its way into the log, its place already worked out: the append only holds if the place is free. */
export interface PlacedEvent {
  readonly p: number;
  readonly seq: number;
  readonly stream: string;
  readonly version: number;
  readonly schemaVersion: number;
  readonly commandId: string;
  readonly metadata: Metadata;
  readonly type: string;
  /** The data, written once. */
  readonly json: string;
}

/** An accepted command, remembered as long as the log (design §3 "Commands"). */
export interface AcceptedCommand {
  readonly commandId: string;
  readonly account: string;
  /** Keyed hash of the canonical body; the key goes with the person or the term. */
  readonly bodyHmac: Uint8Array;
  /** Ids only. */
  readonly answer: unknown;
}

/** What a flush asserts of a partition that it writes to or only checks. */
export interface Expectation {
  readonly p: number;
  readonly next: number;
  readonly write: boolean;
}

export interface Flush {
  /** Ascending by `p`. */
  readonly expectations: readonly Expectation[];
  /** The instant of every event, in epoch milliseconds: the one the rules have seen. */
  readonly decidedAt: number;
  readonly events: readonly PlacedEvent[];
  readonly commands: readonly AcceptedCommand[];
  /** Ids of commands that were refused: had one been accepted before, its refusal would be a lie. */
  readonly refused: readonly string[];
  readonly sides: readonly SideWrite[];
}

/**
 * `done`: everything is committed. Anything else: nothing is, because a counter has moved, the caller's clock is off,
 * or one of the commands was accepted before.
 */
export type FlushOutcome = 'done' | 'moved' | 'clock' | 'known';

/** How far the caller's idea of the database's clock may be off. */
export const CLOCK_SKEW = '1 second';

const CALL = `append_events($1::int[], $2::bigint[], $3::bool[], $4::timestamptz, $5::interval,
  $6::int[], $7::bigint[], $8::text[], $9::int[], $10::uuid[], $11::text[], $12::int[], $13::int[], $14::jsonb[], $15::jsonb[],
  $16::uuid[], $17::text[], $18::bytea[], $19::jsonb[], $20::uuid[])`;

/** Commits a flush or leaves no trace of it, in one statement and so, outside a transaction, in one round trip. */
export async function append(db: Queryable, flush: Flush): Promise<FlushOutcome> {
  const parts = sideParts(flush.sides);
  const values: unknown[] = appendValues(flush);
  const ctes = parts.map((part, i) => {
    const cte = `side${i} as (${part.sql(values.length + 1)})`;
    values.push(...part.values);
    return cte;
  });
  const text =
    parts.length === 0
      ? `select ${CALL} as outcome`
      : `with outcome as materialized (select ${CALL} as outcome), ${ctes.join(', ')} select outcome from outcome`;
  // PostgreSQL keeps 63 characters of a statement's name: a long list of tables goes in as a digest
  const shapes = parts.map(({ shape }) => shape).join('');
  const name = `append${shapes.length < 50 ? shapes : createHash('sha1').update(shapes).digest('hex')}`;
  try {
    const { rows } = await db.query<{ outcome: FlushOutcome }>({ name, text, values });
    return rows[0]!.outcome;
  } catch (thrown) {
    if ((thrown as DatabaseError).constraint === 'commands_pkey') return 'known';
    throw thrown;
  }
}

function appendValues({ expectations, decidedAt, events, commands, refused }: Flush): unknown[] {
  const order = new Map(commands.map(({ commandId }, i) => [commandId, i + 1]));
  return [
    column('integer', expectations, ({ p }) => p),
    column('bigint', expectations, ({ next }) => next),
    column('boolean', expectations, ({ write }) => write),
    instantText(decidedAt),
    CLOCK_SKEW,
    column('integer', events, ({ p }) => p),
    column('bigint', events, ({ seq }) => seq),
    column('text', events, ({ stream }) => stream),
    column('integer', events, ({ version }) => version),
    column('uuid', events, newId),
    column('text', events, ({ type }) => type),
    column('integer', events, ({ schemaVersion }) => schemaVersion),
    column('integer', events, ({ commandId }) => order.get(commandId)!),
    column('jsonb', events, ({ json }) => json),
    column('jsonb', events, ({ metadata }) => JSON.stringify(metadata)),
    column('uuid', commands, ({ commandId }) => commandId),
    column('text', commands, ({ account }) => account),
    column('bytea', commands, ({ bodyHmac }) => bodyHmac),
    column('jsonb', commands, ({ answer }) => JSON.stringify(answer)),
    binaryArray('uuid', refused),
  ];
}

/** A list of one column of the rows. */
function column<Row>(type: ElementType, rows: readonly Row[], value: (row: Row) => Element): Buffer {
  return binaryArray(type, rows.map(value));
}
