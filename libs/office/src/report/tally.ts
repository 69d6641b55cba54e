import { eraDay } from '#calendar/japanese-date.js';
import type { Book, Column, Sheet } from '../workbook/sheet.js';
import { callCells, callColumns, LOST } from './call-columns.js';
import { sumOfCalls } from './call-figures.js';
import type { CallCounts, HourOfCalls } from './daily-report.js';
import { definitionSheets } from './definition-sheets.js';
import type { Kpi, Source } from './paper.js';

/** 日別集計結果 of a term: numbers only. (R042, §5.2) */
export interface Tally {
  readonly termName: string;
  readonly from: string;
  readonly until: string;
  /** Every open day, in order, days without a call too. */
  readonly days: readonly (CallCounts & {
    readonly date: string;
    /** 開設○日目; null on a day on which the telephones were closed. The place in the list when missing. */
    readonly openDay?: number | null;
    readonly outOfHours: number;
    readonly made: number;
    readonly moved: number;
    readonly cancelled: number;
    /** 問い合わせ by category, in the order of `categories`; null: too few to be shown. (§8.27) */
    readonly inquiries: readonly (number | null)[];
  })[];
  readonly categories: readonly string[];
  /** A row a day and hour. */
  readonly hours: readonly (HourOfCalls & { readonly date: string })[];
  readonly kpis: readonly Kpi[];
  readonly sources: readonly Source[];
  readonly author: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly specimen?: boolean;
}

/** Days, hours and definitions, a sheet each. */
export function tallyBook(tally: Tally): Book {
  const lead = [`${tally.termName}　${eraDay(tally.from)} から ${eraDay(tally.until)} まで`];
  return {
    title: `日別集計結果 ${tally.termName}`,
    author: tally.author,
    at: tally.at,
    ...(tally.specimen !== undefined && { specimen: tally.specimen }),
    definitions: true,
    sheets: [days(tally, lead), hours(tally, lead), ...definitionSheets(tally.kpis, tally.sources)],
  };
}

function days({ days: all, categories }: Tally, lead: readonly string[]): Sheet {
  const sum = (of: (day: Tally['days'][number]) => number) => all.reduce((total, day) => total + of(day), 0);
  return {
    name: '日別',
    title: '日別集計結果',
    lead,
    columns: [
      { header: '開設日', kind: 'eraDate' },
      { header: '開設○日目', kind: 'integer', definition: '開設期間の何日目か', width: 9 },
      ...callColumns('calls_by_day'),
      { header: '時間外', kind: 'integer', definition: '受付時間外の呼（入電に含まない）', source: 'calls_by_day' },
      { header: '申込', kind: 'integer', definition: '確定した申込の数', source: 'bookings_by_day' },
      { header: '変更', kind: 'integer', definition: '開催回を変更した申込の数', source: 'bookings_by_day' },
      { header: '取消', kind: 'integer', definition: '取り消した申込の数', source: 'bookings_by_day' },
      ...categories.map((category): Column => ({
        header: category,
        kind: 'integer',
        definition: `問い合わせ「${category}」の件数`,
        source: 'inquiries_by_category',
      })),
    ],
    rows: all.map((day, index) => [
      day.date,
      day.openDay === undefined ? index + 1 : day.openDay,
      ...callCells(day),
      day.outOfHours,
      day.made,
      day.moved,
      day.cancelled,
      ...categories.map((_, at) => shown(day.inquiries[at])),
    ]),
    totals: [
      '計',
      null,
      ...callCells(sumOfCalls(all)),
      sum(({ outOfHours }) => outOfHours),
      sum(({ made }) => made),
      sum(({ moved }) => moved),
      sum(({ cancelled }) => cancelled),
      ...categories.map((_, at) =>
        // a sum beside one hidden cell would tell it
        all.some(({ inquiries }) => inquiries[at] === null) ? LOST : sum(({ inquiries }) => inquiries[at] ?? 0),
      ),
    ],
    notes: [`${LOST}：少数のため表示していません。`],
    landscape: true,
  };
}

function hours({ hours: all }: Tally, lead: readonly string[]): Sheet {
  return {
    name: '時間帯別',
    title: '日別・時間帯別',
    lead,
    columns: [
      { header: '開設日', kind: 'eraDate' },
      { header: '時間帯', kind: 'time', width: 10 },
      { header: 'オペレーター席数', kind: 'integer', definition: 'その時間帯に配置した席数', source: 'calls_by_hour' },
      ...callColumns('calls_by_hour'),
    ],
    rows: all.map((hour) => [hour.date, hour.from, hour.seats, ...callCells(hour)]),
    totals: ['計', null, null, ...callCells(sumOfCalls(all))],
    landscape: true,
  };
}

const shown = (count: number | null | undefined) => (count === null ? LOST : (count ?? 0));
