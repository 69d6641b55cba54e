import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { dateAt, instantOf, plusDays } from '#calendar/civil-time.js';
import { KeyDirectory } from '#vault/key-directory.js';
import { proveAccessLog } from '#vault/access-log-proof.js';
import { ReportDesk } from '../rehearsal/report-desk.js';
import * as told from '../rehearsal/told.js';
import { idOf } from '../rehearsal/told.js';

type Anchors = readonly { service: string; anchor: { n: number; at: string | null; hash: string } | null }[];
interface Report {
  readonly asOf: { readonly instant: string; readonly position: string };
  readonly accessLogAnchor: Anchors;
}

let desk: ReportDesk;
const today = dateAt(Date.now());
const report = async (suffix = '', day = today) =>
  (await (await desk.ask(`/reports/daily/${day}.json${suffix}`)).json()) as Report;
const ownOf = ({ accessLogAnchor }: Report) => accessLogAnchor.find(({ service }) => service === 'reporting')!.anchor!;
const printRoster = async () => expect((await desk.ask(`/rosters/${idOf('A')}.xlsx`)).status).toBe(200);

beforeAll(async () => {
  desk = await ReportDesk.open();
  await desk.tell(...told.ground(), told.scheduled('0702 10:00', 'A'), told.made('0711 09:00', 'A', 'r0'));
});
afterAll(() => desk.close());

test('the daily report has the last number and hash of each access log, and they are those of its chain (P11, §5.2)', async () => {
  await printRoster();
  await printRoster();
  await desk.tell(told.made('0711 09:00', 'A', 'r1'));
  const made = await report();
  const { rows } = await desk.query<{ n: number; hash: string }>('select n::int, hash from access_log order by n desc limit 1'); // prettier-ignore
  expect(ownOf(made)).toMatchObject({ n: 2, hash: rows[0]!.hash });
  expect(made.accessLogAnchor.map(({ service }) => service)).toEqual([
    'reservations',
    'notices',
    'inquiries',
    'reporting',
  ]);
  // What the others are asked for is the same instant
  const asked = desk.others.asked.filter(({ path }) => path.endsWith('/internal/access-log/anchor'));
  const instants = asked.map(({ body }) => Date.parse((body as { before: string }).before));
  expect(instants).toEqual([1, 1, 1].map((more) => Date.parse(made.asOf.instant) + more));
  // The chain up to it proves itself with the key outside the database
  const keys = await KeyDirectory.open(desk.folder);
  const headFile = `${desk.folder}/reporting.access-log-head.json`;
  const proof = await proveAccessLog(desk.pool, keys.keyOf('access-log'), headFile);
  expect(proof).toEqual({ entries: 2, head: { n: 2, hash: ownOf(made).hash } });
});

test('the same place has the same anchor, whatever was looked at since; the paper prints it', async () => {
  const first = await report();
  await printRoster();
  const asOf = `?asOf=${encodeURIComponent(first.asOf.position)}`;
  expect(ownOf(await report(asOf))).toEqual(ownOf(first));
  const paper = await desk.ask(`/reports/daily/${today}.docx${asOf}`);
  const text = strFromU8(unzipSync(new Uint8Array(await paper.arrayBuffer()))['word/document.xml']!);
  expect(text).toContain(ownOf(first).hash);
  await desk.tell(told.made('0711 09:00', 'A', 'r2'));
  expect(ownOf(await report()).n).toBe(ownOf(first).n + 1);
});

test('a day that is over is anchored at its end', async () => {
  desk.others.asked.length = 0;
  const yesterday = plusDays(today, -1);
  const { accessLogAnchor } = await report('', yesterday);
  expect(accessLogAnchor.find(({ service }) => service === 'reporting')!.anchor).toMatchObject({ n: 0, at: null });
  const asked = desk.others.asked.find(({ path }) => path === '/internal/access-log/anchor')!.body as {
    before: string;
  };
  expect(Date.parse(asked.before)).toBe(instantOf(today, '00:00'));
});

test('a log that does not answer is named without an anchor, and the report is made all the same', async () => {
  const untold = async () =>
    (await report()).accessLogAnchor.filter(({ anchor }) => anchor === null).map(({ service }) => service);
  desk.others.isDown = true;
  expect(await untold()).toEqual(['reservations', 'notices', 'inquiries']);
  desk.others.isDown = false;
  // One of another version answers, and something else
  desk.others.isOdd = true;
  expect(await untold()).toEqual(['reservations', 'notices', 'inquiries']);
  expect((await desk.ask('/reports/completion.json')).status).toBe(503);
  desk.others.isOdd = false;
  expect(await untold()).toEqual([]);
});
