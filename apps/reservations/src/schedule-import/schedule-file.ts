import { readDelimitedText } from '#office/reading/delimited-text.js';
import { addressOf, unreadableFile, type CellProblem, type Grid, type GridBounds } from '#office/reading/grid.js';
import { readWorkbook } from '#office/reading/workbook.js';
import { findColumns, type Columns } from './columns.js';
import { RowReading, type NamedInRow, type ScheduleRow } from './schedule-row.js';

/**
 * A list of a city's term has some sixty rows. A thousand are committed at once in a second or two, in which nobody
 * books.
 */
const BOUNDS: GridBounds = { rows: 1_000, cellLength: 1_000 };

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
