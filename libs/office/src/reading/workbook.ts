import { posix } from 'node:path';
import { Archive } from './archive.js';
import { BadXml, CellText, walk } from './workbook-xml.js';
import {
  columnOf,
  GridDraft,
  MOST_COLUMNS,
  unreadableFile,
  type CellValue,
  type Grid,
  type GridBounds,
} from './grid.js';

/**
 * Reads the cells of an .xlsx, and nothing else of it. By hand, since exceljs builds the whole book: a list check or a merged
 * range over a whole sheet, as Excel writes it, makes it touch 17 billion cells. Here time and memory follow the bytes.
 * (docs/decisions/0011-schedule-import.md)
 */
export async function* readWorkbook(content: Buffer, bounds: GridBounds): AsyncGenerator<Grid> {
  const archive = await Archive.open(content);
  if (!archive.has('[Content_Types].xml')) throw unreadableFile('The file is not an .xlsx. Save it again as .xlsx.');
  const bookPath = [...(await relations(archive, '_rels/.rels', '')).values()].find(
    (path) => archive.has(path) && /workbook[^/]*\.xml$/.test(path),
  );
  const path = bookPath ?? 'xl/workbook.xml';
  const book = await readBook(archive, path);
  const folder = posix.dirname(path);
  const parts = await relations(archive, posix.join(folder, '_rels', `${posix.basename(path)}.rels`), folder);
  const stringsPath = [...parts.values()].find((part) => /sharedStrings[^/]*\.xml$/i.test(part));
  const strings =
    stringsPath !== undefined && archive.has(stringsPath) ? await readStrings(archive, stringsPath, bounds) : [];
  for (const relation of book.sheets) {
    const sheet = parts.get(relation);
    if (sheet !== undefined) yield { rows: await readRows(archive, sheet, strings, bounds), from1904: book.from1904 };
  }
}

async function relations(archive: Archive, path: string, folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  if (!archive.has(path)) return found;
  await walk(archive, path, {
    opened: ({ local, attributes }) => {
      const { Id: id, Target: target } = attributes;
      if (local !== 'Relationship' || id === undefined || target === undefined) return;
      found.set(id, target.startsWith('/') ? target.slice(1) : posix.join(folder, target));
    },
  });
  return found;
}

/** The sheets that are shown, in order, by relation. */
async function readBook(archive: Archive, path: string): Promise<{ sheets: string[]; from1904: boolean }> {
  const sheets: string[] = [];
  let from1904 = false;
  await walk(archive, path, {
    opened: ({ local, attributes }) => {
      if (local === 'workbookPr') from1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
      if (local !== 'sheet' || (attributes['state'] ?? 'visible') !== 'visible') return;
      const relation = Object.entries(attributes).find(([name]) => /(^|:)id$/.test(name))?.[1];
      if (relation !== undefined) sheets.push(relation);
    },
  });
  return { sheets, from1904 };
}

/** Rich text is joined; the furigana that Excel keeps beside it (`rPh`) is left out. */
async function readStrings(archive: Archive, path: string, bounds: GridBounds): Promise<string[]> {
  const strings: string[] = [];
  const cell = new CellText(bounds.cellLength);
  await walk(archive, path, {
    opened: ({ local }) => cell.opened(local),
    text: (text) => cell.text(text),
    closed: (local) => {
      cell.closed(local);
      if (local === 'si') strings.push(cell.take());
    },
  });
  return strings;
}

async function readRows(
  archive: Archive,
  path: string,
  strings: readonly string[],
  bounds: GridBounds,
): Promise<Grid['rows']> {
  const draft = new GridDraft(bounds);
  const text = new CellText(bounds.cellLength);
  let row = 0;
  let column = -1;
  let type = 'n';
  let cells = new Map<number, CellValue>();
  await walk(archive, path, {
    opened: ({ local, attributes }) => {
      text.opened(local);
      if (local === 'row') {
        const n = Number(attributes['r'] ?? row + 1);
        if (!Number.isSafeInteger(n) || n <= row || n > 1_048_576) throw new BadXml();
        row = n;
        column = -1;
        cells = new Map();
      } else if (local === 'c') {
        const address = attributes['r'];
        column = address === undefined ? column + 1 : (columnOf(address) ?? column + 1);
        type = attributes['t'] ?? 'n';
      }
    },
    text: (piece) => text.text(piece),
    closed: (local) => {
      text.closed(local);
      if (local === 'row') draft.add(row, cells);
      if (local !== 'c') return;
      const value = valueOf(type, text.take(), strings);
      if (value !== undefined && column < MOST_COLUMNS) cells.set(column, value);
    },
  });
  return draft.rows;
}

function valueOf(type: string, text: string, strings: readonly string[]): CellValue | undefined {
  if (type === 's') return filled(strings[Number(text)] ?? '');
  if (type !== 'n') return filled(text);
  return text === '' || !Number.isFinite(Number(text)) ? undefined : Number(text);
}

function filled(text: string): string | undefined {
  return text.trim() === '' ? undefined : text;
}
