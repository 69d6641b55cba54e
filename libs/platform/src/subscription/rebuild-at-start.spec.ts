import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { headCount, readHeadCount } from '../rehearsal/head-count.js';
import { HeardLog } from '../rehearsal/heard-log.js';
import { RehearsalConsumer, until } from '../rehearsal/rehearsal-consumer.js';
import type { Projection } from './subscriber.js';

let heard: HeardLog;
beforeAll(async () => {
  heard = await HeardLog.make();
  for (let i = 0; i < 10; i++) {
    await heard.open(`s${i}`);
    await heard.reserve(`s${i}`, 'a', 'b');
  }
});
afterAll(() => heard.close());

/** The code of the next release: a new column, and it waits at `gate` before each batch. */
function nextRelease(gate: Promise<void> = Promise.resolve()): Projection {
  const { tables, apply, ...rest } = headCount();
  return {
    ...rest,
    codeVersion: 2,
    tables: (schema) => `${tables(schema)}; alter table ${schema}.session add column release integer default 2`,
    apply: async (batch, context) => {
      await gate;
      return apply(batch, context);
    },
  };
}

const codeOf = async (consumer: RehearsalConsumer) =>
  (await consumer.pool.query(`select version, code_version from subscription where name = 'head-count'`)).rows[0];

describe('a projection whose code has changed', () => {
  test('is built again at its start; the old tables are fed and read meanwhile, and the old process then lets go of them', async () => {
    const consumer = await heard.consumer();
    let byOldCode = 0;
    const old = headCount();
    const counting: Projection = {
      ...old,
      // Counted is what is applied, not what is only looked up
      readsFirst: false,
      apply: async (batch, context) => {
        byOldCode += batch.length;
        return old.apply(batch, context);
      },
    };
    await consumer.follow(counting, heard.feed());
    await heard.upToDate(consumer);
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const starting = RehearsalConsumer.of(consumer.url);
    await starting.follow(nextRelease(gate), heard.feed());
    expect(starting.alarms.list()).toMatchObject([{ name: 'rebuilding', stops: true }]);
    await heard.reserve('s1', 'during');
    await heard.upToDate(consumer);
    expect(await codeOf(consumer)).toEqual({ version: 1, code_version: 1 });
    open();
    await until(async () => (await codeOf(consumer)).code_version === 2);
    const before = byOldCode;
    await heard.reserve('s1', ...Array.from({ length: 30 }, (_, i) => `after ${i}`));
    await heard.upToDate(consumer);
    await until(() => starting.alarms.list().length === 0);
    expect((await consumer.pool.query('select distinct release from head_count.session')).rows).toEqual([
      { release: 2 },
    ]);
    expect(byOldCode).toBe(before);
    await until(() => consumer.alarms.list().some(({ name, stops }) => name === 'newer-code' && !stops));
    await starting.close();
  });

  test('by two processes that start together is built again once', async () => {
    const consumer = await heard.consumer();
    await consumer.follow(headCount(), heard.feed()).then((following) => following.stop());
    const both = [RehearsalConsumer.of(consumer.url), RehearsalConsumer.of(consumer.url)];
    await Promise.all(both.map((one) => one.follow(nextRelease(), heard.feed())));
    await until(() => both.every(({ alarms }) => alarms.list().length === 0));
    await heard.reserve('s2', 'two processes');
    await heard.upToDate(consumer);
    expect(await codeOf(consumer)).toEqual({ version: 2, code_version: 2 });
    await Promise.all(both.map((one) => one.close()));
  });

  test('stopped before it is built, leaves the old tables and ends at once', async () => {
    const consumer = await heard.consumer();
    const following = await consumer.follow(headCount(), heard.feed());
    await heard.upToDate(consumer);
    await following.stop();
    const before = await readHeadCount(consumer.pool);
    const starting = await consumer.follow(
      nextRelease(new Promise((resolve) => setTimeout(resolve, 200))),
      heard.feed(),
    );
    await starting.stop();
    expect(await codeOf(consumer)).toEqual({ version: 1, code_version: 1 });
    expect(await readHeadCount(consumer.pool)).toEqual(before);
  });
});
