import { randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { FIRST_HASH } from './access-entry.js';
import { accessEntry, AccessLogRig } from './access-log-rig.js';

let rig: AccessLogRig;
beforeAll(async () => {
  rig = await AccessLogRig.make();
});
afterAll(() => rig.close());
beforeEach(async () => {
  await rig.startAnew();
  const log = await rig.open();
  for (let i = 0; i < 5; i++) await log.write(accessEntry({ correlationId: `c${i}` }));
  await log.close();
});

describe('the proof of the chain', () => {
  test('an untouched chain is whole', async () => {
    expect(await rig.prove()).toMatchObject({ entries: 5, head: { n: 5 } });
    expect((await rig.prove()).broken).toBeUndefined();
  });

  test.each([
    `at = at + 1`,
    `account_id = 'op2'`,
    `action = 'print'`,
    `purpose = 'other'`,
    `subjects = '{}'`,
    `subjects = subjects || '5bd0c1d5-16c4-4a5a-9a4f-8a3a3f3c2b11'::uuid`,
    `outcome = 'none'`,
    `correlation_id = null`,
    `correlation_id = 'c9'`,
    `hash = translate(hash, '0123456789abcdef', '123456789abcdef0')`,
  ])('names the entry when %s', async (change) => {
    await rig.tamper(`update access_log set ${change} where n = 3`);
    expect((await rig.prove()).broken).toMatchObject({ entry: 3 });
  });

  test.each([
    ['an entry is gone', 'delete from access_log where n = 3', 3],
    ['the first is gone', 'delete from access_log where n = 1', 1],
    [
      'one was put in at the end',
      'insert into access_log select 6, at, account_id, action, purpose, subjects, outcome, correlation_id, hash from access_log where n = 5',
      6,
    ],
    [
      'two changed places',
      'update access_log set n = case n when 2 then -3 else -2 end where n in (2, 3); update access_log set n = -n where n < 0',
      2,
    ],
    ['the last is gone', 'delete from access_log where n = 5', 5],
    [
      'the last is gone, and the head with it',
      'delete from access_log where n = 5; update access_log_head set (n, hash) = (select n, hash from access_log where n = 4)',
      5,
    ],
    ['all are gone', `truncate access_log; update access_log_head set n = 0, hash = '${FIRST_HASH}'`, 5],
    ['the head names another entry', 'update access_log_head set n = 4', 5],
    ['the head has another hash', `update access_log_head set hash = '00'`, 5],
  ])('names the entry when %s', async (_, sql, n) => {
    await rig.tamper(sql);
    expect((await rig.prove()).broken).toMatchObject({ entry: n });
  });

  test('a chain made anew by somebody without the key is another chain', async () => {
    await rig.tamper(`truncate access_log; update access_log_head set n = 0, hash = '${FIRST_HASH}'`);
    const forger = await rig.open({ key: randomBytes(32) });
    for (let i = 0; i < 6; i++) await forger.write(accessEntry());
    expect((await rig.prove()).broken).toMatchObject({ entry: 1 });
  });

  test('a head file that is gone, or names what is not there, is told', async () => {
    await rm(rig.headFile);
    expect((await rig.prove()).broken).toEqual({ entry: 5, expected: 'a head file', found: 'none' });
    await writeFile(rig.headFile, 'x');
    await expect(rig.prove()).rejects.toThrow(/is not one/);
  });

  test('a log that lost its end, in a restore or by hand, cannot write over the file that knows', async () => {
    const witness = await readFile(rig.headFile, 'utf8');
    await rig.tamper(
      'delete from access_log where n > 3; update access_log_head set (n, hash) = (select n, hash from access_log where n = 3)',
    );
    const log = await rig.open();
    expect(rig.troubles).toEqual([expect.stringContaining('entry 5')]);
    for (let i = 0; i < 4; i++) await log.write(accessEntry());
    await log.close();
    expect(await readFile(rig.headFile, 'utf8')).toBe(witness);
    expect((await rig.prove()).broken).toMatchObject({ entry: 5 });
  });

  test('others may write while the chain is proven', async () => {
    const log = await rig.open();
    const writing = (async () => {
      for (let i = 0; i < 50; i++) await log.write(accessEntry());
    })();
    for (let i = 0; i < 5; i++) expect((await rig.prove()).broken).toBeUndefined();
    await writing;
  });

  test('the head is written in time, whole', async () => {
    const log = await rig.open({ headEveryMs: 20 });
    await log.write(accessEntry());
    for (;;) {
      if ((await readFile(rig.headFile, 'utf8')).startsWith('{"n":6,')) break;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(rig.troubles).toEqual([]);
  });
});
