import { Archive } from './archive.js';
import { GridDraft, MOST_COLUMNS, unreadableFile, type CellValue, type Grid, type GridBounds } from './grid.js';
import { walk } from './workbook-xml.js';

const BODY = 'word/document.xml';

/**
 * Reads the tables of a .docx in their order, and nothing else of it. Rows count from 1 in each table. A cell that is merged
 * downwards says the same in every row; a table inside a cell is text of that cell; furigana and deleted text are left out.
 * @throws Refusal `unreadable-file` 400, `file-too-large` 413
 */
export async function readDocumentTables(content: Buffer, bounds: GridBounds): Promise<Grid[]> {
  const archive = await Archive.open(content);
  if (!archive.has(BODY)) throw unreadableFile('The file is not a .docx. Save it again as .docx.');
  const reading = new TableReading(bounds);
  await walk(archive, BODY, reading);
  return reading.tables;
}

class TableReading {
  readonly tables: Grid[] = [];
  private depth = 0;
  private draft: GridDraft;
  private row = 0;
  private column = 0;
  private span = 1;
  /** The cell is merged with the one above. */
  private continues = false;
  private above = new Map<number, CellValue>();
  private cells = new Map<number, CellValue>();
  private value = '';
  /** Inside `t`, and how deep inside furigana or a drawing. */
  private inText = false;
  private aside = 0;

  constructor(private readonly bounds: GridBounds) {
    this.draft = new GridDraft(bounds);
  }

  readonly opened = ({ local, attributes }: { local: string; attributes: Record<string, string> }): void => {
    if (local === 'tbl') this.depth += 1;
    if (local === 'rt' || local === 'Fallback' || local === 'drawing') this.aside += 1;
    if (this.depth === 0) return;
    if (local === 't') this.inText = true;
    if (local === 'br' || local === 'cr' || (local === 'p' && this.value !== '')) this.add('\n');
    if (local === 'tab') this.add('\t');
    if (this.depth > 1) return;
    const value = Object.entries(attributes).find(([name]) => /(^|:)val$/.test(name))?.[1];
    if (local === 'tbl') {
      this.draft = new GridDraft(this.bounds);
      this.row = 0;
      this.above = new Map();
    } else if (local === 'tr') {
      this.row += 1;
      this.column = 0;
      this.cells = new Map();
    } else if (local === 'tc') {
      this.value = '';
      this.span = 1;
      this.continues = false;
    } else if (local === 'gridSpan') this.span = Math.min(MOST_COLUMNS, Math.max(1, Number(value) || 1));
    else if (local === 'vMerge' && value !== 'restart') this.continues = true;
  };

  readonly text = (text: string): void => {
    if (this.inText) this.add(text);
  };

  readonly closed = (local: string): void => {
    if (local === 't') this.inText = false;
    if (local === 'rt' || local === 'Fallback' || local === 'drawing') this.aside -= 1;
    if (this.depth === 1 && local === 'tc') this.endCell();
    if (this.depth === 1 && local === 'tr') {
      this.draft.add(this.row, this.cells);
      this.above = this.cells;
    }
    if (local !== 'tbl') return;
    this.depth -= 1;
    if (this.depth === 0) this.tables.push({ rows: this.draft.rows, from1904: false });
  };

  private endCell(): void {
    const value = this.continues ? this.above.get(this.column) : this.value.trim();
    if (value !== undefined && value !== '' && this.column < MOST_COLUMNS) this.cells.set(this.column, value);
    this.column += this.span;
  }

  private add(text: string): void {
    if (this.aside === 0 && this.value.length <= this.bounds.cellLength) this.value += text;
  }
}
