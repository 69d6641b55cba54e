import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dateAt, plusDays } from '#calendar/civil-time.js';
import { eraDate } from '#calendar/japanese-date.js';
import type { Role } from '#contracts/access/roles.js';
import { describeOffice } from '#office/rehearsal/describe-office.js';
import { OfficeProgram } from '#office/rehearsal/office-program.js';
import { ReportDesk } from '../rehearsal/report-desk.js';
import * as told from '../rehearsal/told.js';
import { idOf } from '../rehearsal/told.js';

let desk: ReportDesk;
const today = dateAt(Date.now());
const month = today.slice(0, 7);
const officer: Role[] = ['privacyOfficer'];

const put = (body: object, roles: readonly Role[] = officer, of = month) =>
  desk.ask(`/reports/privacy/${of}`, { method: 'PUT', body, roles, as: 'po1' });
const review = (body: object) =>
  desk.ask('/reports/privacy/log-reviews', { method: 'POST', body, roles: officer, as: 'po1' });
const paper = (of = month) => desk.ask(`/reports/privacy/${of}.docx`, { roles: ['manager'] });
const slugOf = async (answer: Response) => [answer.status, ((await answer.json()) as { slug: string }).slug];

async function deliver(): Promise<string> {
  const post = (path: string, body: object, as: string) => desk.ask(path, { method: 'POST', body, as });
  const wanted = { kind: 'session', id: idOf('A'), purpose: 'deliverable', recipient: 'デジタル企画課' };
  const request = await post('/export-requests', { ...wanted, medium: 'media', mediumNumber: 'USB-07' }, 'op1');
  const { exportRequestId } = (await request.json()) as { exportRequestId: string };
  await post(`/export-requests/${exportRequestId}/approve`, {}, 'sv1');
  const ordered = await post('/deliveries', { exportRequestId }, 'sv1');
  const { deliveryId } = (await ordered.json()) as { deliveryId: string };
  expect((await desk.ask(`/deliveries/${deliveryId}.xlsx`)).status).toBe(200);
  return deliveryId;
}

beforeAll(async () => {
  desk = await ReportDesk.open();
  await desk.tell(
    ...told.ground(),
    ...[told.scheduled('0702 10:00', 'A'), told.made('0711 09:00', 'A', 'r0'), told.made('0711 09:10', 'A', 'r1')],
    told.personErased('0711 10:00', 'r9'),
  );
  await desk.ask('/reports/desk-facts', {
    method: 'PUT',
    roles: ['manager'],
    body: {
      ...{ chiefPrivacyOfficer: '北 一郎', privacyOfficer: '南 二郎' },
      roles: [{ role: 'ＯＰ', people: 15 }],
      trainings: [{ date: `${month}-01`, title: '個人情報の取扱い', attended: 16 }, { date: '2025-01-01', title: '前の月の研修', attended: 3 }], // prettier-ignore
    },
  });
});
afterAll(() => desk.close());

describeOffice('様式１, laid out by LibreOffice', () => {
  let office: OfficeProgram;
  beforeAll(async () => {
    office = await OfficeProgram.start();
  });
  afterAll(() => office.close());

  const words = async () => {
    const answer = await paper();
    expect(answer.status).toBe(200);
    return (await office.words(new Uint8Array(await answer.arrayBuffer())))[0]!;
  };

  test('leaves to the pen what nobody recorded, and says what the logs know (R047)', async () => {
    const text = await words();
    for (const known of [
      '北一郎',
      '南二郎',
      '個人情報の取扱い',
      '氏名等の表示・取出し/申込受付',
      '印刷/受講通知書の印刷',
      '本人の個人情報',
      '鍵の破棄',
    ]) {
      expect(text).toContain(known);
    }
    expect(text).not.toContain('前の月の研修');
    // trained staff, the medium, the supplier; the review of the log
    expect(text.match(/\(記入してください\)/g)).toHaveLength(4);
  });

  test('prints what was recorded: training, media, subcontracting, the review of the log, what left and what was destroyed', async () => {
    const deliveryId = await deliver();
    const destroyed = { destroyedOn: today, method: 'overwritten' };
    await desk.ask(`/deliveries/${deliveryId}/destroyed`, { method: 'POST', body: destroyed });
    expect((await review({ reviewedOn: today, sampled: 10, findings: 0 })).status).toBe(200);
    expect((await review({ reviewedOn: today, sampled: 5, findings: 1, measures: '再教育を実施' })).status).toBe(200);
    const supplier = { supplier: '北海印刷', task: 'はがきの印刷', permissionNumber: 'デ企第12号' };
    const recorded = await put({
      staff: [{ role: 'ＯＰ', people: 15, trained: 14 }],
      media: [{ mediumNumber: 'USB-07', kind: '暗号化USBメモリ', state: '保管中' }],
      subcontracting: [supplier],
      remarks: ['書庫の鍵を交換'],
    });
    expect(await recorded.json()).toMatchObject({ month, version: 1 });
    const text = await words();
    expect(text).not.toContain('記入してください');
    for (const fact of [
      ...['点検:2回、抽出15件、指摘1件。措置:再教育を実施', '暗号化USBメモリ', '保管中'],
      ...['予約者リスト2件', '電子媒体USB-07', '引き渡した予約者リスト', '上書き消去', '書庫の鍵を交換'],
      ...['北海印刷:はがきの印刷(市の許可デ企第12号)', eraDate(today).normalize('NFKC')],
    ]) {
      expect(text).toContain(fact);
    }
  });

  test('an empty list says that there was none, which is another thing than nothing recorded', async () => {
    await put({ media: [], subcontracting: [] });
    const text = await words();
    expect(text).toMatch(/再委託なし/);
    // who was trained is recorded nowhere again
    expect(text.match(/\(記入してください\)/g)).toHaveLength(1);
  });
});

describe('what is recorded of a month', () => {
  test('is kept version by version; the same again is the same version', async () => {
    const version = async (body: object) => ((await (await put(body)).json()) as { version: number }).version;
    const first = await version({ remarks: ['一'] });
    expect(await version({ remarks: ['一'] })).toBe(first);
    expect(await version({ remarks: ['二'] })).toBe(first + 1);
    const both = await Promise.all([version({ remarks: ['三'] }), version({ remarks: ['四'] })]);
    expect(both.toSorted()).toEqual([first + 2, first + 3]);
    const { rows } = await desk.query('select recorded_by from privacy_record where month = $1', [month]);
    expect(new Set(rows.map(({ recorded_by }) => recorded_by))).toEqual(new Set(['po1']));
    expect(rows.length).toBeGreaterThan(3);
  });

  test('cannot be what is impossible', async () => {
    expect(await slugOf(await put({ staff: [{ role: 'ＯＰ', people: 2, trained: 3 }] }))).toEqual([422, 'more-trained-than-people']); // prettier-ignore
    expect(await slugOf(await review({ reviewedOn: today, sampled: 3, findings: 4 }))).toEqual([422, 'more-findings-than-sampled']); // prettier-ignore
    expect(await slugOf(await review({ reviewedOn: today, sampled: 3, findings: 1 }))).toEqual([422, 'measures-missing']); // prettier-ignore
    expect(await slugOf(await review({ reviewedOn: plusDays(today, 1), sampled: 3, findings: 0 }))).toEqual([409, 'future-day']); // prettier-ignore
    const media = [{ mediumNumber: 'USB-07', kind: 'USB', state: '紛失' }];
    expect(await slugOf(await put({ media }))).toEqual([400, 'invalid-body']);
  });
});

describe('様式１ is refused', () => {
  test('for no month, a month that has not come, and by whom it is no business of', async () => {
    const next = `${Number(month.slice(0, 4)) + 1}-01`;
    expect(await slugOf(await paper('2025-13'))).toEqual([404, 'not-found']);
    expect(await slugOf(await paper(next))).toEqual([409, 'future-day']);
    expect(await slugOf(await put({}, officer, next))).toEqual([409, 'future-day']);
    expect((await desk.ask(`/reports/privacy/${month}.docx`, { roles: ['city', 'supervisor'] })).status).toBe(403);
    expect((await put({}, ['auditor'])).status).toBe(403);
  });

  test('while the access log cannot be counted: a report without it would say that nobody looked', async () => {
    desk.others.isDown = true;
    const answer = await paper();
    desk.others.isDown = false;
    expect(await slugOf(answer)).toEqual([503, 'unavailable']);
  });
});

test('before anything was planned there is nothing to report', async () => {
  const empty = await ReportDesk.open();
  const answer = await empty.ask(`/reports/privacy/${month}.docx`, { roles: ['manager'] });
  expect(await slugOf(answer)).toEqual([404, 'nothing-to-report']);
  await empty.close();
});
