import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '#kernel/ids.js';
import { RehearsalLog } from '../rehearsal/rehearsal-log.js';
import { move, nameIn, on, session } from '../rehearsal/small-session.js';
import type { Lanes } from './lanes.js';

let log: RehearsalLog;
let lanes: Lanes;
beforeAll(async () => {
  log = await RehearsalLog.make();
  lanes = await log.openLanes();
});
afterAll(() => log.close());

const slugs = (settled: PromiseSettledResult<unknown>[]) =>
  settled.map((one) =>
    one.status === 'fulfilled' ? 'accepted' : ((one.reason as { slug?: string }).slug ?? 'defect'),
  );
const count = (list: string[], what: string) => list.filter((one) => one === what).length;

describe('commands of one session', () => {
  test('given 30 seats, when 128 callers book at once, then 30 are accepted and 98 are told that it is full', async () => {
    await lanes.submit(on('crowd', { do: 'open', capacity: 30 }));
    const answers = slugs(
      await Promise.allSettled(
        Array.from({ length: 128 }, (_, i) => lanes.submit(on('crowd', { do: 'reserve', person: `p${i}` }))),
      ),
    );
    expect([count(answers, 'accepted'), count(answers, 'session-full')]).toEqual([30, 98]);
    const reserved = (await log.events()).filter(
      ({ stream, type }) => stream === session('crowd').name && type === 'Reserved',
    );
    expect(reserved).toHaveLength(30);
    expect(reserved.map(({ version }) => version)).toEqual(Array.from({ length: 30 }, (_, i) => i + 2));
  });

  test('every partition counts 1, 2, 3 without a hole, and its instants never fall', async () => {
    await Promise.all(Array.from({ length: 200 }, (_, i) => lanes.submit(on(`many${i}`, { do: 'open', capacity: 1 }))));
    const all = await log.events();
    for (let p = 0; p < 8; p++) {
      const events = all.filter((event) => event.p === p);
      expect(events.length).toBeGreaterThan(5);
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
      expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).toSorted((a, b) => a - b));
    }
  });

  test('an answer names the last sequence that a reader must have seen', async () => {
    const { positions } = await lanes.submit(on('place', { do: 'open', capacity: 1 }));
    const [last] = (await log.events()).filter(({ stream }) => stream === session('place').name).slice(-1);
    expect(positions).toEqual([{ p: last!.p, seq: last!.seq }]);
  });
});

describe('a clock that was put back by ten minutes', () => {
  test('stops nobody: the log goes on from its last instant', async () => {
    const name = nameIn(2, 3);
    await lanes.submit(on(name, { do: 'open', capacity: 5 }));
    const ahead = Date.now() + 600_000;
    await log.pool.query('update partitions set last_at = $1 where p = 2', [new Date(ahead)]);
    const restarted = await log.openLanes();
    await restarted.submit(on(name, { do: 'reserve', person: 'a' }));
    await lanes.submit(on(name, { do: 'reserve', person: 'b' }));
    const booked = (await log.events()).filter(
      ({ stream, type }) => stream === session(name).name && type === 'Reserved',
    );
    expect(booked.map(({ at }) => at)).toEqual([ahead, ahead]);
  });
});

describe('a move', () => {
  test('takes the new seat and gives up the old one together, or changes nothing', async () => {
    const [from, to] = [nameIn(1, 1), nameIn(6, 1)];
    await lanes.submit(on(from, { do: 'open', capacity: 1 }));
    await lanes.submit(on(to, { do: 'open', capacity: 1 }));
    await lanes.submit(on(from, { do: 'reserve', person: 'a' }));
    await lanes.submit(move(from, to, 'a'));
    await expect(lanes.submit(on(from, { do: 'cancel', person: 'a' }))).rejects.toMatchObject({ slug: 'not-found' });
    await lanes.submit(on(from, { do: 'reserve', person: 'b' }));
    await expect(lanes.submit(move(from, to, 'b'))).rejects.toMatchObject({ slug: 'session-full' });
    await expect(lanes.submit(on(from, { do: 'reserve', person: 'c' }))).rejects.toMatchObject({
      slug: 'session-full',
    });
  });
});

describe('the same command again', () => {
  test('answers what it answered, and writes nothing', async () => {
    await lanes.submit(on('again', { do: 'open', capacity: 1 }));
    const command = on('again', { do: 'reserve', person: 'a' });
    const first = await lanes.submit(command);
    const second = await lanes.submit(command);
    expect(second).toEqual({ ...first, repeated: true });
  });

  test('twice in one turn, as with a double click, books once', async () => {
    await lanes.submit(on('double', { do: 'open', capacity: 5 }));
    const command = on('double', { do: 'reserve', person: 'a' });
    const answers = await Promise.all([lanes.submit(command), lanes.submit(command)]);
    expect(answers.map(({ repeated }) => repeated)).toEqual([false, true]);
  });

  test('after it took the last seat is not told that the session is full, not even by another process', async () => {
    const other = await log.openLanes();
    await lanes.submit(on('last', { do: 'open', capacity: 1 }));
    const command = on('last', { do: 'reserve', person: 'a' });
    await lanes.submit(command);
    await expect(lanes.submit(command)).resolves.toMatchObject({ repeated: true });
    await expect(other.submit(command)).resolves.toMatchObject({ repeated: true });
  });

  test('under another body is refused as idempotency-key-reused', async () => {
    const commandId = newId();
    await lanes.submit(on('reused', { do: 'open', capacity: 1 }, { commandId }));
    await expect(lanes.submit(on('reused', { do: 'open', capacity: 2 }, { commandId }))).rejects.toMatchObject({
      slug: 'idempotency-key-reused',
      kind: 'unprocessable',
    });
  });

  test('after a refusal decides again', async () => {
    await lanes.submit(on('later', { do: 'open', capacity: 1 }));
    await lanes.submit(on('later', { do: 'reserve', person: 'a' }));
    const command = on('later', { do: 'reserve', person: 'b' });
    await expect(lanes.submit(command)).rejects.toMatchObject({ slug: 'session-full' });
    await lanes.submit(on('later', { do: 'cancel', person: 'a' }));
    await expect(lanes.submit(command)).resolves.toMatchObject({ repeated: false });
  });
});

describe('a poisoned command', () => {
  test('fails alone: its neighbours in the same flush succeed', async () => {
    await lanes.submit(on('poison', { do: 'open', capacity: 10 }));
    // PostgreSQL refuses NUL in jsonb, so this one breaks the flush after it was decided
    const persons = ['a', 'b', 'poison\0', 'c'];
    const answers = slugs(
      await Promise.allSettled(persons.map((person) => lanes.submit(on('poison', { do: 'reserve', person })))),
    );
    expect(answers).toEqual(['accepted', 'accepted', 'defect', 'accepted']);
  });

  test('with a rule that throws fails alone as well', async () => {
    await lanes.submit(on('bug', { do: 'open', capacity: 10 }));
    const bug = {
      ...on('bug', { do: 'close' }),
      decide: () => {
        throw new TypeError('a defect');
      },
    };
    const answers = await Promise.allSettled([
      lanes.submit(on('bug', { do: 'reserve', person: 'a' })),
      lanes.submit(bug),
      lanes.submit(on('bug', { do: 'reserve', person: 'b' })),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('that asks for a stream it did not name is stopped', async () => {
    const sly = { ...on('sly', { do: 'open', capacity: 1 }), writes: [session('other')] };
    await expect(lanes.submit(sly)).rejects.toThrow(/without having named it/);
  });
});

describe('a lane that is too full', () => {
  test('refuses the next command as unavailable, and does what it has taken', async () => {
    const short = await log.openLanes({ queueBound: 3 });
    const names = Array.from({ length: 5 }, (_, i) => nameIn(2, 10 + i));
    const answers = slugs(
      await Promise.allSettled(names.map((name) => short.submit(on(name, { do: 'open', capacity: 1 })))),
    );
    expect(answers).toEqual(['accepted', 'accepted', 'accepted', 'unavailable', 'unavailable']);
    const opened = (await log.events()).filter(({ stream }) => names.some((name) => session(name).name === stream));
    expect(opened).toHaveLength(3);
  });
});

describe('the memory of the lanes', () => {
  test('stays within its bytes, and forgets without erring', async () => {
    const frugal = await log.openLanes({ cacheBytes: 2_000 });
    const filler = 'x'.repeat(500);
    for (const name of ['m1', 'm2', 'm3']) {
      await frugal.submit(on(name, { do: 'open', capacity: 3 }));
      await frugal.submit(on(name, { do: 'reserve', person: 'a', filler }));
      await frugal.submit(on(name, { do: 'reserve', person: 'b', filler }));
      expect(frugal.cachedBytes).toBeLessThanOrEqual(2_000);
    }
    await expect(frugal.submit(on('m1', { do: 'reserve', person: 'a' }))).rejects.toMatchObject({
      slug: 'already-reserved',
    });
  });
});
