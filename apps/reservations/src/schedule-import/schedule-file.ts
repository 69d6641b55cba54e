import type { SessionPlan } from '../class-session/class-session.commands.js';
import {
  readCount,
  readDate,
  readLine,
  readTime,
  readTimes,
  plainText,
  type Read,
} from '#office/reading/cell-values.js';
import { readDelimitedText } from '#office/reading/delimited-text.js';
import {
  addressOf,
  unreadableFile,
  type CellProblem,
  type CellValue,
  type Grid,
  type GridBounds,
  type GridRow,
} from '#office/reading/grid.js';
import { readWorkbook } from '#office/reading/workbook.js';
import { findColumns, type Column, type Columns } from './columns.js';

/**
 * A list of a city's term has some sixty rows. A thousand are committed at once in a second or two, in which nobody
 * books.
 */
const BOUNDS: GridBounds = { rows: 1_000, cellLength: 1_000 };

/** One session as the city's list says it; `row` and the cells say where. */
export interface ScheduleRow {
  readonly row: number;
  readonly cells: Readonly<Record<Column | 'date', string>>;
  readonly sessionCode: string;
  readonly eventCode?: string;
  readonly course: string;
  readonly venue: string;
  readonly dates: SessionPlan['dates'];
  readonly capacity: number;
}

/** What a row calls a course and a venue, also where the rest of it cannot be read: all that is wrong is told at once. */
export interface NamedInRow {
  readonly course: NameInCell | undefined;
  readonly venue: NameInCell | undefined;
}

interface NameInCell {
  readonly name: string;
  readonly cell: string;
}

export interface ScheduleFile {
  readonly rows: readonly ScheduleRow[];
  readonly names: readonly NamedInRow[];
  /** Everything that is wrong, in the order of the sheet. */
  readonly problems: readonly CellProblem[];
  /** Cells of headings that were passed over. */
  readonly ignored: readonly string[];
  /** What the list says nothing about stays as it is. */
  readonly says: { readonly eventCode: boolean; readonly receptionStartsAt: boolean };
}

/**
 * Reads the city's list (R011): the first sheet that has its headings.
 * @throws Refusal `unreadable-file` 400, `file-too-large` 413; never anything else, whatever the bytes
 */
export async function readScheduleFile(content: Buffer, form: 'xlsx' | 'csv'): Promise<ScheduleFile> {
  const grids = form === 'xlsx' ? readWorkbook(content, BOUNDS) : [await readDelimitedText(content, BOUNDS)];
  for await (const grid of grids) {
    const columns = findColumns(grid);
    if (columns !== undefined) return readRows(grid, columns);
  }
  throw unreadableFile('No sheet has a row with the headings 開催回コード, 講座, 会場, 日付, 開始, 終了, 定員.');
}

function readRows(grid: Grid, columns: Columns): ScheduleFile {
  const problems: CellProblem[] = [...columns.problems];
  const rows: ScheduleRow[] = [];
  const names: NamedInRow[] = [];
  const complete = problems.length === 0;
  const at = new Map<string, string>();
  for (const row of complete ? grid.rows.filter(({ n }) => n > columns.header) : []) {
    const reading = new RowReading(row, columns, grid.from1904);
    if (reading.isEmpty) continue;
    const { code, named, session } = reading.read();
    problems.push(...reading.problems);
    names.push(named);
    if (session !== undefined) rows.push(session);
    if (code === undefined) continue;
    const before = at.get(code.name);
    if (before === undefined) at.set(code.name, code.cell);
    else problems.push({ cell: code.cell, reason: `${before}と同じ開催回コードです` });
  }
  if (complete && rows.length === 0 && problems.length === 0) {
    problems.push({ cell: addressOf(0, columns.header + 1), reason: '開催回が1件もありません' });
  }
  const says = {
    eventCode: columns.of.has('eventCode'),
    receptionStartsAt: columns.dates.some((date) => date.has('receptionStartsAt')),
  };
  return { rows, names, problems, ignored: columns.ignored, says };
}

/** One row; all its problems at once. */
class RowReading {
  readonly problems: CellProblem[] = [];

  constructor(
    private readonly row: GridRow,
    private readonly columns: Columns,
    private readonly from1904: boolean,
  ) {}

  /** Nothing stands in our columns: a remark beside the list, or a line under it. */
  get isEmpty(): boolean {
    const ours = [...this.columns.of.values(), ...this.columns.dates.flatMap((date) => [...date.values()])];
    return !ours.some((column) => this.row.cells.has(column));
  }

  /** @returns no session when anything in it is wrong */
  read(): {
    readonly code: NameInCell | undefined;
    readonly named: NamedInRow;
    readonly session: ScheduleRow | undefined;
  } {
    const { of } = this.columns;
    const sessionCode = this.required(of.get('sessionCode')!, (value) => readLine(value, 60));
    const eventCode = this.optional(of.get('eventCode'), (value) => readLine(value, 60));
    const course = this.required(of.get('course')!, (value) => readLine(value, 200));
    const venue = this.required(of.get('venue')!, (value) => readLine(value, 200));
    const dates = this.dates();
    const capacity = this.required(of.get('capacity')!, readCount);
    const cells = {
      sessionCode: this.address(of.get('sessionCode')!),
      eventCode: this.address(of.get('eventCode') ?? of.get('sessionCode')!),
      course: this.address(of.get('course')!),
      venue: this.address(of.get('venue')!),
      capacity: this.address(of.get('capacity')!),
      date: this.address(this.columns.dates[0]!.get('date')!),
    };
    const inCell = (name: string | undefined, cell: string) => (name === undefined ? undefined : { name, cell });
    const session: ScheduleRow = {
      ...{ row: this.row.n, cells, dates },
      ...{ sessionCode: sessionCode!, course: course!, venue: venue!, capacity: capacity! },
      ...(eventCode !== undefined && { eventCode }),
    };
    return {
      code: inCell(sessionCode, cells.sessionCode),
      named: { course: inCell(course, cells.course), venue: inCell(venue, cells.venue) },
      session: this.problems.length > 0 ? undefined : session,
    };
  }

  private dates(): SessionPlan['dates'] {
    const dates: SessionPlan['dates'] = [];
    for (const [nth, columns] of this.columns.dates.entries()) {
      // a list with 第2回 has courses of one date too
      if (nth > 0 && ![...columns.values()].some((column) => this.row.cells.has(column))) continue;
      const date = this.required(columns.get('date')!, (value) => readDate(value, this.from1904));
      const times = columns.get('times');
      const both = times === undefined ? undefined : this.required(times, readTimes);
      const [startsAt, endsAt] =
        times === undefined
          ? [this.required(columns.get('startsAt')!, readTime), this.required(columns.get('endsAt')!, readTime)]
          : [both?.[0], both?.[1]];
      const receptionStartsAt = this.optional(columns.get('receptionStartsAt'), readTime);
      const previous = dates.at(-1);
      if (date !== undefined && previous !== undefined && date <= previous.date) {
        this.wrong(columns.get('date')!, '前の回より後の日付にしてください');
      }
      if (startsAt === undefined) continue;
      if (receptionStartsAt !== undefined && receptionStartsAt > startsAt) {
        this.wrong(columns.get('receptionStartsAt')!, '受付開始が開始より後です');
      }
      if (endsAt === undefined) continue;
      if (endsAt <= startsAt) this.wrong(columns.get('endsAt') ?? times!, '終了が開始より後になっていません');
      if (date === undefined) continue;
      dates.push({ date, startsAt, endsAt, ...(receptionStartsAt !== undefined && { receptionStartsAt }) });
    }
    return dates;
  }

  private required<Value>(column: number, read: (value: CellValue) => Read<Value>): Value | undefined {
    if (!this.row.cells.has(column)) this.wrong(column, '空欄です');
    return this.optional(column, read);
  }

  private optional<Value>(column: number | undefined, read: (value: CellValue) => Read<Value>): Value | undefined {
    const value = column === undefined ? undefined : this.row.cells.get(column);
    if (value === undefined) return undefined;
    if (/^#(REF|N\/A|VALUE|NAME|DIV\/0|NUM|NULL)[!?]?$/.test(plainText(value))) {
      return this.wrong(column!, '数式がエラーになっています');
    }
    const answer = read(value);
    return 'problem' in answer ? this.wrong(column!, answer.problem) : answer.value;
  }

  private wrong(column: number, reason: string): undefined {
    this.problems.push({ cell: this.address(column), reason });
    return undefined;
  }

  private address(column: number): string {
    return addressOf(column, this.row.n);
  }
}
