import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { freePort } from '#servers/free-port.js';
import type { DemoAccount } from '../desk-accounts.js';
import type { DeskFile } from '../desk-directory.js';
import { Progress } from '../progress.js';
import { RehearsalDesk } from '../rehearsal-desk.js';
import { verifyErasures } from './erasure-checks.js';
import type { Finding, Verified } from './finding.js';
import { liveADay } from './lived-day.js';
import { verifyLog } from './log-checks.js';
import { verifySideRows } from './side-checks.js';
import { runVerify } from './verify-command.js';

jest.setTimeout(240_000);

let scratch: string;
let desk: RehearsalDesk;
let file: DeskFile;
let db: pg.Client;
let dbs: Record<'reservations' | 'notices' | 'inquiries', pg.Client>;
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'uketsuke-verify-'));
  chmodSync(scratch, 0o711);
  desk = new RehearsalDesk(['--demo', '--data', scratch, '--port', String(await freePort())]);
  const url = await desk.ready();
  file = JSON.parse(readFileSync(join(scratch, 'desk.json'), 'utf8')) as DeskFile;
  await liveADay(url, JSON.parse(readFileSync(join(scratch, 'demo-accounts.json'), 'utf8')) as DemoAccount[]);
  const connect = async (service: string) => {
    const client = new pg.Client({ connectionString: file.databases[service]!.url });
    await client.connect();
    return client;
  };
  dbs = {
    reservations: await connect('reservations'),
    notices: await connect('notices'),
    inquiries: await connect('inquiries'),
  };
  db = dbs.reservations;
});
afterAll(async () => {
  for (const client of Object.values(dbs ?? {})) await client.end().catch(() => undefined);
  await desk?.end();
  rmSync(scratch, { recursive: true, force: true });
});

interface Look {
  (): Promise<readonly Verified[]>;
  in?: keyof typeof dbs;
}

/** What a check finds when something has been done to the database; afterwards nothing has. */
async function foundAfter(tamper: string, verify: Look): Promise<Finding[]> {
  const tampered = dbs[verify.in ?? 'reservations'];
  await tampered.query('begin');
  try {
    await tampered.query(`alter table events disable trigger all; ${tamper}`);
    return (await verify()).flatMap(({ findings }) => findings);
  } finally {
    await tampered.query('rollback');
  }
}
const inTheLog = () => verifyLog(db, 'reservations');
const besideIt = () => verifySideRows(db, 'reservations');
const besideNotices: Look = Object.assign(() => verifySideRows(dbs.notices, 'notices'), { in: 'notices' as const });
const besideInquiries: Look = Object.assign(() => verifySideRows(dbs.inquiries, 'inquiries'), {
  in: 'inquiries' as const,
});
const erasures = async () => [await verifyErasures(db, file.keyDirectory)];
/** The third event of partition 0, in the middle of it. */
const AN_EVENT = 'p = 0 and seq = 3';

describe('a row that is not as the log says is named', () => {
  test('nothing is, as long as nobody has touched anything', async () => {
    const all = async () => [...(await inTheLog()), ...(await besideIt()), ...(await erasures())];
    expect(await foundAfter('select', all)).toEqual([]);
    // There is something to be wrong: nobody is told that nothing is well
    const beside = [...(await besideIt()), ...(await besideNotices()), ...(await besideInquiries())];
    expect(beside.flatMap(({ findings }) => findings)).toEqual([]);
    const looked = beside.map(({ looked: rows }) => Number.parseInt(rows, 10));
    expect(looked.filter((rows) => rows === 0)).toEqual([]);
  });

  test.each([
    [
      'an event that is gone',
      `delete from events where ${AN_EVENT}`,
      inTheLog,
      'reservations.sequences',
      'partition 0, sequence 3',
    ],
    [
      'a counter put back',
      'update partitions set next = next - 1 where p = 2',
      inTheLog,
      'reservations.counters',
      'partition 2',
    ],
    [
      'a stream with a gap',
      `update events set version = version + 7 where ${AN_EVENT}`,
      inTheLog,
      'reservations.streams',
      '-',
    ],
    [
      'an event out of time',
      `update events set at = '2020-01-01' where ${AN_EVENT}`,
      inTheLog,
      'reservations.instants',
      'partition 0, sequence 3',
    ],
    [
      'a command that is gone',
      'delete from commands where command_id = (select command_id from events where p = 0 and seq = 3)',
      inTheLog,
      'reservations.commands',
      'partition 0, sequence 3',
    ],
    [
      'an event in a foreign stream',
      `update events set stream = 'venue-x', version = 1 where ${AN_EVENT}`,
      inTheLog,
      'reservations.partitions',
      'venue-x',
    ],
    [
      'an event that fits no schema',
      `update events set data = '{}' where ${AN_EVENT}`,
      inTheLog,
      'reservations.payloads',
      'partition 0, sequence 3',
    ],
    ['a term in another state', `update term set state = 'closed'`, besideIt, 'reservations.term', '-'],
    ['a venue with another name', `update venue set name = 'X'`, besideIt, 'reservations.venue', '-'],
    ['a course with another title', `update course set title = 'X'`, besideIt, 'reservations.course', '-'],
    [
      'a session with more seats',
      `update class_session set plan = jsonb_set(plan, '{capacity}', '999')`,
      besideIt,
      'reservations.class_session',
      '-',
    ],
    ['a hold that never lapses', 'update hold set expires_at = expires_at + 1', besideIt, 'reservations.hold', '-'],
    [
      'a booking put elsewhere',
      'update reservation_place set session_id = term_id',
      besideIt,
      'reservations.reservation_place',
      '-',
    ],
    [
      'a booking nobody made',
      `insert into reservation_place select gen_random_uuid(), session_id, 1, 'active', '00000000', term_id, person_id, 1, null, channel from reservation_place limit 1`,
      besideIt,
      'reservations.reservation_place',
      '-',
    ],
    ['a record that is gone', 'delete from person_record', besideIt, 'reservations.person_record', '-'],
    [
      'a list that lost somebody',
      `update contact_list set reservations = '[]'`,
      besideIt,
      'reservations.contact_list',
      '-',
    ],
    [
      'other words in the settings of posting',
      `update posting_settings set settings = '{}'`,
      besideNotices,
      'notices.posting_settings',
      '-',
    ],
    [
      'another file in the place of a template',
      `update notice_template set bytes = 'x'`,
      besideNotices,
      'notices.notice_template',
      '1',
    ],
    [
      'a template nobody chose',
      'update template_choice set template_version = 0',
      besideNotices,
      'notices.template_choice',
      '0000',
    ],
    [
      'another price of calls',
      `update call_rate set rate = jsonb_set(rate, '{unitSeconds}', '1')`,
      besideInquiries,
      'inquiries.call_rate',
      '2026-01-01',
    ],
    [
      'a day that was closed later',
      'update closed_day set closed_at = closed_at + 1',
      besideInquiries,
      'inquiries.closed_day',
      '-',
    ],
    [
      'fewer drafts erased than were there',
      'update deletion_record set count = 0',
      besideInquiries,
      'inquiries.deletion_record',
      '-',
    ],
    [
      'a slip of paper without a hold',
      `update paper_pack set tokens = '[]'`,
      besideInquiries,
      'inquiries.paper_pack',
      '-',
    ],
    [
      'a note of an erased person',
      `insert into sealed_note select gen_random_uuid(), substr(stream, 8)::uuid, gen_random_uuid(), 'proxy', null, '' from events where type = 'PersonErased'`,
      erasures,
      'reservations.erasures',
      'person',
    ],
    [
      'an erasure that is not in the ledger',
      `update events set data = jsonb_set(data, '{personId}', '"x"') where type = 'PersonErased'`,
      erasures,
      'reservations.erasures',
      'person x',
    ],
  ])('%s', async (_, tamper, verify, check, row) => {
    const found = (await foundAfter(tamper, verify)).filter((finding) => finding.check === check);
    expect(found.length).toBeGreaterThan(0);
    expect(found.map((finding) => finding.row).join()).toContain(row);
  });
});

async function verify(...args: string[]): Promise<{ code: number; said: string; lines: Finding[] }> {
  let said = '';
  const lines: Finding[] = [];
  const progress = new Progress({ write: (text: string) => ((said += text), true) });
  const code = await runVerify(['--data', scratch, ...args], progress, (line) =>
    lines.push(JSON.parse(line) as Finding),
  );
  return { code, said, lines };
}

describe('npm run verify', () => {
  test('tells of a running desk that all is well, check by check', async () => {
    const { code, said } = await verify();
    expect([code, said]).toEqual([0, expect.stringMatching(/^All \d+ checks are well\.$/m)]);
    for (const check of ['notices.sequences', 'gateway.access-log', 'capacity.seat-board', 'reporting.ledger']) {
      expect(said).toContain(`ok  ${check}: `);
    }
  });

  test('names, of a desk that is stopped, each projected row, each link of a chain and each page of the ledger', async () => {
    const boards = new pg.Client({ connectionString: file.databases['capacity']!.url });
    await boards.connect();
    const { rows } = await boards.query<{ title: string }>(
      `update seat_board.course set title = 'X' where title like 'LINE%' returning title`,
    );
    await boards.end();
    expect(rows).toHaveLength(1);
    await db.query(`alter table access_log disable trigger all; update access_log set purpose = 'nothing' where n = 1`);
    for (const client of Object.values(dbs)) await client.end();
    await desk.end();
    const ledger = join(file.keyDirectory, 'ledger');
    const page = join(ledger, readdirSync(ledger)[0]!);
    writeFileSync(page, readFileSync(page, 'utf8').replace('札デ第1号', '札デ第2号'));
    const { code, lines } = await verify('--json');
    expect(code).toBe(1);
    expect(lines).toContainEqual({
      check: 'reservations.access-log',
      row: 'entry 1',
      expected: expect.any(String),
      found: expect.any(String),
    });
    expect(lines).toContainEqual(
      expect.objectContaining({
        check: 'capacity.seat-board',
        row: expect.stringContaining('"X"'),
        expected: 'no such row',
      }),
    );
    expect(lines).toContainEqual(
      expect.objectContaining({ check: 'reservations.erasures', found: expect.stringContaining('changed') }),
    );
    expect(new Set(lines.map(({ check }) => check)).size).toBe(3);
  });

  test('asks for a folder with a desk in it', async () => {
    expect(await verify('--data', join(scratch, 'nowhere'))).toMatchObject({
      code: 1,
      said: expect.stringContaining('There is no desk in'),
    });
  });
});
