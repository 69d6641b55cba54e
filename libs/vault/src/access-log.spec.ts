import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '#kernel/ids.js';
import { withConnection } from '#platform/subscription/transaction.js';
import type { AccessEntry } from './access-entry.js';
import { accessEntry, AccessLogRig } from './access-log-rig.js';

let rig: AccessLogRig;
beforeAll(async () => {
  rig = await AccessLogRig.make();
});
afterAll(() => rig.close());
beforeEach(async () => {
  await rig.startAnew();
});

describe('the access log', () => {
  test('has the entry committed when the answer may leave', async () => {
    const log = await rig.open();
    const subjects = [newId(), newId()];
    await log.write(accessEntry({ subjects, correlationId: 'c-1' }));
    await log.write(accessEntry({ subjects: [], outcome: 'none' }));
    expect(await rig.rows()).toMatchObject([
      {
        n: 1,
        account_id: 'op1',
        action: 'search',
        purpose: 'booking',
        subjects,
        outcome: 'found',
        correlation_id: 'c-1',
      },
      { n: 2, subjects: [], outcome: 'none', correlation_id: null },
    ]);
    await log.close();
    expect(await rig.prove()).toMatchObject({ entries: 2 });
    expect((await rig.prove()).broken).toBeUndefined();
  });

  test('commits together what waits together', async () => {
    const log = await rig.open();
    await log.write(accessEntry());
    await Promise.all(Array.from({ length: 500 }, () => log.write(accessEntry())));
    const { rows: commits } = await rig.pool.query('select count(distinct xmin::text)::int as n from access_log');
    expect(commits[0]).toEqual({ n: 2 });
    await log.close();
    expect(await rig.prove()).toMatchObject({ entries: 501 });
  });

  test('two processes write one chain', async () => {
    const logs = [await rig.open(), await rig.open()];
    await Promise.all(
      logs.map(async (log) => {
        for (let i = 0; i < 60; i++) await Promise.all([log.write(accessEntry()), log.write(accessEntry())]);
      }),
    );
    for (const log of logs) await log.close();
    const proof = await rig.prove();
    expect([proof.entries, proof.broken]).toEqual([240, undefined]);
  });

  test('takes ids and codes only, and one bad entry fails alone', async () => {
    const log = await rig.open();
    const bad: Partial<AccessEntry>[] = [
      { accountId: '山田' },
      { accountId: 'a\0' },
      { purpose: '予約のため' },
      { purpose: '' },
      { purpose: 'x'.repeat(61) },
      { subjects: ['011-222-3333'] },
      { outcome: 'the name was' },
      { correlationId: '\ud842' },
    ];
    const outcomes = await Promise.allSettled([
      log.write(accessEntry()),
      ...bad.map((change) => log.write(accessEntry(change))),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', ...bad.map(() => 'rejected')]);
    await expect(log.write(accessEntry(bad[2]))).rejects.toMatchObject({
      slug: 'invalid-body',
      details: { fields: [{ field: 'purpose' }] },
    });
    expect(await rig.rows()).toHaveLength(1);
  });

  test('whoever lost the connection before the commit is told, and the chain goes on unbroken', async () => {
    const log = await rig.open();
    await log.write(accessEntry());
    await withConnection(rig.pool, async (holder) => {
      await holder.query('begin');
      await holder.query('select from access_log_head for update');
      const told = Promise.allSettled([log.write(accessEntry({ purpose: 'cut-off' }))]);
      for (let ended = false; !ended;) {
        const { rows } = await rig.pool.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock'`,
        );
        ended = rows.length > 0;
      }
      await holder.query('rollback');
      expect(await told).toMatchObject([{ status: 'rejected' }]);
    });
    await log.write(accessEntry());
    await log.close();
    expect(await rig.rows()).toHaveLength(2);
    const proof = await rig.prove();
    expect([proof.entries, proof.broken]).toEqual([2, undefined]);
  });

  test('is never changed or deleted by its service', async () => {
    await (await rig.open()).write(accessEntry());
    for (const sql of [`update access_log set purpose = 'x'`, 'delete from access_log', 'truncate access_log']) {
      await expect(rig.pool.query(sql)).rejects.toThrow(/never changed or deleted/);
    }
  });

  test('a closed log writes nothing', async () => {
    const log = await rig.open();
    const last = log.write(accessEntry());
    await log.close();
    await last;
    await expect(log.write(accessEntry())).rejects.toThrow(/closed/);
    expect(await readFile(rig.headFile, 'utf8')).toMatch(/^\{"n":1,"hash":"[0-9a-f]{64}","at":"2\d{3}-/);
  });
});
