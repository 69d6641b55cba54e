import type { CompletionReport, TermResult } from '../report/completion-report.js';
import { CENTRE, HOURS, SHARES, KPIS, SOURCES, counts, added, DAYS, LOADS } from './desk-figures.js';

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
