import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LedgerRig } from '../rehearsal/ledger-rig.js';
import * as desk from '../rehearsal/told.js';
import { UNSAID } from '../report/desk-facts.js';
import { dailyReport } from './daily-report.js';

let rig: LedgerRig;
beforeAll(async () => {
  rig = await LedgerRig.make();
  await rig.tell(
    ...desk.ground(),
    ...[desk.scheduled('0702 10:00', 'A', { capacity: 2 }), desk.scheduled('0702 10:01', 'B')],
    desk.call('0711 09:05', 'c1', { wait: 10 }),
    ...[desk.made('0711 09:06', 'A', 'r1', { call: 'c1' }), desk.made('0711 09:07', 'A', 'r2')],
    desk.call('0711 09:40', 'c2', { abandonedAfter: 3 }),
    desk.call('0711 15:40', 'c3', { wait: 40, outcome: 'callback' }),
    ...[desk.offered('0711 15:41', 'A', 'o1', ['B']), desk.taken('0711 15:42', 'A', 'o1', 'B')],
    ...Array.from({ length: 6 }, (_, i) => desk.inquiry('0711 10:00', `v${i}`, 'venue')),
    ...Array.from({ length: 9 }, (_, i) => desk.inquiry('0711 10:00', `s${i}`, 'schedule')),
    desk.inquiry('0711 10:00', 'p1', 'privacy'),
    ...[desk.escalated('0711 11:00', 'e1', 12), desk.escalated('0711 15:00', 'e2', 13, 'privacy')],
    desk.escalationStep('0711 11:30', 'e1', 'EscalationConfirmed', '0714 12:00'),
    ...[desk.escalationStep('0714 10:00', 'e1', 'EscalationSentToCity', '0716 10:00'), desk.escalationClosed('0714 11:00', 'e2')], // prettier-ignore
    ...[desk.escalationStep('0715 10:00', 'e1', 'EscalationAnswered', '0715 12:00'), desk.escalationClosed('0715 11:00', 'e1')], // prettier-ignore
    desk.moved('0714 09:30', 'A', 'B', 'r1'),
  );
});
afterAll(() => rig.close());

const about = { facts: UNSAID, notes: { weather: '晴れ', supervisors: 1, operators: 5 }, specimen: false };
const on = (date: string, today = '2025-07-31') => rig.ask((reading) => dailyReport(reading, date, today, about));

describe('the daily report', () => {
  test('has the day, its number among the open days, and the calls by hour, which add up to it', async () => {
    const report = await on('2025-07-11');
    expect(report).toMatchObject({ termName: '第一期', openDay: 1, weather: '晴れ' });
    expect(report.calls).toMatchObject({ offered: 3, answered: 2, abandoned: 1, shortAbandoned: 1, busy: null });
    expect(report.hours.map(({ from }) => from)).toEqual([
      '09:00',
      '10:00',
      '11:00',
      '12:00',
      '13:00',
      '14:00',
      '15:00',
    ]);
    expect(report.hours[0]).toMatchObject({ offered: 2, answered: 1, answeredInTime: 1 });
    expect(report.hours.reduce((sum, { offered }) => sum + offered, 0)).toBe(report.calls.offered);
  });

  test('has seats as they stood at the end of the day, not as they stand now', async () => {
    expect((await on('2025-07-11')).sessions).toMatchObject([{ sessionCode: 'A', reserved: 2, change: 2 }]);
    expect((await on('2025-07-14')).sessions).toMatchObject([
      { sessionCode: 'A', reserved: 1, change: -1 },
      { sessionCode: 'B', reserved: 1, change: 1 },
    ]);
  });

  test('prints every KPI with its definition and the query behind it, and nothing where nothing was counted', async () => {
    const { kpis, sources } = await on('2025-07-11');
    const ids = new Set(sources.map(({ id }) => id));
    for (const kpi of kpis) {
      expect(kpi.definition.length).toBeGreaterThan(4);
      expect(ids).toContain(kpi.source);
    }
    const of = (name: string) => kpis.find((kpi) => kpi.name === name)!.value;
    expect(of('応答率')).toBeCloseTo(2 / 3);
    expect(of('応答率（短時間放棄を除く）')).toBe(1);
    expect(of('サービスレベル（20秒）')).toBeCloseTo(1 / 3);
    expect(of('平均応答速度（ＡＳＡ）')).toBe(25);
    expect(of('一次解決率')).toBe(0.5);
    expect(of('他会場案内成立率')).toBe(1);
    expect(of('稼働率')).toBeNull();
  });

  test('hides small counts of categories together with the next one, so that no total tells them (§8.27)', async () => {
    expect((await on('2025-07-11')).inquiries).toEqual([
      { category: '日時', count: 9 },
      { category: '会場', count: null },
      { category: '個人情報', count: null },
    ]);
  });

  test('lists escalations as they stood at the end of the day, with what is due, to the day they were closed (R037)', async () => {
    const lines = async (day: string) => (await on(day)).escalations;
    expect(await lines('2025-07-11')).toEqual([
      { number: '照会票 第12号', gist: '分類：会場', state: '責任者確認', due: '2025-07-14' },
      { number: '照会票 第13号', gist: '分類：個人情報', state: '起票', due: '2025-07-11' },
    ]);
    expect(await lines('2025-07-14')).toEqual([
      { number: '照会票 第12号', gist: '分類：会場', state: '市へ確認中', due: '2025-07-16' },
      { number: '照会票 第13号', gist: '分類：個人情報', state: '完了' },
    ]);
    expect((await lines('2025-07-15')).map(({ number, state }) => [number, state])).toEqual([
      ['照会票 第12号', '完了'],
    ]);
    expect(await lines('2025-07-16')).toEqual([]);
  });

  test('says plainly that a day has not come, that nothing is known of it, and that nobody called', async () => {
    await expect(on('2025-08-01')).rejects.toMatchObject({ slug: 'future-day' });
    await expect(on('2025-07-10')).rejects.toMatchObject({ slug: 'nothing-to-report' });
    const sunday = await on('2025-07-13');
    expect(sunday).toMatchObject({ openDay: null, calls: { offered: 0 }, bookings: { made: 0 } });
    expect(sunday.kpis.find(({ name }) => name === '応答率')!.value).toBeNull();
  });
});
