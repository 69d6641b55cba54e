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
import { addressOf, type CellProblem, type CellValue, type GridRow } from '#office/reading/grid.js';
import type { Column, Columns } from './columns.js';

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

/** One row; all its problems at once. */
export class RowReading {
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
