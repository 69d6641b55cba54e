import type { Book, CellValue, Column, Sheet } from '../workbook/sheet.js';
import { callCells, callColumns, LOST } from './call-columns.js';
import { rate } from './call-figures.js';
import type { CompletionReport, Filling, TermResult } from './completion-report.js';
import type { CallCounts } from './daily-report.js';
import { definitionSheets } from './definition-sheets.js';

/** The data book of a 業務完了報告書: every number of it, and what it was counted from. (R050) */
export function completionBook(report: CompletionReport): Book {
  const { terms } = report;
  return {
    title: `業務完了報告書 データブック`,
    author: report.from.organisation,
    at: report.at,
    ...(report.specimen !== undefined && { specimen: report.specimen }),
    definitions: true,
    sheets: [
      byTerm(terms),
      calls('日別', '開設日', 'eraDate', terms, 'calls_by_day', ({ days }) => days.map((day) => [day.date, day])),
      calls('時間帯別', '時間帯', 'time', terms, 'calls_by_hour', ({ hours }) =>
        hours.map((hour) => [hour.from, hour]),
      ),
      calls('曜日別', '曜日', 'text', terms, 'calls_by_weekday', ({ weekdays }) =>
        weekdays.map((day) => [day.weekday, day]),
      ),
      fillings('会場別', '会場', terms, ({ venues }) => venues),
      fillings('講座別', '講座', terms, ({ courses }) => courses),
      notices(terms),
      inquiries(terms),
      faq(report),
      ...definitionSheets(report.kpis, report.sources),
    ],
  };
}

const TERM: Column = { header: '期', kind: 'text', width: 10 };

/** An item a line and a term a column: so it stands in the specification's own table. */
function byTerm(terms: readonly TermResult[]): Sheet {
  const items: readonly (readonly [item: string, source: string, of: (term: TermResult) => CellValue])[] = [
    ['開設日数（日）', 'calls_by_term', ({ openDays }) => openDays],
    ['入電（件）', 'calls_by_term', ({ calls: { offered } }) => offered],
    ['応答（件）', 'calls_by_term', ({ calls: { answered } }) => answered],
    ['放棄（件）', 'calls_by_term', ({ calls: { abandoned } }) => abandoned],
    ['放棄のうち5秒未満（件）', 'calls_by_term', ({ calls: { shortAbandoned } }) => shortAbandoned],
    ['応答率（%）', 'calls_by_term', ({ calls: { answered, offered } }) => percent(answered, offered)],
    [
      'サービスレベル（%）',
      'calls_by_term',
      ({ calls: { answeredInTime, offered } }) => percent(answeredInTime, offered),
    ],
    ['時間外（件）', 'calls_by_term', ({ calls: { outOfHours } }) => outOfHours],
    ['話中（件）', 'carrier_busy', ({ calls: { busy } }) => busy],
    ['最大受電件数/日（件）', 'calls_by_day', ({ busiestDay }) => busiestDay?.offered ?? null],
    ['平均応答待ち（秒）', 'calls_by_term', ({ averages: { wait } }) => wait],
    ['平均通話（秒）', 'calls_by_term', ({ averages: { talk } }) => talk],
    ['平均後処理（秒）', 'calls_by_term', ({ averages: { afterCallWork } }) => afterCallWork],
    ['平均処理（秒）', 'calls_by_term', ({ averages: { handling } }) => handling],
    ['申込（件）', 'bookings_by_term', ({ bookings: { made } }) => made],
    ['変更（件）', 'bookings_by_term', ({ bookings: { moved } }) => moved],
    ['取消（件）', 'bookings_by_term', ({ bookings: { cancelled } }) => cancelled],
    ['他会場案内（件）', 'guidance', ({ guidance: { offered } }) => offered],
    ['他会場案内の成立（件）', 'guidance', ({ guidance: { taken } }) => taken],
  ];
  return {
    name: '期別',
    title: '期別実績',
    columns: [
      { header: '項目', kind: 'text', width: 30 },
      ...terms.map(({ termName }): Column => ({ header: termName, kind: 'integer', width: 14 })),
      { header: '出典', kind: 'text', width: 22 },
    ],
    rows: items.map(([item, source, of]) => [item, ...terms.map(of), source]),
  };
}

function percent(part: number, whole: number): CellValue {
  const share = rate(part, whole);
  return share === null ? null : `${(share * 100).toFixed(1)}%`;
}

function calls(
  name: string,
  header: string,
  kind: Column['kind'],
  terms: readonly TermResult[],
  source: string,
  rowsOf: (term: TermResult) => (readonly [string, CallCounts])[],
): Sheet {
  return {
    name,
    title: `${name}入電・応答`,
    columns: [TERM, { header, kind }, ...callColumns(source)],
    rows: terms.flatMap((term) => rowsOf(term).map(([place, counts]) => [term.termName, place, ...callCells(counts)])),
    landscape: true,
  };
}

function fillings(
  name: string,
  header: string,
  terms: readonly TermResult[],
  of: (term: TermResult) => readonly Filling[],
): Sheet {
  return {
    name,
    title: `${name}予約実績`,
    columns: [
      TERM,
      { header, kind: 'text', width: 32 },
      { header: '開催回', kind: 'integer', definition: '開催日時・会場の数', source: 'sessions_filled' },
      { header: '定員', kind: 'integer', definition: '定員の計', source: 'sessions_filled' },
      { header: '予約数', kind: 'integer', definition: '有効な予約の数', source: 'sessions_filled' },
      { header: '予約率', kind: 'percent', definition: '予約数 ÷ 定員', source: 'sessions_filled' },
    ],
    rows: terms.flatMap((term) =>
      of(term).map((each) => [
        term.termName,
        each.name,
        each.sessions,
        each.capacity,
        each.reserved,
        rate(each.reserved, each.capacity),
      ]),
    ),
  };
}

function notices(terms: readonly TermResult[]): Sheet {
  const count = (header: string, definition: string): Column => ({
    header,
    kind: 'integer',
    definition,
    source: 'notices_by_term',
  });
  return {
    name: '受講通知書',
    title: '受講通知書',
    columns: [
      TERM,
      count('印刷', '印刷した通数'),
      count('差出', '差し出した通数'),
      count('期限内差出', '発送期限までに差し出した通数'),
      count('返戻', '返送された通数'),
      count('再発行', '再発行した通数'),
      count('印刷損じ', '印刷損じとして廃棄した枚数'),
      { header: '郵便料金', kind: 'yen', definition: '差し出した通数の料金の計', source: 'notices_by_term' },
    ],
    rows: terms.map(({ termName, notices: each }) => [
      termName,
      each.printed,
      each.posted,
      each.onTime,
      each.returned,
      each.reissued,
      each.spoiled,
      each.postage,
    ]),
  };
}

function inquiries(terms: readonly TermResult[]): Sheet {
  return {
    name: '問い合わせ',
    title: '問い合わせ分類別件数',
    columns: [
      TERM,
      { header: '分類', kind: 'text', width: 36 },
      { header: '件数', kind: 'integer', definition: '問い合わせの件数', source: 'inquiries_by_category' },
    ],
    rows: terms.flatMap(({ termName, inquiries: all }) =>
      all.map(({ category, count }) => [termName, category, count ?? LOST]),
    ),
    notes: [`${LOST}：少数のため表示していません。`],
  };
}

function faq({ faqChanges }: CompletionReport): Sheet {
  return {
    name: 'ＦＡＱ更新一覧',
    title: 'ＦＡＱ更新一覧',
    columns: [
      { header: '日付', kind: 'eraDate' },
      { header: '区分', kind: 'text', width: 10 },
      { header: '質問', kind: 'text', width: 70 },
    ],
    rows: faqChanges.map(({ date, change, question }) => [date, change, question]),
    landscape: true,
  };
}
