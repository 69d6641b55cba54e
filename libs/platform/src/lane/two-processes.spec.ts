import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { RehearsalLog } from '../rehearsal/rehearsal-log.js';
import { move, nameIn, on, session } from '../rehearsal/small-session.js';
import type { Lanes } from './lanes.js';

// Two Lanes on one database know as little of each other as two processes do: all they share is PostgreSQL.
let log: RehearsalLog;
let a: Lanes;
let b: Lanes;
beforeAll(async () => {
  log = await RehearsalLog.make();
  a = await log.openLanes();
  b = await log.openLanes();
});
afterAll(() => log.close());

/** Holds the counter of a partition, as a flush under way does, until it is let go. */
async function hold(p: number): Promise<() => Promise<void>> {
  const client = await log.pool.connect();
  await client.query('begin');
  await client.query('select from partitions where p = $1 for update', [p]);
  return async () => {
    await client.query('rollback');
    client.release();
  };
}

/** Until `sessions` flushes wait for a lock. */
async function waitingFlushes(sessions: number): Promise<void> {
  for (;;) {
    const { rows } = await log.pool.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and application_name = 'rehearsal-lanes'`,
    );
    if (rows[0]!.n >= sessions) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('two processes on one database', () => {
  test('given a full session in both memories, when A cancels and B books at once after, then B gets the seat', async () => {
    const name = nameIn(3);
    await a.submit(on(name, { do: 'open', capacity: 1 }));
    await a.submit(on(name, { do: 'reserve', person: 'p0' }));
    for (let i = 0; i < 20; i++) {
      await expect(b.submit(on(name, { do: 'reserve', person: 'late' }))).rejects.toMatchObject({
        slug: 'session-full',
      });
      await a.submit(on(name, { do: 'cancel', person: `p${i}` }));
      await b.submit(on(name, { do: 'reserve', person: `p${i + 1}` }));
    }
  });

  test('when the term is closed while a booking waits for the lock, then the booking is refused', async () => {
    const [term, name] = [nameIn(0), nameIn(5)];
    await a.submit(on(term, { do: 'open', capacity: 1 }));
    await a.submit(on(name, { do: 'open', capacity: 9 }));
    await b.submit(on(name, { do: 'reserve', person: 'before' }, { checks: [session(term)] }));
    const letGo = await hold(0);
    const closing = a.submit(on(term, { do: 'close' }));
    await waitingFlushes(1);
    const booking = b.submit(on(name, { do: 'reserve', person: 'after' }, { checks: [session(term)] }));
    await waitingFlushes(2);
    await letGo();
    await closing;
    await expect(booking).rejects.toMatchObject({ slug: 'term-closed' });
  });

  test('when the flush of a move fails while a booking waits for the seat it would free, then nobody gets that seat', async () => {
    const [from, to] = [nameIn(2), nameIn(7)];
    await a.submit(on(from, { do: 'open', capacity: 1 }));
    await a.submit(on(to, { do: 'open', capacity: 1 }));
    await a.submit(on(from, { do: 'reserve', person: 'seated' }));
    const letGo = await hold(2);
    // PostgreSQL refuses NUL in jsonb: the move is decided, holds both lanes, and its flush fails
    const failing = { ...move(from, to, 'seated'), metadata: { correlationId: 'poison\0' } };
    const moving = a.submit(failing);
    const booking = a.submit(on(from, { do: 'reserve', person: 'waiting' }));
    const elsewhere = b.submit(on(from, { do: 'reserve', person: 'other process' }));
    await waitingFlushes(2);
    await letGo();
    await expect(moving).rejects.toThrow(/unsupported Unicode/);
    await expect(booking).rejects.toMatchObject({ slug: 'session-full' });
    await expect(elsewhere).rejects.toMatchObject({ slug: 'session-full' });
    await a.submit(on(to, { do: 'reserve', person: 'to is free' }));
  });

  test('when four processes move people to and fro in opposite orders, then nobody waits for ever and no seat is lost', async () => {
    const names = [nameIn(0, 5), nameIn(1, 5), nameIn(4, 5), nameIn(6, 5)];
    const writers = [a, b, await log.openLanes(), await log.openLanes()];
    for (const name of names) await a.submit(on(name, { do: 'open', capacity: 100 }));
    for (let i = 0; i < 16; i++) await a.submit(on(names[i % 4]!, { do: 'reserve', person: `m${i}` }));
    const before = await deadlocks();
    await Promise.all(
      writers.flatMap((writer, w) =>
        Array.from({ length: 4 }, async (_, i) => {
          const person = `m${w * 4 + i}`;
          for (let at = (w * 4 + i) % 4, step = 0; step < 12; step++) {
            const to = (at + (w % 2 === 0 ? 1 : 3)) % 4;
            await writer.submit(move(names[at]!, names[to]!, person));
            at = to;
          }
        }),
      ),
    );
    expect((await deadlocks()) - before).toBe(0);
    const seated = new Map<string, number>();
    for (const { stream, type, data } of await log.events()) {
      if (!names.some((name) => session(name).name === stream) || type === 'Opened') continue;
      const { person } = data as { person: string };
      seated.set(person, (seated.get(person) ?? 0) + (type === 'Reserved' ? 1 : -1));
    }
    expect([...seated.values()]).toEqual(Array.from({ length: 16 }, () => 1));
  });
});

async function deadlocks(): Promise<number> {
  await log.pool.query('select pg_stat_force_next_flush()');
  const { rows } = await log.pool.query<{ deadlocks: number }>(
    'select deadlocks from pg_stat_database where datname = current_database()',
  );
  return rows[0]!.deadlocks;
}
