import { plainText } from '#office/reading/cell-values.js';
import { addressOf, type CellProblem, type Grid, type GridRow } from '#office/reading/grid.js';

const NAMES = {
  sessionCode: ['開催回コード', '開催コード', '開催回番号', '回コード', 'SESSIONCODE'],
  eventCode: ['相談会コード', 'イベントコード', '相談会番号', 'EVENTCODE'],
  course: ['講座', '講座名', '講座名称', 'コース', 'コース名', 'COURSE'],
  venue: ['会場', '会場名', '会場名称', '開催場所', 'VENUE'],
  capacity: ['定員', '募集人数', '募集定員', 'CAPACITY'],
} as const;

const OF_DATE = {
  date: ['日付', '開催日', '実施日', '年月日', '期日', 'DATE'],
  startsAt: ['開始', '開始時刻', '開始時間', 'STARTSAT'],
  endsAt: ['終了', '終了時刻', '終了時間', 'ENDSAT'],
  times: ['時間', '開催時間', '実施時間', '時間帯', 'TIMES'],
  receptionStartsAt: ['受付開始', '受付開始時刻', '受付開始時間', 'RECEPTIONSTARTSAT'],
} as const;

export type Column = keyof typeof NAMES;
export type DateColumn = keyof typeof OF_DATE;

/** 全2回 has two; the contract allows twenty. */
const MOST_DATES = 20;

/** Where everything stands. */
export interface Columns {
  readonly header: number;
  readonly of: ReadonlyMap<Column, number>;
  /** In the order of the dates; the first is always there. */
  readonly dates: readonly ReadonlyMap<DateColumn, number>[];
  readonly problems: readonly CellProblem[];
  /** Headings that mean nothing here, by address. */
  readonly ignored: readonly string[];
}

/** The first row of the sheet, within its first thirty, that names at least three of our columns. */
export function findColumns({ rows }: Grid): Columns | undefined {
  for (const row of rows.slice(0, 30)) {
    const columns = columnsIn(row);
    if (columns.of.size + columns.dates.reduce((sum, { size }) => sum + size, 0) >= 3) return columns;
  }
  return undefined;
}

function columnsIn({ n, cells }: GridRow): Columns {
  const of = new Map<Column, number>();
  const dates = [new Map<DateColumn, number>()];
  const problems: CellProblem[] = [];
  const ignored: string[] = [];
  for (const [column, value] of cells) {
    const found = headingOf(plainText(value));
    const cell = addressOf(column, n);
    if (found === undefined) {
      ignored.push(cell);
    } else if ('column' in found) {
      if (of.has(found.column)) problems.push({ cell, reason: '同じ見出しの列が2つあります' });
      else of.set(found.column, column);
    } else {
      while (dates.length < found.nth) dates.push(new Map());
      const date = dates[found.nth - 1]!;
      if (date.has(found.ofDate)) problems.push({ cell, reason: '同じ見出しの列が2つあります' });
      else date.set(found.ofDate, column);
    }
  }
  return { header: n, of, dates, problems: [...problems, ...missing(n, of, dates)], ignored };
}

type Heading = { readonly column: Column } | { readonly ofDate: DateColumn; readonly nth: number };

function headingOf(text: string): Heading | undefined {
  const plain = text.replace(/\(.*\)$/, '').replace(/[※*]/g, '');
  const column = keyOf(NAMES, plain);
  if (column !== undefined) return { column };
  const [, nth, rest] = /^第?(\d{1,2})回目?の?(.+)$/.exec(plain) ?? [undefined, '1', plain];
  const ofDate = keyOf(OF_DATE, rest!);
  if (ofDate === undefined || Number(nth) < 1 || Number(nth) > MOST_DATES) return undefined;
  return { ofDate, nth: Number(nth) };
}

function keyOf<Key extends string>(names: Readonly<Record<Key, readonly string[]>>, text: string): Key | undefined {
  return (Object.keys(names) as Key[]).find((key) => names[key].includes(text));
}

function missing(
  header: number,
  of: ReadonlyMap<Column, number>,
  dates: readonly ReadonlyMap<DateColumn, number>[],
): CellProblem[] {
  const cell = addressOf(0, header);
  const absent = (['sessionCode', 'course', 'venue', 'capacity'] as const)
    .filter((column) => !of.has(column))
    .map((column) => NAMES[column][0] as string);
  for (const [nth, date] of dates.entries()) {
    const prefix = nth === 0 ? '' : `第${nth + 1}回`;
    if (!date.has('date')) absent.push(`${prefix}日付`);
    if (date.has('times')) continue;
    if (!date.has('startsAt')) absent.push(`${prefix}開始`);
    if (!date.has('endsAt')) absent.push(`${prefix}終了`);
  }
  return absent.map((name) => ({ cell, reason: `「${name}」の列がありません` }));
}
