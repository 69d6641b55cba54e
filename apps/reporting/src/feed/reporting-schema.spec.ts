import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { LedgerRig } from '../rehearsal/ledger-rig.js';
import * as desk from '../rehearsal/told.js';
import { makeFeedSet } from './feed-set.js';
import { makeReportingSchema, publishTables } from './reporting-schema.js';

const files = join(process.cwd(), 'docs/grafana');
const PASSWORD = 'a password of this spec only';

let rig: LedgerRig;
let reader: pg.Client;
beforeAll(async () => {
  rig = await LedgerRig.make();
  await rig.tell(
    ...desk.ground(),
    ...[desk.scheduled('0702 10:00', 'A', { capacity: 4 }), desk.scheduled('0702 10:01', '=B')],
    ...[desk.call('0711 09:05', 'c1', { wait: 10 }), desk.call('0711 09:40', 'c2', { abandonedAfter: 9 })].flat(),
    ...[desk.made('0711 09:06', 'A', 'r1'), desk.offered('0711 09:07', 'A', 'o1', ['=B'])],
    ...[desk.noticeDue('0711 10:00', 'A', 'r1', 'n1'), desk.inquiry('0711 09:08', 'q1')],
  );
  await makeReportingSchema(rig.pool);
  await publish();
  await rig.pool.query(readFileSync(join(files, 'reader.sql'), 'utf8').replace('CHANGE-ME', PASSWORD));
  // Another spec may have made the role: it is one for the whole server
  await rig.pool.query(`alter role uketsuke_bi password '${PASSWORD}'`);
  const url = new URL(rig.url);
  url.username = 'uketsuke_bi';
  url.password = PASSWORD;
  reader = new pg.Client({ connectionString: url.toString() });
  await reader.connect();
});
afterAll(async () => {
  await reader.end();
  await rig.pool.query('drop owned by uketsuke_bi');
  await rig.close();
});

const publish = async () => publishTables(rig.pool, await rig.ask(makeFeedSet));

describe('the schema of BI tools', () => {
  test('has the rows of the feeds, in real types, with their definitions', async () => {
    const { rows } = await reader.query('select session_code, capacity, reserved, fill_rate from reporting.sessions_capacity order by 1'); // prettier-ignore
    expect(rows).toEqual([
      { session_code: '=B', capacity: 10, reserved: 0, fill_rate: 0 },
      { session_code: 'A', capacity: 4, reserved: 1, fill_rate: 0.25 },
    ]);
    const { rows: comments } = await reader.query(
      `select col_description('reporting.calls_by_slot'::regclass, 3) as said`,
    );
    expect(comments[0].said).toContain('入電');
  });

  test('hides small counts as the feeds do', async () => {
    const { rows } = await reader.query('select category, inquiries from reporting.inquiries_by_category');
    expect(rows).toEqual([{ category: 'venue', inquiries: null }]);
  });

  test('is read-only, and its reader sees nothing else of the service', async () => {
    await expect(reader.query('delete from reporting.guidance')).rejects.toThrow(/read-only|permission denied/);
    await reader.query('set default_transaction_read_only = off');
    await expect(reader.query('delete from reporting.guidance')).rejects.toThrow('permission denied');
    await reader.query('reset default_transaction_read_only');
    for (const table of ['ledger.booking', 'ledger.seat', 'public.position']) {
      await expect(reader.query(`select * from ${table}`)).rejects.toThrow('permission denied');
    }
  });

  test('changes from one whole set to the next: who reads meanwhile sees the old one', async () => {
    await reader.query('begin isolation level repeatable read');
    const seats = async () => (await reader.query('select sum(reserved)::int as n from reporting.sessions_capacity')).rows[0].n; // prettier-ignore
    expect(await seats()).toBe(1);
    await rig.tell(desk.made('0711 11:00', 'A', 'r2'));
    await publish();
    expect(await seats()).toBe(1);
    await reader.query('commit');
    expect(await seats()).toBe(2);
  });

  test('answers every panel of the dashboard', async () => {
    const dashboard = JSON.parse(readFileSync(join(files, 'dashboards/uketsuke.json'), 'utf8')) as {
      panels: { title: string; targets: { rawSql: string }[] }[];
    };
    for (const { title, targets } of dashboard.panels) {
      for (const { rawSql } of targets)
        expect([title, (await reader.query(rawSql)).rows.length > 0]).toEqual([title, true]);
    }
  });
});
