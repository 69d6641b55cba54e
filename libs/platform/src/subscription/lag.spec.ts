import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { EmbeddedFeed } from '../feed/embedded-feed.js';
import { headCount } from '../rehearsal/head-count.js';
import { HeardLog } from '../rehearsal/heard-log.js';
import { until } from '../rehearsal/rehearsal-consumer.js';
import { nameIn, on } from '../rehearsal/small-session.js';
import { SubscriptionHealth } from './lag.js';
import { parkedStreams } from './parking.js';

let heard: HeardLog;
beforeAll(async () => {
  heard = await HeardLog.make();
});
afterAll(() => heard.close());

describe('how far a subscription is behind', () => {
  test('is the number of events not applied in each partition, and the age of the oldest of them', async () => {
    const [early, late] = [nameIn(1), nameIn(2)];
    await heard.open(early);
    const consumer = await heard.consumer();
    const feed = heard.feed();
    const subscription = await consumer.prepare(headCount(), feed);
    const following = await consumer.followOn(subscription, feed);
    await heard.upToDate(consumer);
    await following.stop();
    await heard.reserve(early, 'a', 'b');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await heard.reserve(early, 'c');
    await heard.open(late);
    const { lags } = await new SubscriptionHealth([{ subscription, feeds: [feed] }]).report();
    expect(lags).toHaveLength(8);
    expect(lags[1]).toMatchObject({ subscription: 'head-count', source: 'reservations', p: 1, behind: 3 });
    expect(lags[2]).toMatchObject({ p: 2, behind: 1 });
    // The oldest one, not the newest: that was 300 ms earlier
    expect(lags[1]!.age - lags[2]!.age).toBeGreaterThanOrEqual(290);
    expect(lags[0]).toMatchObject({ p: 0, behind: 0, age: 0 });
    await consumer.followOn(subscription, feed);
    await heard.upToDate(consumer);
    const after = await new SubscriptionHealth([{ subscription, feeds: [feed] }]).report();
    expect(after.lags.every(({ behind, age }) => behind === 0 && age === 0)).toBe(true);
  });

  test('makes a service not ready by age and by a stopping alarm, and by nothing else', async () => {
    const name = nameIn(3);
    await heard.open(name);
    const consumer = await heard.consumer();
    const feed = heard.feed();
    const subscription = await consumer.prepare(headCount(), feed);
    const health = () => new SubscriptionHealth([{ subscription, feeds: [feed] }]);
    await Promise.all(
      Array.from({ length: 200 }, (_, i) => heard.lanes.submit(on(name, { do: 'reserve', person: `p${i}` }))),
    );
    expect(await health().check(3_600_000)).toEqual({ ok: true });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await health().check(10)).toEqual({ ok: false, detail: 'head-count: reservations is not applied in time' });
    subscription.alarms.raise('newer-code', 'head-count', '', 'tells, does not stop', false);
    expect(await health().check(3_600_000)).toEqual({ ok: true });
    subscription.alarms.raise('hole', 'head-count', '1', 'stops');
    subscription.alarms.raise('hole', 'head-count', '2', 'stops');
    expect(await health().check(3_600_000)).toEqual({ ok: false, detail: 'head-count: hole' });
  });

  test('is among the numbers of the process, with the parked streams and the alarms', async () => {
    const name = nameIn(4);
    await heard.open(name);
    await heard.reserve(name, 'poison');
    const consumer = await heard.consumer();
    const feed = heard.feed();
    const projection = headCount(new Set(['poison']));
    const subscription = await consumer.prepare(projection, feed);
    const following = await consumer.followOn(subscription, feed);
    await until(async () => (await parkedStreams(consumer.pool, 'head-count')).size > 0);
    await following.stop();
    await heard.reserve(name, 'not applied yet');
    subscription.alarms.raise('hole', 'head-count', '', 'for the test');
    const registry = new Registry();
    new SubscriptionHealth([{ subscription, feeds: [feed] }]).register(registry);
    const text = await registry.metrics();
    const place = 'subscription="head-count",source="reservations",partition="4"';
    expect(text).toContain(`subscription_behind_events{${place}} 1`);
    expect(text).toMatch(new RegExp(`subscription_oldest_age_seconds\\{${place}\\} \\d`));
    expect(text).toContain('subscription_parked_streams{subscription="head-count"} 1');
    expect(text).toContain('subscription_alarms{subscription="head-count",alarm="hole"} 1');
  });

  test('is left out of the numbers while the log cannot be asked, and the others are still there', async () => {
    const consumer = await heard.consumer();
    const feed = new EmbeddedFeed('reservations', { url: heard.log.url, name: 'rehearsal-feed' });
    const subscription = await consumer.prepare(headCount(), feed);
    await feed.close();
    const registry = new Registry();
    new SubscriptionHealth([{ subscription, feeds: [feed] }]).register(registry);
    const text = await registry.metrics();
    expect(text).toContain('# TYPE subscription_behind_events gauge');
    expect(text).not.toContain('subscription_behind_events{');
  });
});
