import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { headCount } from '../rehearsal/head-count.js';
import { HeardLog } from '../rehearsal/heard-log.js';
import { until } from '../rehearsal/rehearsal-consumer.js';
import { nameIn } from '../rehearsal/small-session.js';
import { Wakeups } from './wakeups.js';

let heard: HeardLog;
const open: Wakeups[] = [];
beforeEach(async () => {
  heard = await HeardLog.make();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  await heard.close();
});

async function wakeups(name: string): Promise<Wakeups> {
  const one = new Wakeups({ url: heard.log.url, name });
  open.push(one);
  await one.open();
  return one;
}

/** Ends the listening connections of that name; answers how many there were. */
async function cut(name: string): Promise<number> {
  const { rowCount } = await heard.log.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = $1`,
    [name],
  );
  return rowCount ?? 0;
}

describe('the word that a log has grown', () => {
  test('is heard in its own process at once', async () => {
    const own = await wakeups('own');
    let woken = 0;
    const forget = own.onWake(() => woken++);
    own.committed();
    expect(woken).toBe(1);
    forget();
    own.committed();
    expect(woken).toBe(1);
  });

  test('reaches another process, and hundreds of commits share a few notifications', async () => {
    const writer = await wakeups('writer');
    const other = await wakeups('other');
    let woken = 0;
    other.onWake(() => woken++);
    const client = new pg.Client({ connectionString: heard.log.url });
    await client.connect();
    let notified = 0;
    client.on('notification', () => notified++);
    await client.query('listen uketsuke_events');
    for (let burst = 0; burst < 3; burst++) {
      for (let i = 0; i < 200; i++) writer.committed();
      await until(() => notified > burst && woken > burst);
    }
    expect(notified).toBeLessThanOrEqual(6);
    expect(woken).toBe(notified);
    await client.end();
  });

  test('does not come back to the process that said it', async () => {
    const writer = await wakeups('writer');
    const other = await wakeups('other');
    let own = 0;
    let woken = 0;
    writer.onWake(() => own++);
    other.onWake(() => woken++);
    for (let i = 1; i <= 10; i++) {
      writer.committed();
      await until(() => woken >= i);
    }
    // What the other says comes after whatever the writer might have heard of its own
    other.committed();
    await until(() => own > 10);
    expect(own).toBe(11);
  });

  test('comes again after the listening connection was lost, and what was committed meanwhile is told on its return', async () => {
    const writer = await wakeups('writer');
    const other = await wakeups('other');
    let woken = 0;
    other.onWake(() => woken++);
    expect(await cut('other')).toBe(1);
    await until(() => !other.listening);
    writer.committed();
    await until(() => other.listening);
    expect(woken).toBeGreaterThan(0);
    const before = woken;
    writer.committed();
    await until(() => woken > before);
  });

  test('is not needed: when none comes, the poll finds what was committed', async () => {
    const consumer = await heard.consumer();
    await consumer.follow(headCount(), heard.feed());
    await heard.open(nameIn(1));
    await heard.upToDate(consumer);
    // From here on nobody says a word: neither a kick in the process nor a NOTIFY
    heard.lanes = await heard.log.openLanes();
    await cut('rehearsal-feed');
    // Its return is a word too
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await heard.reserve(nameIn(1), 'unheard');
    await heard.upToDate(consumer);
    expect(consumer.alarms.list()).toEqual([]);
  });

  test('is given up when the process closes: no connection is left, and none is made', async () => {
    const closing = await wakeups('closing');
    await cut('closing');
    await until(() => !closing.listening);
    await closing.close();
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await cut('closing')).toBe(0);
    expect(closing.listening).toBe(false);
  });
});
