import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Lanes } from '../lane/lanes.js';
import { countHeads, headCount, readHeadCount } from '../rehearsal/head-count.js';
import { RehearsalConsumer, until } from '../rehearsal/rehearsal-consumer.js';
import { RehearsalLog } from '../rehearsal/rehearsal-log.js';
import { nameIn, on } from '../rehearsal/small-session.js';
import type { Alarm } from '../subscription/alarms.js';
import type { Feed } from './feed.js';

/** One transport, set up between a log and its consumers. */
export interface Rig {
  /** One more process of a service that hears the log. */
  feed(service: string): Feed;
  /** Tells the transport that the log has grown, as the service that writes it does. */
  committed(): void;
  /** What a person, or the transport itself, does to make good a number that got lost. */
  makeGood(p: number, seq: number): Promise<void>;
  /** Everything on the way is gone; the log is not. */
  wipe?(): Promise<void>;
  /** To be called after the store was put back to an earlier day. */
  storeWasRestored(): Promise<void>;
  /** Alarms of the sending side, if it has one. */
  alarms(): Alarm[];
  close(): Promise<void>;
}

/** What every transport must keep (design §3 "Subscriptions"). */
export function feedContract(transport: string, make: (log: RehearsalLog) => Promise<Rig>): void {
  describe(`${transport}: a log on its way to another service`, () => {
    let log: RehearsalLog;
    let lanes: Lanes;
    let rig: Rig;
    let consumer: RehearsalConsumer;
    const consumers: RehearsalConsumer[] = [];
    /** Another service; closed at the end, also when its test fails. */
    const newConsumer = async () => {
      const made = await RehearsalConsumer.make();
      consumers.push(made);
      return made;
    };
    beforeAll(async () => {
      log = await RehearsalLog.make();
      rig = await make(log);
      lanes = await log.openLanes({ onCommitted: () => rig.committed() });
      consumer = await newConsumer();
    });
    afterAll(async () => {
      await Promise.all(consumers.map((one) => one.close()));
      await rig.close();
      await log.close();
    });

    const open = (name: string) => lanes.submit(on(name, { do: 'open', capacity: 1_000 }));
    const reserve = (name: string, from: number, to: number) =>
      Promise.all(
        Array.from({ length: to - from }, (_, i) => lanes.submit(on(name, { do: 'reserve', person: `p${from + i}` }))),
      );
    const upToDate = async (at = consumer, schema?: string) =>
      until(
        async () =>
          JSON.stringify(await readHeadCount(at.pool, schema)) === JSON.stringify(countHeads(await log.events())),
      );

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

    test('stopped and started again, goes on where it was', async () => {
      const stopping = await newConsumer();
      for (let i = 0; i < 3; i++) {
        const following = await stopping.follow(headCount(), rig.feed(stopping.name));
        await reserve('a1', 400 + i * 10, 410 + i * 10);
        if (i === 2) await upToDate(stopping);
        await following.stop();
      }
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
  });
}
