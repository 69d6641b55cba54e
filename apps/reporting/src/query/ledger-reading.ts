import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { plainArray } from '#platform/log/array-literal.js';
import { ServiceDatabase } from '#platform/hosting/rows.js';
import { MARKER } from '#platform/subscription/projection-tables.js';
import { readPositions } from '#platform/subscription/positions.js';
import { schemaOf } from '#platform/subscription/subscriber.js';
import { inTransaction } from '#platform/subscription/transaction.js';
import { SOURCES } from '../ledger/heard.js';
import { LEDGER } from '../ledger/ledger.projector.js';
import { earlier, formatPlace, parsePlace, type NamedPlace, type Place } from './asked-place.js';
import { WITHIN, type Asked, type Query, type Row } from './query.js';

const SCHEMA = schemaOf(LEDGER);

/** What an answer is made of. */
export interface AskedOf {
  /** Of the last event that was heard; ISO 8601, null before the first. */
  readonly instant: string | null;
  /** Sent as `asOf`, the same is answered again. */
  readonly position: string;
  /** Streams of which something could not be applied: their numbers are not to be trusted. */
  readonly parked: number;
}

/** The ledger at one place: whatever is asked of it is of the same state. */
export class LedgerReading {
  constructor(
    private readonly client: pg.ClientBase,
    readonly asOf: AskedOf,
    private readonly place: Place,
  ) {}

  async ask<Answer extends object = Row>(query: Query, asked: Asked = {}, place = this.place): Promise<Answer[]> {
    const { from = null, to = null, termId = null, sessionId = null, within = WITHIN } = asked;
    const given: Readonly<Record<string, unknown>> = {
      ...Object.fromEntries(SOURCES.map((source) => [source, plainArray(place[source])])),
      ...{ from_day: from, to_day: to, term_id: termId, session_id: sessionId, within },
    };
    const { text, names } = compiled(query);
    const { rows } = await this.client.query<Answer>({
      name: `query-${query.id}`,
      text,
      values: names.map((name) => given[name]),
    });
    return rows;
  }

  /** Where the log stood at the end of a civil day; not later than this reading. */
  async endOf(day: string): Promise<Place> {
    const { rows } = await this.client.query<{ source: string; p: number; seq: number }>({
      name: 'day-ends',
      text: `select source, p, max(last_seq)::float8 as seq from ${SCHEMA}.day_end where day <= $1 group by source, p`,
      values: [day],
    });
    const ends = new Map(rows.map(({ source, p, seq }) => [`${source}/${p}`, seq]));
    const place = Object.fromEntries(
      SOURCES.map((source) => [source, this.place[source].map((_, p) => ends.get(`${source}/${p}`) ?? 0)]),
    ) as unknown as Place;
    return earlier(place, this.place);
  }

  /** Whether anything was heard of that day or a later one: before that, there is nothing to report. */
  async hasHeard(day: string): Promise<boolean> {
    const { rows } = await this.client.query(`select from ${SCHEMA}.day_end where day >= $1 limit 1`, [day]);
    return rows.length > 0;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(SOURCES.map((source) => [source, 'bigint[]'])),
  ...{ from_day: 'text', to_day: 'text', term_id: 'text', session_id: 'text', within: 'integer' },
};

const texts = new Map<string, { readonly text: string; readonly names: readonly string[] }>();

/** The SQL of a query with a parameter for each `asked.…` in it: as a row of its own it would mislead the planner. */
export function compiled(query: Query, schema = SCHEMA) {
  const known = texts.get(`${schema}/${query.id}`);
  if (known !== undefined) return known;
  const names: string[] = [];
  const text = query.sql(schema).replaceAll(/\basked\.(\w+)/g, (_, name: string) => {
    if (!names.includes(name)) names.push(name);
    return `($${names.indexOf(name) + 1}::${TYPES[name]})`;
  });
  const made = { text, names };
  texts.set(`${schema}/${query.id}`, made);
  return made;
}

/** Opens readings of the ledger. */
@Injectable()
export class Ledger {
  constructor(@Inject(ServiceDatabase) private readonly database: ServiceDatabase) {}

  /**
   * Reads in one snapshot. A rebuild is kept from swapping meanwhile: to an open snapshot, tables filled later look empty.
   * @param asOf what an earlier answer gave as its position; now when absent
   * @throws Refusal `invalid-as-of`, `not-yet`
   */
  read<Answer>(asOf: string | undefined, work: (reading: LedgerReading) => Promise<Answer>): Promise<Answer> {
    return inTransaction(
      this.database.pool,
      async (client) => {
        await client.query(`lock table ${SCHEMA}.${MARKER} in access share mode`);
        const now = await standing(client);
        const named = asOf === undefined ? now : parsePlace(asOf, now);
        const instant = named.at === 0 ? null : new Date(named.at).toISOString();
        const answered = { instant, position: formatPlace(named), parked: now.parked };
        return work(new LedgerReading(client, answered, named.place));
      },
      'begin isolation level repeatable read read only',
    );
  }
}

async function standing(client: pg.ClientBase): Promise<NamedPlace & { parked: number }> {
  const place: Record<string, number[]> = {};
  const logs: Record<string, string | null> = {};
  let at = 0;
  for (const source of SOURCES) {
    const positions = await readPositions(client, LEDGER, source);
    place[source] = positions.map(({ next }) => next - 1);
    logs[source] = positions.find(({ logId }) => logId !== null)?.logId ?? null;
    for (const { lastAt } of positions) at = Math.max(at, lastAt ?? 0);
  }
  const { rows } = await client.query<{ parked: number }>(
    `select count(*)::int as parked from parked_stream k join subscription s on s.name = k.subscription and s.version = k.version
     where k.subscription = $1`,
    [LEDGER],
  );
  return {
    at,
    place: place as unknown as Place,
    logs: logs as NamedPlace['logs'],
    parked: rows[0]!.parked,
  };
}
