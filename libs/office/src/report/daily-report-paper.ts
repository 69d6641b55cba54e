import { eraDay } from '#calendar/japanese-date.js';
import { dateAt } from '#calendar/civil-time.js';
import { DIGITAL_PLANNING } from './addressee.js';
import { CALL_COLUMNS, callValues, hourText, momentText, rate, shownCount } from './call-figures.js';
import type { DailyReport } from './daily-report.js';
import { privacyChapter } from './daily-report-privacy.js';
import type { Block, Paper } from './paper.js';
import { BY_HAND } from './paper-value.js';

const MOST_CATEGORIES = 10;

/** 日次報告書. (§5.2, R043) */
export function dailyReportPaper(report: DailyReport): Paper {
  const day = report.openDay === null ? '開設日以外' : `開設${report.openDay}日目`;
  return {
    title: '日次報告書',
    subtitle: `${eraDay(report.date)}　${report.termName}　${day}`,
    date: dateAt(report.at),
    to: DIGITAL_PLANNING,
    from: report.from,
    at: report.at,
    ...(report.specimen !== undefined && { specimen: report.specimen }),
    blocks: [
      ...overview(report),
      ...calls(report),
      ...bookings(report),
      ...inquiries(report),
      ...complaints(report),
      ...closing(report),
    ],
  };
}

function overview({ staffing, weather, remarks, complaints, incidents, urgent }: DailyReport): Block[] {
  const none = (count: number) => (count === 0 ? 'なし' : `あり（${count}件）`);
  return [
    { kind: 'heading', level: 1, text: '１　概況' },
    {
      kind: 'facts',
      rows: [
        [
          '体制',
          `ＳＶ ${staffing.supervisors ?? '　　'}名、ＯＰ ${staffing.operators ?? '　　'}名` +
            (staffing.responsiblePerson === undefined ? '' : `、責任者 ${staffing.responsiblePerson}`),
        ],
        ['天候', weather ?? '―'],
        ['苦情', none(complaints.length)],
        ['緊急連絡', none(urgent.length)],
        ['個人情報事故', incidents === null ? BY_HAND : none(incidents.length)],
        ['特記事項', remarks ?? 'なし'],
      ],
    },
  ];
}

function calls({ calls: total, hours }: DailyReport): Block[] {
  const source = 'calls_by_hour';
  return [
    { kind: 'heading', level: 1, text: '２　入電・応答' },
    {
      kind: 'table',
      table: {
        columns: [{ header: '時間帯', width: 1.2 }, { header: '席数', kind: 'integer', width: 0.8 }, ...CALL_COLUMNS],
        rows: hours.map((hour) => [hourText(hour.from), hour.seats, ...callValues(hour)]),
        totals: ['計', '', ...callValues(total)],
        note:
          `時間外 ${total.outOfHours}件、話中 ${total.busy === null ? '未取込' : `${total.busy}件`}（いずれも入電に含みません）。` +
          '席数はオペレーター席数。ＳＬは20秒以内の応答÷入電。',
        source,
      },
    },
    {
      kind: 'chart',
      source,
      chart: {
        title: '時間帯別の入電・応答と応答率',
        kind: 'bars',
        categories: hours.map(({ from }) => hourText(from)),
        unit: '件',
        rightUnit: '%',
        series: [
          { name: '入電', values: hours.map(({ offered }) => offered) },
          { name: '応答', values: hours.map(({ answered }) => answered) },
          { name: '応答率', values: hours.map(({ answered, offered }) => rate(answered, offered)), onRight: true },
        ],
      },
    },
  ];
}

function bookings({ bookings: counts, guidance, sessions, notices }: DailyReport): Block[] {
  return [
    { kind: 'heading', level: 1, text: '３　申込・残席・受講通知書' },
    {
      kind: 'facts',
      rows: [
        ['申込・変更・取消', `申込 ${counts.made}件、変更 ${counts.moved}件、取消 ${counts.cancelled}件`],
        [
          '他会場案内',
          `案内 ${guidance.offered}件、成立 ${guidance.taken}件、不成立 ${guidance.declined}件${undecided(guidance)}` +
            (guidance.offered === 0 ? '' : `（成立率 ${((100 * guidance.taken) / guidance.offered).toFixed(1)}%）`),
        ],
        [
          '受講通知書',
          `作成 ${notices.drafted}、承認 ${notices.approved}、印刷 ${notices.printed}、印刷損じ ${notices.spoiled}、` +
            `差出 ${notices.posted}、返戻 ${notices.returned}（通）`,
        ],
      ],
    },
    {
      kind: 'table',
      table: {
        caption: '会場別残席（本日の増減が大きい開催回）',
        columns: [
          { header: '開催回', width: 1.5 },
          { header: '会場', width: 2 },
          { header: '講座', width: 2 },
          { header: '開催日', kind: 'date', width: 1.9 },
          { header: '定員', kind: 'integer', width: 0.7 },
          { header: '予約', kind: 'integer', width: 0.7 },
          { header: '残席', kind: 'integer', width: 0.7 },
          { header: '増減', kind: 'integer', width: 0.7 },
        ],
        rows: sessions.map((session) => [
          session.sessionCode,
          session.venueName,
          session.courseTitle,
          session.date,
          session.capacity,
          session.reserved,
          Math.max(0, session.capacity - session.reserved),
          session.change > 0 ? `+${session.change}` : session.change,
        ]),
        empty: '本日、増減のあった開催回はありません',
        source: 'sessions_changed',
      },
    },
  ];
}

function inquiries({ inquiries: all, faq, escalations }: DailyReport): Block[] {
  const shown = all.slice(0, MOST_CATEGORIES);
  const others = all.slice(MOST_CATEGORIES).reduce((sum, { count }) => sum + (count ?? 0), 0);
  return [
    { kind: 'heading', level: 1, text: '４　問い合わせ' },
    {
      kind: 'table',
      table: {
        columns: [
          { header: '分類', width: 4 },
          { header: '件数', kind: 'integer' },
        ],
        rows: [
          ...shown.map(({ category, count }) => [category, shownCount(count)]),
          ...(all.length > MOST_CATEGORIES ? [['その他の分類', others]] : []),
        ],
        note: `ＦＡＱ：追加 ${faq.added}件、更新 ${faq.revised}件、廃止 ${faq.retired}件`,
        source: 'inquiries_by_category',
      },
    },
    {
      kind: 'table',
      table: {
        caption: 'エスカレーション',
        columns: [
          { header: '番号', width: 1.2 },
          { header: '要旨', width: 4 },
          { header: '状態', width: 1.4 },
          { header: '期限', width: 1.2 },
        ],
        rows: escalations.map(({ number, gist, state, due }) => [number, gist, state, due ?? '']),
      },
    },
  ];
}

function complaints({ complaints: all, urgent }: DailyReport): Block[] {
  return [
    { kind: 'heading', level: 1, text: '５　苦情' },
    ...(all.length === 0 ? [{ kind: 'text', text: '本日の苦情はありません。' } as const] : []),
    ...all.flatMap((complaint): Block[] => [
      { kind: 'heading', level: 3, text: `苦情 ${complaint.number}` },
      {
        kind: 'facts',
        rows: [
          ['受付日時', momentText(complaint.receivedAt)],
          ['要旨', complaint.gist],
          ['対応経過', complaint.handling],
          ['結果', complaint.result],
          ['再発防止', complaint.prevention],
          ['委託者への依頼', complaint.request ?? 'なし'],
        ],
      },
    ]),
    {
      kind: 'table',
      table: {
        caption: '緊急連絡の記録',
        columns: [
          { header: '日時', width: 1.5 },
          { header: '連絡者' },
          { header: '連絡先' },
          { header: '内容', width: 3 },
        ],
        rows: urgent.map(({ at, from, to, gist }) => [momentText(at), from, to, gist]),
      },
    },
  ];
}

function closing(report: DailyReport): Block[] {
  return [
    ...privacyChapter(report),
    { kind: 'heading', level: 1, text: '７　指標と定義' },
    { kind: 'kpis', kpis: report.kpis },
    { kind: 'heading', level: 2, text: '集計の根拠' },
    { kind: 'sources', sources: report.sources },
    { kind: 'signatures', titles: ['責任者', 'ＳＶ'] },
  ];
}

/** Offers that nobody has answered: without them the counts would not add up to the whole. */
function undecided({ offered, taken, declined }: DailyReport['guidance']): string {
  const open = offered - taken - declined;
  return open > 0 ? `、回答待ち ${open}件` : '';
}
