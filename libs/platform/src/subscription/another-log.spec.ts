import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Lanes } from '../lane/lanes.js';
import { readLogId, renewLogId } from '../log/event-log.js';
import { headCount } from '../rehearsal/head-count.js';
import { HeardLog } from '../rehearsal/heard-log.js';
import { invitations } from '../rehearsal/invitations.js';
import { type RehearsalConsumer, until } from '../rehearsal/rehearsal-consumer.js';
import { RehearsalLog } from '../rehearsal/rehearsal-log.js';
import { nameIn } from '../rehearsal/small-session.js';
import { resumeAfterRestore } from './another-log.js';
import { listParked } from './parking.js';
import { rebuild } from './rebuild.js';

let heard: HeardLog;
let own: RehearsalLog;
let lanes: Lanes;
let consumer: RehearsalConsumer;
const name = nameIn(2);
beforeEach(async () => {
  heard = await HeardLog.make();
  own = await RehearsalLog.make();
  lanes = await own.openLanes();
  consumer = await heard.consumer();
  await heard.open(name);
  await heard.reserve(name, 'kept', 'lost 1', 'lost 2');
});
afterEach(async () => {
  await heard.close();
  await own.close();
});

const invited = async () => {
  const streams = (await own.events()).map(({ stream }) => stream.replace('small-session-', ''));
  return streams.toSorted();
};
const isStopped = () => consumer.alarms.list().some((alarm) => alarm.name === 'another-log' && alarm.stops);

/** The day's backup: `kept` events of each partition. Written to from now on by a process that has just started. */
async function restore(kept: number, renew = true): Promise<void> {
  await heard.log.restore(kept);
  if (renew) await renewLogId(heard.log.pool);
  heard.lanes = await heard.log.openLanes({ onCommitted: () => heard.kick() });
}

describe('after the store was restored from a backup', () => {
  test('a projection stops, and is built again from the new log', async () => {
    const other = nameIn(6);
    await heard.open(other);
    const feed = heard.feed();
    const live = await consumer.prepare(headCount(), feed);
    await consumer.followOn(live, feed);
    await heard.upToDate(consumer);
    // Of partition 6 nothing is left: not even an event that would tell the new log
    await heard.log.tamper('delete from events where p = 6');
    await heard.log.pool.query('update partitions set next = 1 where p = 6');
    await restore(2);
    await heard.reserve(name, 'new');
    await until(isStopped);
    const result = await rebuild(live, [heard.feed()]);
    expect(result).toMatchObject({ version: 2, equal: undefined, differences: [], events: 3 });
    await heard.upToDate(consumer);
    await heard.reserve(name, 'newer');
    await heard.upToDate(consumer);
    await until(() => consumer.alarms.list().length === 0);
  });

  test('a reaction stops, resumes at the last common event and lists what it did beyond it', async () => {
    const feed = heard.feed();
    const subscription = await consumer.prepare(
      invitations(() => lanes),
      feed,
    );
    const following = await consumer.followOn(subscription, feed);
    await until(async () => (await invited()).length === 3);
    const oldLog = await readLogId(heard.log.pool);
    await restore(2);
    await heard.reserve(name, 'new 1', 'new 2', 'new 3');
    await until(isStopped);
    expect(await invited()).toEqual(['kept', 'lost 1', 'lost 2']);
    await following.stop();
    const resumed = await resumeAfterRestore(subscription, heard.feed());
    expect(resumed.logId).toBe(await readLogId(heard.log.pool));
    expect(resumed.partitions[2]).toEqual({ p: 2, lastCommon: 2, had: 4 });
    expect(resumed.partitions[3]).toEqual({ p: 3, lastCommon: 0, had: 0 });
    expect(resumed.doneBeyond).toMatchObject([
      { logId: oldLog, p: 2, seq: 3 },
      { logId: oldLog, p: 2, seq: 4 },
    ]);
    const { rows } = await own.pool.query<{ stream: string }>('select stream from events where command_id = any ($1)', [
      resumed.doneBeyond.map(({ commandId }) => commandId),
    ]);
    expect(rows.map(({ stream }) => stream)).toEqual(['small-session-lost 1', 'small-session-lost 2']);
    await consumer.followOn(subscription, heard.feed());
    await until(async () => (await invited()).length === 6);
    expect(await invited()).toEqual(['kept', 'lost 1', 'lost 2', 'new 1', 'new 2', 'new 3']);
    expect(consumer.alarms.list()).toEqual([]);
  });

  test('a second time, a reaction still knows what it took from the first log', async () => {
    const feed = heard.feed();
    const subscription = await consumer.prepare(
      invitations(() => lanes),
      feed,
    );
    for (const [round, person] of ['second', 'third'].entries()) {
      const following = await consumer.followOn(subscription, feed);
      await until(async () => (await invited()).length === 3 + round);
      await following.stop();
      await restore(2);
      await heard.reserve(name, person);
      const resumed = await resumeAfterRestore(subscription, heard.feed());
      expect(resumed.partitions[2]).toMatchObject({ lastCommon: 2 });
      expect(resumed.doneBeyond).toHaveLength(2 + round);
    }
    await consumer.followOn(subscription, feed);
    await until(async () => (await invited()).length === 5);
    expect(await invited()).toEqual(['kept', 'lost 1', 'lost 2', 'second', 'third']);
  });

  test('an event that a reaction took at another place of another log is not acted on again', async () => {
    const feed = heard.feed();
    const subscription = await consumer.prepare(
      invitations(() => lanes),
      feed,
    );
    const following = await consumer.followOn(subscription, feed);
    await until(async () => (await invited()).length === 3);
    await following.stop();
    await renewLogId(heard.log.pool);
    // A transport that has carried only half of the new log yet: the last common event seems to be an earlier one
    const short = heard.feed();
    const follow = short.follow.bind(short);
    short.follow = (listener) =>
      follow({
        name: listener.name,
        alarms: listener.alarms,
        positions: (source) => listener.positions(source),
        deliver: (source, events) =>
          listener.deliver(
            source,
            events.filter(({ seq }) => seq <= 2),
          ),
      });
    short.lag = async (positions) => positions.map(({ p }) => ({ p, behind: 0, age: 0 }));
    const resumed = await resumeAfterRestore(subscription, short);
    expect(resumed.partitions[2]).toEqual({ p: 2, lastCommon: 2, had: 4 });
    await heard.reserve(name, 'after');
    await consumer.followOn(subscription, heard.feed());
    await until(async () => (await invited()).includes('after'));
    expect(await invited()).toEqual(['after', 'kept', 'lost 1', 'lost 2']);
  });

  test('parked events that are gone are given up, and not listed as done', async () => {
    const refusing = invitations(
      () => lanes,
      async (send, person) => {
        if (person === 'lost 1') throw new Error('cannot be');
        await send();
      },
    );
    const feed = heard.feed();
    const subscription = await consumer.prepare(refusing, feed);
    const following = await consumer.followOn(subscription, feed);
    await until(async () => (await listParked(consumer.pool))[0]?.events === 2);
    await following.stop();
    await restore(2);
    await heard.reserve(name, 'new 1', 'new 2');
    const resumed = await resumeAfterRestore(subscription, heard.feed());
    expect(resumed).toMatchObject({ droppedParked: 2, doneBeyond: [] });
    await consumer.followOn(subscription, heard.feed());
    await until(async () => (await invited()).length === 3);
    expect(await invited()).toEqual(['kept', 'new 1', 'new 2']);
  });

  test('a reaction is not resumed in a log that did not get a new id, nor a projection at all', async () => {
    const feed = heard.feed();
    const subscription = await consumer.prepare(
      invitations(() => lanes),
      feed,
    );
    await consumer.followOn(subscription, feed);
    await until(async () => (await invited()).length === 3);
    await restore(2, false);
    await heard.reserve(name, 'new 1', 'new 2', 'new 3');
    await until(isStopped);
    await expect(resumeAfterRestore(subscription, heard.feed())).rejects.toMatchObject({ slug: 'same-log' });
    const projection = await consumer.prepare(headCount(), feed);
    await expect(resumeAfterRestore(projection, heard.feed())).rejects.toMatchObject({ slug: 'not-a-reaction' });
  });

  test('a reaction is not resumed before anything of the new log can be read', async () => {
    const feed = heard.feed();
    const subscription = await consumer.prepare(
      invitations(() => lanes),
      feed,
    );
    await consumer.followOn(subscription, feed);
    await until(async () => (await invited()).length === 3);
    await restore(0);
    await expect(resumeAfterRestore(subscription, heard.feed(), 200)).rejects.toMatchObject({ slug: 'log-unreadable' });
    expect((await subscription.positions('reservations'))[2]).toMatchObject({ next: 5 });
  });
});
