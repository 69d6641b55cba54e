import type { DailyReport } from '../report/daily-report.js';
import { CENTRE, EVENING, HOURS, SHARES, KPIS, SOURCES, counts, added } from './desk-figures.js';

/** The busiest day of the desk, with a complaint. */
export function dailyReportRehearsal(): DailyReport {
  const hours = HOURS.map((from, index) => ({
    from,
    seats: [15, 11, 8, 6, 6, 6, 6][index]!,
    ...counts(Math.round(450 * SHARES[index]!)),
  }));
  return {
    date: '2025-07-11',
    termName: '第一期',
    openDay: 1,
    weather: '晴れ 最高28℃',
    remarks: '初日のため午前中に入電が集中した。',
    staffing: { supervisors: 2, operators: 15, responsiblePerson: '佐藤' },
    calls: { ...added(hours), outOfHours: 23, busy: null },
    hours,
    bookings: { made: 212, moved: 3, cancelled: 4 },
    sessions: [
      ['KTA-0801-A', '北区民センター', 'スマートフォン入門', '2025-08-01', 20, 20, 20],
      ['CHU-0804-P', '中央区 札幌エルプラザ', 'ＬＩＮＥのはじめかた', '2025-08-04', 16, 13, 13],
      ['TYH-0806-A', '豊平区民センター', 'キャッシュレス決済入門', '2025-08-06', 20, 4, -1],
    ].map(([sessionCode, venueName, courseTitle, date, capacity, reserved, change]) => ({
      sessionCode: String(sessionCode),
      venueName: String(venueName),
      courseTitle: String(courseTitle),
      date: String(date),
      capacity: Number(capacity),
      reserved: Number(reserved),
      change: Number(change),
    })),
    guidance: { offered: 31, taken: 19, declined: 12 },
    inquiries: [
      '会場への行き方',
      '申込方法',
      '講座の内容',
      '持ち物',
      '料金',
      '駐車場',
      '変更・取消',
      '通知書の到着',
      '付き添い',
      '機種について',
      'その他',
      '制度一般',
    ].map((category, index) => ({ category, count: index === 8 ? null : 43 - index * 3 })),
    faq: { added: 2, revised: 1, retired: 0 },
    escalations: [{ number: 'E-0003', gist: '会場の車いす用駐車場の有無', state: '市へ確認中', due: '7/14（月）' }],
    complaints: [
      {
        number: 'C-0001',
        receivedAt: Date.parse('2025-07-11T00:41:00Z'),
        gist: '電話がつながらないとのお申し出（３回目でつながった）。',
        handling: 'お詫びのうえ、申込を受け付けた。\n責任者が折り返し、初日の混雑をご説明した。',
        result: 'ご了承いただいた。',
        prevention: '翌日の午前のオペレーター席数を２席増やす。',
      },
    ],
    urgent: [
      {
        at: Date.parse('2025-07-11T02:10:00Z'),
        from: '責任者 佐藤',
        to: 'デジタル企画課',
        gist: '回線の混雑についてご報告',
      },
    ],
    notices: { drafted: 212, approved: 180, printed: 180, spoiled: 2, posted: 0, returned: 0 },
    incidents: [],
    accessLogAnchor: [
      {
        service: 'reservations',
        anchor: {
          n: 1_834,
          at: new Date(EVENING).toISOString(),
          hash: 'b5d4045c3f466fa91fe2cc6abe79232a1a57cdf104f7a26e716e0a1e2789df78',
        },
      },
      { service: 'notices', anchor: null },
    ],
    kpis: KPIS,
    sources: SOURCES,
    from: CENTRE,
    at: EVENING,
  };
}
