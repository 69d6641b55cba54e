import { eraDay } from '#calendar/japanese-date.js';
import type { Book, Sheet } from '../workbook/sheet.js';
import { definitionSheets } from './definition-sheets.js';
import { callColumns, callCells, LOST } from './call-columns.js';
import { sumOfCalls } from './call-figures.js';
import type { DailyReport } from './daily-report.js';

/** The numbers of a 日次報告書 as sheets. (§5.2) */
export function dailyReportBook(report: DailyReport): Book {
  const lead = [`${eraDay(report.date)}　${report.termName}`];
  return {
    title: `日次報告書 ${report.date}`,
    author: report.from.organisation,
    at: report.at,
    ...(report.specimen !== undefined && { specimen: report.specimen }),
    definitions: false,
    sheets: [
      hours(report, lead),
      counts(report, lead),
      sessions(report, lead),
      inquiries(report, lead),
      ...definitionSheets(report.kpis, report.sources),
    ],
  };
}

function hours({ hours: all, calls }: DailyReport, lead: readonly string[]): Sheet {
  return {
    name: '時間帯別',
    title: '時間帯別入電・応答',
    lead,
    columns: [
      { header: '時間帯', kind: 'time', width: 10 },
      { header: 'オペレーター席数', kind: 'integer' },
      ...callColumns('calls_by_hour'),
    ],
    rows: all.map((hour) => [hour.from, hour.seats, ...callCells(hour)]),
    totals: ['計', null, ...callCells(sumOfCalls(all))],
    notes: [`時間外 ${calls.outOfHours}件、話中 ${calls.busy === null ? '未取込' : `${calls.busy}件`}`],
    landscape: true,
  };
}

function counts({ bookings, guidance, notices, faq }: DailyReport, lead: readonly string[]): Sheet {
  return {
    name: '件数',
    title: '申込・案内・通知書',
    lead,
    columns: [
      { header: '区分', kind: 'text', width: 18 },
      { header: '項目', kind: 'text', width: 18 },
      { header: '件数', kind: 'integer' },
    ],
    rows: [
      ['申込', '申込', bookings.made],
      ['申込', '変更', bookings.moved],
      ['申込', '取消', bookings.cancelled],
      ['他会場案内', '案内', guidance.offered],
      ['他会場案内', '成立', guidance.taken],
      ['他会場案内', '不成立', guidance.declined],
      ['受講通知書', '作成', notices.drafted],
      ['受講通知書', '承認', notices.approved],
      ['受講通知書', '印刷', notices.printed],
      ['受講通知書', '印刷損じ', notices.spoiled],
      ['受講通知書', '差出', notices.posted],
      ['受講通知書', '返戻', notices.returned],
      ['ＦＡＱ', '追加', faq.added],
      ['ＦＡＱ', '更新', faq.revised],
      ['ＦＡＱ', '廃止', faq.retired],
    ],
  };
}

function sessions({ sessions: all }: DailyReport, lead: readonly string[]): Sheet {
  return {
    name: '会場別残席',
    title: '会場別残席（本日の増減が大きい開催回）',
    lead,
    columns: [
      { header: '開催回', kind: 'text', width: 14 },
      { header: '会場', kind: 'text', width: 24 },
      { header: '講座', kind: 'text', width: 24 },
      { header: '開催日', kind: 'eraDate' },
      { header: '定員', kind: 'integer' },
      { header: '予約数', kind: 'integer' },
      { header: '残席', kind: 'integer' },
      { header: '増減', kind: 'integer' },
    ],
    rows: all.map((session) => [
      session.sessionCode,
      session.venueName,
      session.courseTitle,
      session.date,
      session.capacity,
      session.reserved,
      Math.max(0, session.capacity - session.reserved),
      session.change,
    ]),
    landscape: true,
  };
}

function inquiries({ inquiries: all }: DailyReport, lead: readonly string[]): Sheet {
  return {
    name: '問い合わせ',
    title: '問い合わせ分類別件数',
    lead,
    columns: [
      { header: '分類', kind: 'text', width: 36 },
      { header: '件数', kind: 'integer' },
    ],
    rows: all.map(({ category, count }) => [category, count ?? LOST]),
    notes: [`${LOST}：少数のため表示していません。`],
  };
}
