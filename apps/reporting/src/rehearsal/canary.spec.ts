import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import ExcelJS from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import { everyFile, everyTable, marksIn } from '#platform/rehearsal/canary.js';
import { ServiceLog } from '#platform/service/logging.js';
import { ReportDesk } from './report-desk.js';
import * as told from './told.js';
import { idOf } from './told.js';

const written: string[] = [];
let desk: ReportDesk;
beforeAll(async () => {
  const destination = { write: (line: string) => written.push(line) };
  desk = await ReportDesk.open(new ServiceLog({ service: 'canary', level: 'debug', destination }));
  const one = { familyName: '鸚鵡山', givenName: '金糸雀', familyNameKana: 'オウムヤマ', givenNameKana: 'カナリア' };
  desk.others.people.set(idOf('p-r0'), one);
  desk.others.words.push({ part: 'complaint', text: '鳥籠荘の鸚鵡山様がお怒り' });
  desk.others.notes.set(idOf('i1'), { note: '籠の鍵を失くした' });
  await desk.tell(
    ...told.ground(),
    told.scheduled('0702 10:00', 'A', { capacity: 9 }),
    told.made('0711 09:00', 'A', 'r0'),
    told.complaint('0711 10:00', 'c1'),
    told.recorded('0711 11:00', 'i1', { handover: true, noted: true }),
  );
});
afterAll(() => desk.close());

const marks = ['鸚鵡山', '金糸雀', 'オウムヤマ', 'カナリア', '011-000-0000', '北二十四条西', '鳥籠荘', '籠の鍵'];

test('who sits where and what was said goes into the papers, and stands in no table, file, log line, metric and refusal', async () => {
  const refusals: string[] = [];
  const papers: string[] = [];
  const say = async (...asked: Parameters<ReportDesk['ask']>) => {
    const answer = await desk.ask(...asked);
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (answer.status >= 400) refusals.push(bytes.toString());
    return { status: answer.status, bytes };
  };
  const before = new Set(readdirSync(tmpdir()));
  const get = (path: string) => say(path, { roles: ['supervisor', 'manager', 'privacyOfficer'] });
  const roster = await get(`/rosters/${idOf('A')}.xlsx`);
  papers.push(await cellsOf(roster.bytes));
  const paths = [
    ...[`/rosters/term/${idOf('t1')}.zip`, `/rosters/term/${idOf('t1')}.xlsx`, `/rosters/${idOf('A')}/changes.docx`],
    ...['json', 'docx', 'xlsx'].map((kind) => `/reports/daily/2025-07-11.${kind}`),
    ...[`/reports/tally/${idOf('t1')}.xlsx`, '/reports/completion.docx', '/reports/completion.xlsx'],
    ...['/reports/privacy/2025-07.docx', '/reports/deliverables', '/obligations', '/feeds/v1/manifest.json'],
  ];
  for (const path of paths) await get(path);
  const daily = await get('/reports/daily/2025-07-11.docx');
  papers.push(strFromU8(unzipSync(new Uint8Array(daily.bytes))['word/document.xml']!));
  await get(`/rosters/${encodeURIComponent('鸚鵡山')}.xlsx?name=${encodeURIComponent('金糸雀')}`);
  await get(`/reports/daily/${encodeURIComponent('鸚鵡山')}.json`);
  await get(`/feeds/v1/${encodeURIComponent('鸚鵡山')}.json`);

  const send = (method: string, path: string, body: object, as = 'sv1') =>
    say(path, { method, body, as, roles: ['supervisor', 'manager'] });
  for (const [kind, name] of [
    ['session', 'A'],
    ['handover', 't1'],
  ] as const) {
    const wish = { kind, id: idOf(name), purpose: kind === 'handover' ? 'handover' : 'deliverable' };
    const asked = await send('POST', '/export-requests', { ...wish, recipient: '市', medium: 'media', mediumNumber: 'U1' }, 'op1'); // prettier-ignore
    const { exportRequestId } = JSON.parse(asked.bytes.toString()) as { exportRequestId: string };
    await send('POST', `/export-requests/${exportRequestId}/approve`, {});
    const made = await send('POST', '/deliveries', { exportRequestId });
    const { deliveryId } = JSON.parse(made.bytes.toString()) as { deliveryId: string };
    expect((await get(`/deliveries/${deliveryId}.xlsx`)).status).toBe(200);
  }
  await send('POST', '/export-requests', { kind: '鸚鵡山', id: '金糸雀', purpose: 'オウムヤマ', recipient: 1 });
  await send('PUT', '/reports/desk-facts', { responsiblePerson: 7, contract: { name: '鸚鵡山' } });
  await send('PUT', '/templates/roster', Buffer.from('鸚鵡山'));
  // The door that tells names is away, with a name in its mouth
  desk.others.isDown = true;
  await get(`/rosters/${idOf('A')}.xlsx`);

  // There was something to give away, and it stood where it belongs
  expect(marksIn({ papers: papers.join('\n') }, ['鸚鵡山', '鳥籠荘'])).toHaveLength(2);
  const left = readdirSync(tmpdir()).filter((name) => !before.has(name) && /uketsuke.*(roster|deliver|report)/.test(name)); // prettier-ignore
  const seen = {
    tables: await everyTable(desk.database.url),
    files: everyFile(desk.folder),
    log: written.join(''),
    refusals: refusals.join('\n'),
    metrics: await (await fetch(`${desk.service.url}/metrics`)).text(),
    left: left.join('\n'),
  };
  expect(refusals.length).toBeGreaterThan(5);
  expect(seen.tables).toContain('roster-print');
  expect(seen.log).toContain('/rosters');
  expect(marksIn(seen, marks)).toEqual([]);
});

async function cellsOf(xlsx: Buffer): Promise<string> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(xlsx as never);
  const cells: string[] = [];
  book.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell(({ text }) => cells.push(text))));
  return cells.join('\n');
}
