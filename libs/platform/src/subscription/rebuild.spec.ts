import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { headCount, readHeadCount } from '../rehearsal/head-count.js';
import { HeardLog } from '../rehearsal/heard-log.js';
import { until } from '../rehearsal/rehearsal-consumer.js';
import { on } from '../rehearsal/small-session.js';
import { openPipelinedPool } from '../log/connection.js';
import { Alarms } from './alarms.js';
import { leftBehind } from './projection-tables.js';
import { rebuild } from './rebuild.js';
import type { Projection, Reaction } from './subscriber.js';
import { prepare } from './subscriptions.js';

let heard: HeardLog;
beforeAll(async () => {
  heard = await HeardLog.make();
  for (let i = 0; i < 20; i++) await heard.open(`s${i}`);
  await Promise.all(
    Array.from({ length: 3_000 }, (_, i) => heard.lanes.submit(on(`s${i % 20}`, { do: 'reserve', person: `p${i}` }))),
  ).catch(() => undefined);
});
afterAll(() => heard.close());

/** Books on and on until it is told to stop. */
function load(): () => Promise<void> {
  let going = true;
  let i = 0;
  const run = async () => {
    while (going) await heard.lanes.submit(on(`s${i % 20}`, { do: 'reserve', person: `load${Math.random()}${i++}` }));
  };
  const runs = Array.from({ length: 8 }, run);
  return async () => {
    going = false;
    await Promise.all(runs);
  };
}

describe('a rebuild', () => {
  test('under live load ends, finds the tables equal, and readers never see an empty or half-filled table', async () => {
    const consumer = await heard.consumer();
    const feed = heard.feed();
    const live = await consumer.prepare(headCount(), feed);
    await consumer.follow(headCount(), feed);
    await heard.upToDate(consumer);
    const stopLoad = load();
    let polling = true;
    const polls = Array.from({ length: 3 }, async () => {
      const seen: { sessions: number; events: number }[] = [];
      while (polling) {
        const { rows } = await consumer.pool.query<{ sessions: number; events: number }>({
          name: 'poll',
          text: 'select count(*)::int as sessions, sum(events)::int as events from head_count.session',
        });
        seen.push(rows[0]!);
      }
      return seen;
    });
    for (const version of [2, 3]) {
      const progress: number[] = [];
      const result = await rebuild(live, [heard.feed()], { onProgress: ({ applied }) => progress.push(applied) });
      expect(result).toMatchObject({ version, equal: true, differences: [] });
      expect(result.after.hash).toBe(result.before.hash);
      expect(result.events).toBeGreaterThan(1_000);
      expect(progress.length).toBeGreaterThan(0);
    }
    polling = false;
    const polled = await Promise.all(polls);
    await stopLoad();
    await heard.upToDate(consumer);
    for (const seen of polled) {
      expect(seen.every(({ sessions }) => sessions === 20)).toBe(true);
      expect(seen.map(({ events }) => events)).toEqual(seen.map(({ events }) => events).toSorted((a, b) => a - b));
    }
    expect(consumer.alarms.list()).toEqual([]);
    expect(await leftBehind(consumer.pool, 'head-count')).toEqual([]);
  });

  test('names the rows that were wrong and puts them right', async () => {
    const consumer = await heard.consumer();
    const feed = heard.feed();
    const live = await consumer.prepare(headCount(), feed);
    await consumer.follow(headCount(), feed);
    await heard.upToDate(consumer);
    await consumer.pool.query(`update head_count.session set persons = persons + 1 where stream = 'small-session-s3'`);
    await consumer.pool.query(`delete from head_count.session where stream = 'small-session-s4'`);
    const result = await rebuild(live, [heard.feed()]);
    expect(result.equal).toBe(false);
    expect(new Set(result.differences.map(({ in: side, row }) => `${side} ${row['stream']}`))).toEqual(
      new Set(['before small-session-s3', 'after small-session-s3', 'after small-session-s4']),
    );
    await heard.upToDate(consumer);
  });

  test('that is killed leaves the live version as it was, and a second one clears up and succeeds', async () => {
    const consumer = await heard.consumer();
    const feed = heard.feed();
    const live = await consumer.prepare(headCount(), feed);
    await consumer.follow(headCount(), feed);
    await heard.upToDate(consumer);
    const dying = openPipelinedPool({ url: consumer.url, name: 'dying' }, 4);
    let applied = 0;
    const slow: Projection = {
      ...headCount(),
      apply: async (batch, context) => {
        applied++;
        if (applied > 1) await new Promise((resolve) => setTimeout(resolve, 300));
        return headCount().apply(batch, context);
      },
    };
    const killed = rebuild(await prepare(dying, new Alarms(), slow, [feed]), [heard.feed()]);
    const died = killed.then(
      () => 'ended well',
      () => 'died',
    );
    await until(() => applied > 1);
    expect((await leftBehind(consumer.pool, 'head-count')).length).toBe(1);
    await consumer.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'dying'`,
    );
    await dying.end();
    expect(await died).toBe('died');
    await heard.reserve('s1', 'after the kill');
    await heard.upToDate(consumer);
    expect(await leftBehind(consumer.pool, 'head-count')).toEqual(['head_count_v2']);
    expect(await rebuild(live, [heard.feed()])).toMatchObject({ version: 2, equal: true });
    expect(await leftBehind(consumer.pool, 'head-count')).toEqual([]);
    await heard.upToDate(consumer);
  });

  test('refuses to start while another one is under way', async () => {
    const consumer = await heard.consumer();
    const live = await consumer.prepare(headCount(), heard.feed());
    const both = await Promise.allSettled([rebuild(live, [heard.feed()]), rebuild(live, [heard.feed()])]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { slug: 'rebuild-under-way' } });
  });

  test('waits for a reader in the middle of its transaction, who sees one version to the end', async () => {
    const consumer = await heard.consumer();
    const feed = heard.feed();
    const live = await consumer.prepare(headCount(), feed);
    await consumer.follow(headCount(), feed);
    await heard.upToDate(consumer);
    const reader = await consumer.pool.connect();
    await reader.query('begin isolation level repeatable read');
    const sum = 'select sum(events)::int as events from head_count.session';
    const first = await reader.query(sum);
    let ended = false;
    const rebuilding = rebuild(live, [heard.feed()]).finally(() => (ended = true));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(ended).toBe(false);
    expect((await reader.query(sum)).rows).toEqual(first.rows);
    await reader.query('commit');
    reader.release();
    expect((await rebuilding).equal).toBe(true);
  });

  test('is refused for a reaction: what it did would be done again', async () => {
    const consumer = await heard.consumer();
    const reaction: Reaction = {
      kind: 'reaction',
      name: 'call-back',
      sources: ['reservations'],
      react: async () => undefined,
    };
    const live = await consumer.prepare(reaction, heard.feed());
    await expect(rebuild(live, [heard.feed()])).rejects.toMatchObject({ slug: 'never-rebuilt' });
  });

  test('stops at an event that cannot be found, and leaves the live version alone', async () => {
    const consumer = await heard.consumer();
    const feed = heard.feed();
    const live = await consumer.prepare(headCount(), feed);
    await consumer.follow(headCount(), feed);
    await heard.upToDate(consumer);
    const before = await readHeadCount(consumer.pool);
    const holey = await consumer.prepare(headCount(), feed);
    const feedWithHole = heard.feed();
    const follow = feedWithHole.follow.bind(feedWithHole);
    feedWithHole.follow = (listener) =>
      follow({
        name: listener.name,
        alarms: listener.alarms,
        positions: (source) => listener.positions(source),
        deliver: (source, events) =>
          listener.deliver(
            source,
            events.filter(({ p, seq }) => p !== 2 || seq !== 2),
          ),
      });
    await expect(rebuild(holey, [feedWithHole])).rejects.toThrow(/number 2 is missing/);
    expect(await readHeadCount(consumer.pool)).toEqual(before);
    expect(await leftBehind(consumer.pool, 'head-count')).toEqual([]);
    expect((await rebuild(live, [heard.feed()])).equal).toBe(true);
  });
});
