import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Refusal } from '#kernel/refusal.js';
import type { Lanes } from '../lane/lanes.js';
import { readLogId } from '../log/event-log.js';
import { HeardLog } from '../rehearsal/heard-log.js';
import { invitations } from '../rehearsal/invitations.js';
import { RehearsalConsumer, until } from '../rehearsal/rehearsal-consumer.js';
import { RehearsalLog } from '../rehearsal/rehearsal-log.js';
import { nameIn } from '../rehearsal/small-session.js';
import { listParked } from './parking.js';
import { reactionCommandId } from './reaction-journal.js';

let heard: HeardLog;
let own: RehearsalLog;
let lanes: Lanes;
let consumer: RehearsalConsumer;
beforeAll(async () => {
  heard = await HeardLog.make();
  own = await RehearsalLog.make();
  lanes = await own.openLanes();
});
beforeEach(async () => {
  consumer = await RehearsalConsumer.make();
});
// At once: what follows the log would invite the persons of the next test
afterEach(() => consumer.close());
afterAll(async () => {
  await heard.close();
  await own.close();
});

/** How often each of these persons was invited. */
async function invited(...persons: readonly string[]): Promise<number[]> {
  const events = await own.events();
  return persons.map((person) => events.filter(({ stream }) => stream === `small-session-${person}`).length);
}

describe('a reaction', () => {
  test('acts once on an event that is delivered many times, by two processes at once', async () => {
    const name = nameIn(1);
    await heard.open(name);
    const persons = Array.from({ length: 120 }, (_, i) => `twice${i}`);
    await heard.reserve(name, ...persons);
    const feed = heard.feed();
    const first = await consumer.prepare(
      invitations(() => lanes),
      feed,
    );
    const second = await consumer.prepare(
      invitations(() => lanes),
      feed,
    );
    const events = await heard.heardEvents();
    await Promise.all([first, second, first].map((one) => one.deliver('reservations', events)));
    await first.deliver('reservations', events);
    await second.deliver('reservations', events);
    expect(await invited(...persons)).toEqual(persons.map(() => 1));
  });

  test('killed between its command and its position sends the same command again, which is answered from memory', async () => {
    const name = nameIn(2);
    const { positions } = await heard.open(name);
    await heard.reserve(name, 'killed');
    let kills = 2;
    const dying = invitations(
      () => lanes,
      async (send, person) => {
        await send();
        if (person === 'killed' && kills-- > 0) throw Object.assign(new Error('killed'), { code: '57P01' });
      },
    );
    await consumer.follow(dying, heard.feed());
    await until(() => kills < 0);
    expect(await invited('killed')).toEqual([1]);
    const { rows } = await own.pool.query(`select command_id from events where stream = 'small-session-killed'`);
    const place = { logId: await readLogId(heard.log.pool), p: positions[0]!.p, seq: positions[0]!.seq + 1 };
    expect(rows).toEqual([{ command_id: reactionCommandId('invitations', place) }]);
  });

  test('whose connection is cut while it acts neither ends its process nor acts twice when another takes over', async () => {
    const name = nameIn(3);
    await heard.open(name);
    await heard.reserve(name, 'zombie');
    let letGo: () => void = () => undefined;
    let holds = false;
    const paused = new Promise<void>((resolve) => (letGo = resolve));
    const slow = invitations(
      () => lanes,
      async (send, person) => {
        if (person === 'zombie') {
          holds = true;
          await paused;
        }
        await send();
      },
    );
    const zombie = RehearsalConsumer.of(consumer.url);
    const asleep = await zombie.prepare(slow, heard.feed());
    const sleeping = asleep.deliver('reservations', await heard.heardEvents());
    const outcome = sleeping.then(
      () => 'committed',
      () => 'refused',
    );
    await until(() => holds);
    await consumer.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'rehearsal-process'`,
    );
    await consumer.follow(
      invitations(() => lanes),
      heard.feed(),
    );
    await until(async () => (await invited('zombie'))[0] === 1);
    letGo();
    expect(await outcome).toBe('refused');
    expect(await invited('zombie')).toEqual([1]);
    await zombie.close();
  });

  test('refused as unavailable waits instead of parking, and acts when it can', async () => {
    const name = nameIn(4);
    await heard.open(name);
    await heard.reserve(name, 'patient');
    let full = 3;
    const waiting = invitations(
      () => lanes,
      async (send, person) => {
        if (person === 'patient' && full-- > 0) throw new Refusal('unavailable', 'unavailable', 'Too much to do.');
        await send();
      },
    );
    await consumer.follow(waiting, heard.feed());
    await until(async () => (await invited('patient'))[0] === 1);
    expect(full).toBeLessThan(0);
    expect(await listParked(consumer.pool)).toEqual([]);
  });

  test('refused by a rule parks the stream with the reason', async () => {
    const name = nameIn(5);
    await heard.open(name);
    await heard.reserve(name, 'unwanted');
    const refusing = invitations(
      () => lanes,
      async (send, person) => {
        if (person === 'unwanted') throw new Refusal('term-closed', 'conflict', 'The term is closed.');
        await send();
      },
    );
    await consumer.follow(refusing, heard.feed());
    await until(async () => (await listParked(consumer.pool)).length === 1);
    expect((await listParked(consumer.pool))[0]!.error).toMatch(/^Refusal: The term is closed/);
    expect(await invited('unwanted')).toEqual([0]);
  });
});
