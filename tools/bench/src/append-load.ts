import type { DomainEvent } from '#kernel/decider.js';
import { newId } from '#kernel/ids.js';
import { streamRef, type LaneCommand, type StreamType } from '#platform/lane/lane-command.js';
import type { Lanes } from '#platform/lane/lanes.js';
import type { SideTable } from '#platform/log/side-table.js';
import type pg from 'pg';

/** An event of about 500 bytes of JSON. */
export function event500(): DomainEvent {
  return { type: 'Filled', data: { personId: newId(), reservationId: newId(), filler: 'x'.repeat(390) } };
}

const counter: StreamType<number> = {
  category: 'bench',
  initialState: 0,
  evolve: (count) => count + 1,
  read: (stored) => stored,
  schemaVersion: () => 1,
};

export const SEALED: SideTable = { name: 'bench_sealed', key: { id: 'uuid' }, columns: { body: 'bytea' } };
const HMAC = Buffer.alloc(32, 1);
const BODY = Buffer.alloc(300, 7);

/** Commands of one event each; the streams go round, so those under way at one time are distinct. */
export function appendLoad(lanes: Lanes, withSide: boolean): () => Promise<unknown> {
  const streams = Array.from({ length: 2_000 }, () => streamRef(counter, newId()));
  let turn = 0;
  return () => {
    const stream = streams[turn++ % streams.length]!;
    const command: LaneCommand<null> = {
      commandId: newId(),
      account: 'bench',
      bodyHmac: HMAC,
      metadata: {},
      writes: [stream],
      checks: [],
      decide: (states) => {
        states.of(stream);
        const sides = withSide ? [{ table: SEALED, key: { id: newId() }, row: { body: BODY } }] : [];
        return { events: [{ stream, events: [event500()] }], sides, answer: null };
      },
    };
    return lanes.submit(command);
  };
}

/** The baseline: one row an autocommitted INSERT, prepared, into a table with nothing but a primary key. */
export async function rawInsert(pool: pg.Pool): Promise<() => Promise<unknown>> {
  await pool.query(
    'create table if not exists bench_raw (id bigint generated always as identity primary key, stream text, event_id uuid, type text, data jsonb)',
  );
  return () => {
    const { type, data } = event500();
    return pool.query({
      name: 'raw',
      text: 'insert into bench_raw (stream, event_id, type, data) values ($1, $2, $3, $4)',
      values: [`bench-${newId()}`, newId(), type, JSON.stringify(data)],
    });
  };
}
