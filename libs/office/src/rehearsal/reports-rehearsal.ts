import type { CompletionReport, TermResult } from '../report/completion-report.js';
import type { CallCounts, DailyReport } from '../report/daily-report.js';
import type { Kpi, Sender, Source } from '../report/paper.js';
import type { Tally } from '../report/tally.js';

// Numbers of a desk that might be: made up, and adding up.

export const CENTRE: Sender = {
  organisation: '株式会社北の受付センター',
  office: '講習会申込受付センター',
  person: '佐藤 美咲',
  phoneNumber: '0120-000-000',
};

/** 2025-07-11 16:30 in Tokyo. */
export const EVENING = Date.parse('2025-07-11T07:30:00Z');

const HOURS = ['09:00', '10:00', '11:00', '12:00', '13:00', '14:00', '15:00'];
const SHARES = [0.3, 0.2, 0.14, 0.08, 0.1, 0.1, 0.08];

export const KPIS: readonly Kpi[] = [
  { name: '応答率', value: 0.927, kind: 'percent', definition: '応答 ÷ 入電', source: 'calls_by_hour' },
  {
    name: 'サービスレベル（80/20）',
    value: 0.812,
    kind: 'percent',
    definition: '20秒以内に応答した呼 ÷ 入電',
    source: 'calls_by_hour',
  },
  { name: '平均応答速度', value: 14, kind: 'seconds', definition: '応答した呼の待ち時間の平均（案内放送の後から）' },
  {
    name: '一次解決率',
    value: null,
    kind: 'percent',
    definition: 'エスカレーションも折り返しもなく終わった件数 ÷ 終わった件数',
  },
];

export const SOURCES: readonly Source[] = [
  {
    id: 'calls_by_hour',
    asks: '受付時間内に入電した通話を時間帯で数える（通話番号ごとに1件）',
    asOf: 'inquiries 0:412, 1:398',
  },
  { id: 'sessions_changed', asks: '当日に予約数が変わった開催回', asOf: 'reservations 0:1204' },
  { id: 'inquiries_by_category', asks: '当日の問い合わせを分類で数える', asOf: 'inquiries 0:412' },
];

export const counts = (offered: number): CallCounts => {
  const abandoned = Math.round(offered * 0.07);
  return {
    offered,
    answered: offered - abandoned,
    abandoned,
    shortAbandoned: Math.round(abandoned * 0.4),
    answeredInTime: Math.round(offered * 0.81),
  };
};

const added = (all: readonly CallCounts[]): CallCounts => ({
  offered: all.reduce((sum, each) => sum + each.offered, 0),
  answered: all.reduce((sum, each) => sum + each.answered, 0),
  abandoned: all.reduce((sum, each) => sum + each.abandoned, 0),
  shortAbandoned: all.reduce((sum, each) => sum + each.shortAbandoned, 0),
  answeredInTime: all.reduce((sum, each) => sum + each.answeredInTime, 0),
});

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

const DAYS = [
  '2025-07-11',
  '2025-07-14',
  '2025-07-15',
  '2025-07-16',
  '2025-07-17',
  '2025-07-18',
  '2025-07-22',
  '2025-07-23',
  '2025-07-24',
  '2025-07-25',
];
const LOADS = [450, 62, 38, 24, 20, 14, 12, 8, 7, 5];

export function tallyRehearsal(): Tally {
  return {
    termName: '第一期',
    from: '2025-07-11',
    until: '2025-07-25',
    categories: ['会場への行き方', '申込方法', '講座の内容', 'その他'],
    days: DAYS.map((date, index) => ({
      date,
      ...counts(LOADS[index]!),
      outOfHours: 10 - index,
      made: Math.round(LOADS[index]! * 0.5),
      moved: index % 3,
      cancelled: index % 2,
      inquiries: [12 + index, 9, index === 4 ? null : 6, 3],
    })),
    hours: DAYS.flatMap((date, day) =>
      HOURS.map((from, hour) => ({ date, from, seats: 6, ...counts(Math.round(LOADS[day]! * SHARES[hour]!)) })),
    ),
    kpis: KPIS,
    sources: SOURCES,
    author: CENTRE.organisation,
    at: EVENING,
  };
}

function termRehearsal(termName: string, load: number): TermResult {
  const days = DAYS.map((date, index) => ({ date, ...counts(Math.round(LOADS[index]! * load)) }));
  const total = added(days);
  return {
    termName,
    from: '2025-07-11',
    until: '2025-07-25',
    openDays: 10,
    calls: { ...total, outOfHours: 41, busy: 12 },
    busiestDay: { date: '2025-07-11', offered: days[0]!.offered },
    days,
    hours: HOURS.map((from, index) => ({
      from,
      ...counts(Math.round(total.offered * SHARES[index]!)),
      seats: 8.2,
      seatsNeeded: 8,
    })),
    weekdays: ['月', '火', '水', '木', '金'].map((weekday, index) => ({ weekday, ...counts(40 + index * 31) })),
    averages: { wait: 14, talk: 214, afterCallWork: 61, handling: 283 },
    bookings: { made: 350, moved: 12, cancelled: 21 },
    guidance: { offered: 54, taken: 31, declined: 23 },
    venues: ['北区民センター', '札幌エルプラザ', '豊平区民センター'].map((name, index) => ({
      name,
      sessions: 6,
      capacity: 120,
      reserved: 118 - index * 17,
    })),
    courses: ['スマートフォン入門', 'ＬＩＮＥのはじめかた'].map((name, index) => ({
      name,
      sessions: 9,
      capacity: 180,
      reserved: 171 - index * 12,
    })),
    notices: { printed: 356, spoiled: 6, posted: 350, onTime: 341, returned: 3, reissued: 9, postage: 30_515 },
    inquiries: ['会場への行き方', '申込方法', '講座の内容', '持ち物', '駐車場', '付き添い'].map((category, index) => ({
      category,
      count: index === 5 ? null : 61 - index * 11,
    })),
  };
}

export function completionRehearsal(): CompletionReport {
  return {
    date: '2026-01-30',
    number: '北受第１２号',
    contract: { name: 'デジタル活用支援講習会 申込受付・受講通知発送業務', from: '2025-06-01', until: '2026-02-28' },
    outline: [
      '講習会の申込受付、問い合わせ対応、受講通知書の作成・発送を、三期にわたり行った。',
      '各期の開設期間は10日間、受付時間は9時から16時までである。',
    ],
    team: {
      responsiblePerson: '佐藤 美咲',
      roles: [
        { role: 'ＳＶ', people: 2 },
        { role: 'ＯＰ', people: 15 },
      ],
      trainings: [{ date: '2025-07-01', title: '個人情報の取扱い・情報セキュリティ', attended: 17 }],
    },
    terms: [termRehearsal('第一期', 1), termRehearsal('第二期', 0.13), termRehearsal('第三期', 0.4)],
    yearBefore: [
      { termName: '第一期', offered: 640, openDays: 6, busiestDay: 450, noticesPosted: 350 },
      { termName: '第二期', offered: 80, openDays: 9, busiestDay: 15, noticesPosted: 80 },
      { termName: '第三期', offered: 270, openDays: 10, busiestDay: 180, noticesPosted: 150 },
    ],
    kpis: KPIS,
    faqChanges: [{ date: '2025-07-14', change: '追加', question: '車いすで利用できる駐車場はありますか。' }],
    complaints: { count: 1, reportedInTime: 1, gists: ['初日の午前に電話がつながりにくいとのお申し出'] },
    escalations: { count: 3, closed: 3, averageHours: 5.25 },
    privacy: {
      accesses: 12_410,
      reviews: 6,
      incidents: [],
      erasures: ['第一期の個人情報 350件（鍵の破棄、消去証明書 第1号）'],
    },
    paper: { sheets: 612, reprinted: 9, spoiled: 14 },
    proposals: ['初日午前の席数を15席とし、整理券方式の折り返しを併用する。'],
    annexes: ['データブック（.xlsx）', 'ＦＡＱ（最新版）'],
    sources: SOURCES,
    from: CENTRE,
    at: Date.parse('2026-01-30T01:00:00Z'),
  };
}
