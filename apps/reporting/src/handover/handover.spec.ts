import { afterAll, beforeAll, expect, test } from '@jest/globals';
import ExcelJS from 'exceljs';
import crypto from 'officecrypto-tool';
import { ReportDesk } from '../rehearsal/report-desk.js';
import * as told from '../rehearsal/told.js';
import { idOf } from '../rehearsal/told.js';

let desk: ReportDesk;
const post = (path: string, body: object = {}, as = 'sv1') => desk.ask(path, { method: 'POST', body, as });

beforeAll(async () => {
  desk = await ReportDesk.open();
  const flagged = { handover: true, noted: true } as const;
  await desk.tell(
    ...told.ground(),
    told.termPlanned('0701 09:00', 't2', ['2025-09-11', '2025-09-26'], 2),
    told.recorded('0711 09:30', 'first', flagged),
    told.recorded('0711 10:00', 'unmarked', { noted: true }),
    told.recorded('0711 10:10', 'later', { noted: true }),
    told.recorded('0711 10:20', 'withdrawn', flagged),
    told.recorded('0711 10:30', 'erased', flagged),
    told.recorded('0711 10:40', 'unwritten', { handover: true }),
    told.recorded('0912 09:00', 'other-term', { ...flagged, term: 't2' }),
    ...Array.from({ length: 3 }, (_, i) => told.inquiry('0711 11:00', `tally${i}`)),
    told.corrected('0712 09:00', 'later', 'privacy', true),
    told.corrected('0712 09:00', 'withdrawn', 'venue', false),
  );
  desk.others.notes.set(idOf('first'), { note: '=HYPERLINK("x") と言われた' });
  desk.others.notes.set(idOf('unmarked'), { note: '引き渡さない' });
  desk.others.notes.set(idOf('later'), { note: '後から重要とした' });
  desk.others.notes.set(idOf('withdrawn'), { note: '印を取り消した' });
  desk.others.notes.set(idOf('other-term'), { note: '第二期の記録' });
});
afterAll(() => desk.close());

async function order(term: string): Promise<{ deliveryId: string; password: string }> {
  const wanted = { kind: 'handover', id: idOf(term), purpose: 'handover', recipient: 'デジタル企画課' };
  const request = await post('/export-requests', { ...wanted, medium: 'media', mediumNumber: 'USB-07' }, 'op1');
  const { exportRequestId } = (await request.json()) as { exportRequestId: string };
  await post(`/export-requests/${exportRequestId}/approve`);
  return (await (await post('/deliveries', { exportRequestId })).json()) as { deliveryId: string; password: string };
}

async function opened(answer: Response, password: string): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load((await crypto.decrypt(Buffer.from(await answer.arrayBuffer()), { password })) as never);
  return book;
}

test('the package holds what was marked as important, with its words, and nothing else (R041)', async () => {
  desk.others.asked.length = 0;
  const { deliveryId, password } = await order('t1');
  const answer = await desk.ask(`/deliveries/${deliveryId}.xlsx`);
  expect(answer.status).toBe(200);
  const sheet = (await opened(answer, password)).getWorksheet('引渡し記録')!;
  const rows: unknown[][] = [];
  sheet.eachRow((row) => {
    if (typeof row.getCell(1).value === 'number') rows.push([4, 7, 8].map((column) => row.getCell(column).value));
  });
  expect(rows).toEqual([
    // a text, whatever it begins with
    ['会場', '=HYPERLINK("x") と言われた', idOf('first')],
    ['個人情報', '後から重要とした', idOf('later')],
    ['会場', '（消去済）', idOf('erased')],
    ['会場', '', idOf('unwritten')],
  ]);
  // nobody's words were asked for that do not leave
  const asked = desk.others.asked.map(({ path }) => path);
  expect(asked.toSorted()).toEqual(['first', 'later', 'erased'].map((name) => `/inquiries/${idOf(name)}/note`).toSorted()); // prettier-ignore
  const { deliveries } = (await (await desk.ask('/deliveries')).json()) as { deliveries: { pieces: number }[] };
  expect(deliveries.at(-1)).toMatchObject({ deliveryId, pieces: 4, subject: `handover/${idOf('t1')}` });
});

test('is of one term, and a term without such records makes no file', async () => {
  const { deliveryId, password } = await order('t2');
  const book = await opened(await desk.ask(`/deliveries/${deliveryId}.xlsx`), password);
  expect(JSON.stringify(book.getWorksheet('引渡し記録')!.getSheetValues())).toContain('第二期の記録');
  await desk.tell(told.corrected('0930 09:00', 'other-term', 'venue', false));
  const none = await desk.ask(`/deliveries/${(await order('t2')).deliveryId}.xlsx`);
  expect([none.status, ((await none.json()) as { slug: string }).slug]).toEqual([409, 'nothing-to-hand-over']);
});

test('is whole or is not made: when words cannot be had, the password waits for another try', async () => {
  const { deliveryId, password } = await order('t1');
  desk.others.isDown = true;
  const failed = await desk.ask(`/deliveries/${deliveryId}.xlsx`);
  desk.others.isDown = false;
  expect([failed.status, ((await failed.json()) as { slug: string }).slug]).toEqual([503, 'unavailable']);
  const again = await desk.ask(`/deliveries/${deliveryId}.xlsx`);
  expect((await opened(again, password)).worksheets).toHaveLength(2);
});

test('names nobody to the ledger: whether and when, never what', async () => {
  const { rows } = await desk.query('select * from ledger.inquiry');
  expect(rows.length).toBeGreaterThan(8);
  expect(JSON.stringify(rows)).not.toMatch(/重要とした|HYPERLINK/);
});
