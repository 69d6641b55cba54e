import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Lanes } from '../lane/lanes.js';
import { renewLogId } from '../log/event-log.js';
import { countHeads, headCount, readHeadCount } from '../rehearsal/head-count.js';
import { RehearsalConsumer, until } from '../rehearsal/rehearsal-consumer.js';
import { RehearsalLog } from '../rehearsal/rehearsal-log.js';
import { nameIn, on } from '../rehearsal/small-session.js';
import type { Alarm } from '../subscription/alarms.js';
import { follow } from '../subscription/subscriptions.js';
import type { Feed } from './feed.js';

/** One transport, set up between a log and its consumers. */
export interface Rig {
  /** One more process of a service that hears the log. */
  feed(service: string): Feed;
  /** Tells the transport that the log has grown, as the service that writes it does. */
  committed(): void;
  /** What a person, or the transport itself, does to make good a number that got lost. */
  makeGood(p: number, seq: number): Promise<void>;
  /** Lets every event travel once more, beside those that come; answers when it has. Only if there is a sending side. */
  sendAgain?(): Promise<void>;
  /** Everything that other services can read is gone; the log of the service is not. */
  wipe(): Promise<void>;
  /** What a person does after that, if the transport does not help itself. */
  putBack(): Promise<void>;
  /** To be called after the store was put back to an earlier day. */
  storeWasRestored(): Promise<void>;
  /** Alarms of the sending side, if it has one. */
  alarms(): Alarm[];
  close(): Promise<void>;
}

/** What every transport must keep (design §3 "Subscriptions"). */
export function feedContract(transport: string, make: (log: RehearsalLog, source: string) => Promise<Rig>): void {
  describe(`${transport}: a log on its way to another service`, () => {
    let log: RehearsalLog;
    let lanes: Lanes;
    let rig: Rig;
    let consumer: RehearsalConsumer;
    const consumers: RehearsalConsumer[] = [];
    const others: { log: RehearsalLog; rig: Rig }[] = [];
    /** Another service; closed at the end, also when its test fails. */
    const newConsumer = async () => {
      const made = await RehearsalConsumer.make();
      consumers.push(made);
      return made;
    };
    beforeAll(async () => {
      log = await RehearsalLog.make();
      rig = await make(log, 'reservations');
      lanes = await log.openLanes({ onCommitted: () => rig.committed() });
      consumer = await newConsumer();
    });
    afterAll(async () => {
      await Promise.all(consumers.map((one) => one.close()));
      for (const one of [{ log, rig }, ...others]) {
        await one.rig.close();
        await one.log.close();
      }
    });
    /** A log that may be broken, with ten events in each partition and a consumer that has heard them. */
    const breakable = async () => {
      const other = await RehearsalLog.make();
      const its = await make(other, 'reservations');
      others.push({ log: other, rig: its });
      const writing = await other.openLanes({ onCommitted: () => its.committed() });
      for (let p = 0; p < 8; p++) {
        await writing.submit(on(nameIn(p), { do: 'open', capacity: 100 }));
        for (let i = 0; i < 9; i++) await writing.submit(on(nameIn(p), { do: 'reserve', person: `p${i}` }));
      }
      const hearing = await newConsumer();
      await hearing.follow(headCount(), its.feed(hearing.name));
      await until(async () => JSON.stringify(await readHeadCount(hearing.pool)) === counted(await other.events()));
      return { log: other, rig: its, lanes: writing, consumer: hearing };
    };

    const open = (name: string) => lanes.submit(on(name, { do: 'open', capacity: 1_000 }));
    const reserve = (name: string, from: number, to: number) =>
      Promise.all(
        Array.from({ length: to - from }, (_, i) => lanes.submit(on(name, { do: 'reserve', person: `p${from + i}` }))),
      );
    const upToDate = async (at = consumer, schema?: string) =>
      until(async () => JSON.stringify(await readHeadCount(at.pool, schema)) === counted(await log.events()));

    test('arrives whole, each event once, what is there and what comes', async () => {
      await Promise.all(Array.from({ length: 20 }, (_, i) => open(`a${i}`)));
      await reserve('a0', 0, 100);
      await consumer.follow(headCount(), rig.feed(consumer.name));
      await upToDate();
      await Promise.all(Array.from({ length: 20 }, (_, i) => reserve(`a${i}`, 200, 230)));
      await upToDate();
      expect(consumer.alarms.list()).toEqual([]);
    });

    test('heard by two processes of a service at once, still changes each row once', async () => {
      const both = await newConsumer();
      await both.follow(headCount(), rig.feed(both.name));
      await both.follow(headCount(), rig.feed(both.name));
      await Promise.all(Array.from({ length: 20 }, (_, i) => reserve(`a${i}`, 300, 320)));
      await upToDate(both);
    });

    test('told to a projection that rests between two batches, is folded together', async () => {
      const resting = await newConsumer();
      const projection = headCount();
      let batches = 0;
      const apply: typeof projection.apply = (batch, context) => {
        batches++;
        return projection.apply(batch, context);
      };
      await resting.follow({ ...projection, rest: 400, apply }, rig.feed(resting.name));
      await upToDate(resting);
      batches = 0;
      for (let i = 0; i < 20; i++) {
        await reserve('a0', 400 + i, 401 + i);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      await upToDate(resting);
      expect(batches).toBeLessThanOrEqual(10);
    });

    test('beside the log of a second service, is heard with it by one projection, and nothing of either is lost', async () => {
      const second = await RehearsalLog.make();
      const its = await make(second, 'notices');
      others.push({ log: second, rig: its });
      const writing = await second.openLanes({ onCommitted: () => its.committed() });
      const everywhere = () => Array.from({ length: 8 }, (_, p) => nameIn(p, 60));
      await Promise.all(everywhere().map((name) => writing.submit(on(`second-${name}`, { do: 'open', capacity: 9 }))));
      const both = await newConsumer();
      const ofBoth = headCount(new Set(), 'head-count', ['reservations', 'notices']);
      const hasHeardAll = async () =>
        JSON.stringify(await readHeadCount(both.pool)) ===
        counted([...(await log.events()), ...(await second.events())]);
      await both.follow(ofBoth, rig.feed(both.name), its.feed(both.name));
      await until(hasHeardAll, 'everything of both');
      // A second process takes its share of both
      await both.follow(ofBoth, rig.feed(both.name), its.feed(both.name));
      for (const name of everywhere()) {
        await open(name);
        await writing.submit(on(`second-${name}`, { do: 'reserve', person: 'p' }));
      }
      await until(hasHeardAll, 'everything of both by two processes');
      expect(both.alarms.list()).toEqual([]);
    });

    test('stopped and started again, goes on where it was', async () => {
      const stopping = await newConsumer();
      for (let i = 0; i < 3; i++) {
        const following = await stopping.follow(headCount(), rig.feed(stopping.name));
        await reserve('a1', 400 + i * 10, 410 + i * 10);
        if (i === 2) await upToDate(stopping);
        await following.stop();
      }
      expect(stopping.alarms.list()).toEqual([]);
    });

    test('heard again from the beginning, because a process remembers old positions, changes nothing twice', async () => {
      const forgetful = await newConsumer();
      const feed = rig.feed(forgetful.name);
      const subscription = await forgetful.prepare(headCount(), feed);
      const first = await follow(subscription, [feed]);
      await upToDate(forgetful);
      await first.stop();
      const heard: number[] = [];
      const following = await feed.follow({
        name: subscription.name,
        alarms: forgetful.alarms,
        positions: async (source) => (await subscription.positions(source)).map((at) => ({ ...at, next: 1 })),
        deliver: async (source, events) => {
          const delivered = await subscription.deliver(source, events);
          if (delivered.length > 0) heard.push(...events.map(({ seq }) => seq));
          return delivered;
        },
      });
      await until(() => heard.includes(1));
      await reserve('a2', 500, 520);
      await upToDate(forgetful);
      await following.stop();
    });

    test('sent once more, by two at once, changes nothing twice', async () => {
      await rig.sendAgain?.();
      await reserve('a3', 600, 620);
      await upToDate();
      expect([...consumer.alarms.list(), ...rig.alarms()]).toEqual([]);
    });

    test('with a number missing, applies nothing behind the hole, says so, and goes on when it is made good', async () => {
      const holed = await newConsumer();
      await holed.follow(headCount(), rig.feed(holed.name));
      await upToDate(holed);
      const name = nameIn(3, 30);
      const { positions } = await open(name);
      await upToDate(holed);
      const { p, seq } = positions[0]!;
      await log.loseNumber(p, seq + 1);
      await reserve(name, 0, 5);
      await until(() =>
        holed.alarms
          .list()
          .some((alarm) => alarm.name === 'hole' && alarm.detail.includes(`number ${seq + 1} is missing`)),
      );
      expect((await readHeadCount(holed.pool)).find(({ stream }) => stream.endsWith(name))).toMatchObject({
        persons: 0,
        events: 1,
      });
      await rig.makeGood(p, seq + 1);
      await upToDate(holed);
      await until(() => holed.alarms.list().length === 0);
    });

    test('restored from a backup without a word, stops with the alarm another-log instead of taking new events for old', async () => {
      for (let p = 0; p < 8; p++) {
        await open(nameIn(p, 40));
        await reserve(nameIn(p, 40), 0, 5);
      }
      const fooled = await newConsumer();
      await fooled.follow(headCount(), rig.feed(fooled.name));
      await upToDate(fooled);
      const before = await readHeadCount(fooled.pool);
      await log.restore(3);
      const after = await log.openLanes({ onCommitted: () => rig.committed() });
      await rig.storeWasRestored();
      await Promise.all(Array.from({ length: 60 }, (_, i) => after.submit(on(`new${i}`, { do: 'open', capacity: 1 }))));
      await until(() => [...fooled.alarms.list(), ...rig.alarms()].some(({ name }) => name === 'another-log'));
      expect(await readHeadCount(fooled.pool)).toEqual(before);
    });

    test('restored from a backup and given a new log id, stops with the alarm another-log and applies nothing', async () => {
      const restored = await breakable();
      const before = await readHeadCount(restored.consumer.pool);
      await restored.log.restore(3);
      await renewLogId(restored.log.pool);
      const after = await restored.log.openLanes({ onCommitted: () => restored.rig.committed() });
      await restored.rig.storeWasRestored();
      // So many that numbers, events before positions and all but the log id would fit
      await Promise.all(Array.from({ length: 200 }, (_, i) => after.submit(on(`n${i}`, { do: 'open', capacity: 1 }))));
      const alarms = () => [...restored.consumer.alarms.list(), ...restored.rig.alarms()];
      await until(() => alarms().some(({ name }) => name === 'another-log'));
      expect(await readHeadCount(restored.consumer.pool)).toEqual(before);
    });

    test('gone from where others read it, is taken for nothing that was applied, and goes on when it is back', async () => {
      const wiped = await breakable();
      await wiped.rig.wipe();
      const more = (from: number) =>
        Promise.all(
          Array.from({ length: 40 }, (_, i) =>
            wiped.lanes.submit(on(nameIn(i % 8), { do: 'reserve', person: `q${from + i}` })),
          ),
        );
      await more(0);
      await wiped.rig.putBack();
      await more(40);
      await until(
        async () => JSON.stringify(await readHeadCount(wiped.consumer.pool)) === counted(await wiped.log.events()),
      );
      await until(
        () => [...wiped.consumer.alarms.list(), ...wiped.rig.alarms()].length === 0,
        'every alarm being over',
      );
    });
  });
}

const counted = (events: Parameters<typeof countHeads>[0]) => JSON.stringify(countHeads(events));
