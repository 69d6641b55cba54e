import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import crypto from 'officecrypto-tool';
import { dateAt } from '#calendar/civil-time.js';
import { ReportDesk } from './report-desk.js';
import * as told from './told.js';
import { idOf } from './told.js';

/** Marks of one person and of what was said; none of them may stay here. */
const CANARIES = ['碧海山', 'ヘキカイザン', '011-000-0000', '北二十四条西', '見張りの言葉', '苦情の見張り'];

let desk: ReportDesk;
const today = dateAt(Date.now());
const post = (path: string, body: object = {}, as = 'sv1') => desk.ask(path, { method: 'POST', body, as });

beforeAll(async () => {
  desk = await ReportDesk.open();
  desk.others.people.set(idOf('p-r0'), { familyName: '碧海山', givenName: '花', familyNameKana: 'ヘキカイザン', givenNameKana: 'ハナ' }); // prettier-ignore
  desk.others.notes.set(idOf('q1'), { note: '見張りの言葉' });
  desk.others.words.push({ part: 'complaint', text: '苦情の見張り' });
  const raised = told.complaint('0711 10:00', 'k1');
  const now = new Date().toISOString();
  await desk.tell(
    ...told.ground(),
    ...[told.scheduled('0702 10:00', 'A'), told.made('0711 09:00', 'A', 'r0')],
    told.recorded('0711 09:30', 'q1', { handover: true, noted: true }),
    { ...raised, data: { ...raised.data, receivedAt: now, reportBy: now } },
    told.termClosed('0725 16:00'),
  );
  await desk.tell(told.made('0728 09:00', 'A', 'r1'));
});
afterAll(() => desk.close());

async function sealed(kind: 'session' | 'handover', name: string): Promise<string> {
  const purpose = kind === 'handover' ? 'handover' : 'deliverable';
  const wanted = {
    kind,
    id: idOf(name),
    purpose,
    recipient: 'デジタル企画課',
    medium: 'media',
    mediumNumber: 'USB-07',
  };
  const request = await post('/export-requests', wanted, 'op1');
  const { exportRequestId } = (await request.json()) as { exportRequestId: string };
  await post(`/export-requests/${exportRequestId}/approve`);
  const ordered = (await (await post('/deliveries', { exportRequestId })).json()) as {
    deliveryId: string;
    password: string;
  };
  const file = await desk.ask(`/deliveries/${ordered.deliveryId}.xlsx`);
  return textOf(await crypto.decrypt(Buffer.from(await file.arrayBuffer()), { password: ordered.password }));
}

const textOf = (file: Uint8Array) => Object.values(unzipSync(file)).map((part) => strFromU8(part)).join(); // prettier-ignore
const fetched = async (path: string) => textOf(new Uint8Array(await (await desk.ask(path)).arrayBuffer()));

/** Everything that people take out of reporting, made once. */
const everything = async () => ({
  roster: await fetched(`/rosters/${idOf('A')}.xlsx`),
  book: await fetched(`/rosters/term/${idOf('t1')}.xlsx`),
  change: await fetched(`/rosters/${idOf('A')}/changes.docx`),
  daily: await fetched(`/reports/daily/${today}.docx`),
  delivered: await sealed('session', 'A'),
  handedOver: await sealed('handover', 't1'),
});

/** Every row of every table, and every file that the service keeps. */
async function everythingKept(): Promise<string> {
  const tables = await desk.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const rows = await Promise.all(
    tables.rows.map(async ({ name }) => JSON.stringify((await desk.query(`select * from ${name}`)).rows)),
  );
  const files = await readdir(desk.folder, { withFileTypes: true, recursive: true });
  const texts = files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'utf8'));
  expect(tables.rows.map(({ name }) => name)).toContain('ledger.seat');
  return [...rows, ...(await Promise.all(texts))].join();
}

test('what was printed, sealed and handed over leaves nothing of anybody behind, in no table and no file (design §6)', async () => {
  const made = await everything();
  // The marks were there to be left behind
  expect(made.roster + made.book + made.delivered).toContain('碧海山');
  expect(made.handedOver).toContain('見張りの言葉');
  expect(made.daily).toContain('苦情の見張り');
  const kept = await everythingKept();
  expect(CANARIES.filter((canary) => kept.includes(canary))).toEqual([]);
});

test('after the term is erased the frozen roster has seats and no names, and its records say 消去済 (R041)', async () => {
  const frozen = await desk.ask(`/rosters/${idOf('A')}.xlsx`);
  const asOf = frozen.headers.get('uketsuke-as-of')!;
  // The keys are destroyed elsewhere; nobody can tell names or words any more
  desk.others.people.clear();
  desk.others.notes.clear();
  desk.others.words.length = 0;
  await desk.tell(told.termErased('0228 17:00'));
  const later = await everything();
  const asBefore = await fetched(`/rosters/${idOf('A')}.xlsx?asOf=${encodeURIComponent(asOf)}`);
  const all = [asBefore, ...Object.values(later), await everythingKept()].join();
  expect(CANARIES.filter((canary) => all.includes(canary))).toEqual([]);
  for (const file of [asBefore, later.roster, later.book, later.delivered, later.handedOver]) {
    expect(file).toContain('消去済');
  }
  // Counts are as they were, and the erasure is one of the deletions of the month
  const month = await desk.ask(`/reports/privacy/${today.slice(0, 7)}.docx`, { roles: ['manager'] });
  expect(textOf(new Uint8Array(await month.arrayBuffer()))).toContain('期の個人情報');
  const capacity = (await (await desk.ask('/feeds/v1/sessions_capacity.json')).json()) as { rows: object[] };
  expect(capacity.rows).toEqual([expect.objectContaining({ reserved: 2 })]);
});
