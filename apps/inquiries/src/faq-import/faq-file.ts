import { INQUIRY_CATEGORIES, type InquiryCategory } from '#contracts/inquiries/inquiry-category.js';
import { plainText, readDate, type Read } from '#office/reading/cell-values.js';
import { readDelimitedText } from '#office/reading/delimited-text.js';
import { readDocumentTables } from '#office/reading/document-table.js';
import { addressOf, fileTooLarge, unreadableFile, type CellProblem, type CellValue, type Grid, type GridBounds, type GridRow } from '#office/reading/grid.js'; // prettier-ignore
import { readWorkbook } from '#office/reading/workbook.js';
import { faqIdOfNumber, faqIdOfQuestion, numberOf } from '../faq/faq-ids.js';
import type { FaqEntry } from '../faq/faq.js';
import { findFaqColumns, type FaqColumn, type FaqColumns } from './faq-columns.js';

/** A city's FAQ has some hundred entries. */
const BOUNDS: GridBounds = { rows: 2_100, cellLength: 4_000 };
export const MOST_ENTRIES = 2_000;

export interface FaqRow {
  /** As the program shows it. */
  readonly row: number;
  readonly cell: string;
  readonly faqId: string;
  readonly entry: FaqEntry;
}

export interface FaqFile {
  readonly rows: readonly FaqRow[];
  readonly problems: readonly CellProblem[];
  /** May be meant so. */
  readonly warnings: readonly CellProblem[];
  readonly ignored: readonly string[];
}

export type FaqForm = 'xlsx' | 'docx' | 'csv';

/**
 * Reads the city's list (R018): every sheet, or every table of a document, that names question and answer.
 * @throws Refusal `unreadable-file` 400, `file-too-large` 413; never anything else, whatever the bytes
 */
export async function readFaqFile(content: Buffer, form: FaqForm): Promise<FaqFile> {
  const reading = new FaqReading();
  for await (const grid of gridsOf(content, form)) {
    const columns = findFaqColumns(grid);
    if (columns !== undefined) reading.read(grid, columns);
  }
  return reading.done();
}

async function* gridsOf(content: Buffer, form: FaqForm): AsyncGenerator<Grid> {
  if (form === 'xlsx') yield* readWorkbook(content, BOUNDS);
  else if (form === 'docx') yield* await readDocumentTables(content, BOUNDS);
  else yield await readDelimitedText(content, BOUNDS);
}

/** Everything of one file; all its problems at once. */
class FaqReading {
  private readonly rows: FaqRow[] = [];
  private readonly problems: CellProblem[] = [];
  private readonly warnings: CellProblem[] = [];
  private readonly ignored: string[] = [];
  private readonly seen = new Map<string, string>();
  private found = false;

  read(grid: Grid, columns: FaqColumns): void {
    this.found = true;
    this.problems.push(...columns.problems);
    this.ignored.push(...columns.ignored);
    let category: InquiryCategory | undefined;
    for (const row of grid.rows.filter(({ n }) => n > columns.header)) {
      if (![...columns.of.values()].some((column) => row.cells.has(column))) continue;
      const entry = new RowReading(row, columns, grid.from1904, this.problems, this.warnings);
      category = entry.category(category);
      const read = entry.read(category);
      if (read !== undefined) this.add(read);
    }
  }

  done(): FaqFile {
    if (!this.found) throw unreadableFile('No sheet or table has a row with the headings 質問 and 回答.');
    const { rows, problems, warnings, ignored } = this;
    if (rows.length === 0 && problems.length === 0) problems.push({ cell: 'A1', reason: '質問が1件もありません' });
    return { rows, problems, warnings, ignored };
  }

  private add(row: FaqRow): void {
    if (this.rows.length >= MOST_ENTRIES) throw fileTooLarge('A FAQ has at most 2,000 entries.');
    const before = this.seen.get(row.faqId);
    if (before !== undefined) this.problems.push({ cell: row.cell, reason: `${before}と同じ番号か質問です` });
    else this.seen.set(row.faqId, row.cell);
    this.rows.push(row);
  }
}

class RowReading {
  private wrong = false;

  constructor(
    private readonly row: GridRow,
    private readonly columns: FaqColumns,
    private readonly from1904: boolean,
    private readonly problems: CellProblem[],
    private readonly warnings: CellProblem[],
  ) {}

  /** Cells that were merged, or left empty below the first, say what stood above. */
  category(above: InquiryCategory | undefined): InquiryCategory | undefined {
    const value = this.valueOf('category');
    if (value === undefined) {
      if (above !== undefined && this.columns.of.has('category')) this.tell(this.warnings, 'category', '上の行の分類とみなします'); // prettier-ignore
      return above ?? 'other';
    }
    const text = plainText(value);
    const known = Object.entries(INQUIRY_CATEGORIES) as [InquiryCategory, string][];
    const found = known.find(([code, name]) => plainText(name) === text || code.toUpperCase() === text)?.[0];
    if (found === undefined) this.problem('category', `分類は次のいずれかにしてください: ${known.map(([, name]) => name).join('、')}`); // prettier-ignore
    return found ?? above;
  }

  read(category: InquiryCategory | undefined): FaqRow | undefined {
    const question = this.text('question', 1_000);
    const answer = this.text('answer', 4_000);
    const said = this.optional('faqNo', (value) => lineOf(value, 60));
    const keywords = this.optional('keywords', keywordsOf) ?? [];
    const date = (column: FaqColumn) => this.optional(column, (value) => readDate(value, this.from1904));
    const [validFrom, validTo, reviewBy] = [date('validFrom'), date('validTo'), date('reviewBy')];
    if (validFrom !== undefined && validTo !== undefined && validTo < validFrom) {
      this.problem('validTo', '有効終了日が有効開始日より前です');
    }
    if (this.wrong || question === undefined || answer === undefined || category === undefined) return undefined;
    const faqId = said === undefined ? faqIdOfQuestion(question) : faqIdOfNumber(said);
    const entry: FaqEntry = {
      ...{ faqNo: said ?? numberOf(faqId), category, question, answer, keywords },
      ...(validFrom !== undefined && { validFrom }),
      ...(validTo !== undefined && { validTo }),
      ...(reviewBy !== undefined && { reviewBy }),
    };
    return { row: this.row.n, cell: this.address('question'), faqId, entry };
  }

  private text(column: 'question' | 'answer', longest: number): string | undefined {
    if (this.valueOf(column) === undefined) this.problem(column, '空欄です');
    return this.optional(column, (value) => textOf(value, longest));
  }

  private optional<Value>(column: FaqColumn, read: (value: CellValue) => Read<Value>): Value | undefined {
    const value = this.valueOf(column);
    if (value === undefined) return undefined;
    if (/^#(REF|N\/A|VALUE|NAME|DIV\/0|NUM|NULL)[!?]?$/.test(plainText(value))) {
      return this.problem(column, '数式がエラーになっています');
    }
    const answer = read(value);
    return 'problem' in answer ? this.problem(column, answer.problem) : answer.value;
  }

  private valueOf(column: FaqColumn): CellValue | undefined {
    const at = this.columns.of.get(column);
    return at === undefined ? undefined : this.row.cells.get(at);
  }

  private problem(column: FaqColumn, reason: string): undefined {
    this.wrong = true;
    this.tell(this.problems, column, reason);
    return undefined;
  }

  private tell(list: CellProblem[], column: FaqColumn, reason: string): void {
    list.push({ cell: this.address(column), reason });
  }

  private address(column: FaqColumn): string {
    return addressOf(this.columns.of.get(column) ?? 0, this.row.n);
  }
}

/** Text over several lines, with one kind of line end and none at its ends. */
function textOf(value: CellValue, longest: number): Read<string> {
  const text = String(value).replace(/\r\n?|\u2028/g, '\n').replace(/_x000D_/g, '').trim(); // prettier-ignore
  if (/[^\P{Cc}\n\t]|\p{Surrogate}/u.test(text)) return { problem: '制御文字があります' };
  return text.length > longest ? { problem: `${longest.toLocaleString('en')}文字以内にしてください` } : { value: text };
}

function lineOf(value: CellValue, longest: number): Read<string> {
  const text = String(value).trim();
  if (/[\p{Cc}\p{Surrogate}]/u.test(text)) return { problem: '改行などの制御文字があります' };
  return text.length > longest ? { problem: `${longest}文字以内にしてください` } : { value: text };
}

function keywordsOf(value: CellValue): Read<string[]> {
  const words = String(value).split(/[、,，;；\n\t]/).map((word) => word.trim()).filter((word) => word !== ''); // prettier-ignore
  const once = [...new Set(words)];
  if (once.length > 50 || once.some((word) => word.length > 60)) return { problem: '検索語は60文字までを50個までにしてください' }; // prettier-ignore
  return { value: once };
}
