import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import {
  GridDraft,
  MOST_COLUMNS,
  tooManyRows,
  unreadableFile,
  type CellValue,
  type Grid,
  type GridBounds,
} from './grid.js';

/** Reads a .csv: UTF-8 with or without a mark, UTF-16 with one, or Shift_JIS, as Japanese spreadsheet programs write. */
export async function readDelimitedText(content: Buffer, bounds: GridBounds): Promise<Grid> {
  const text = decoded(content);
  const draft = new GridDraft(bounds);
  const delimiter = text.slice(0, text.search(/[\r\n]|$/)).includes('\t') ? '\t' : ',';
  const records = Readable.from(pieces(text)).pipe(
    parse({ delimiter, relax_column_count: true, skip_empty_lines: false, max_record_size: 128 * 1024 }),
  );
  let n = 0;
  try {
    for await (const record of records as AsyncIterable<string[]>) {
      n += 1;
      // blank lines are rows too, but a file of nothing else has no end
      if (n > MOST_LINES) throw tooManyRows(bounds);
      const cells = new Map<number, CellValue>();
      for (const [column, value] of record.slice(0, MOST_COLUMNS).entries()) {
        if (value.trim() !== '') cells.set(column, value.slice(0, bounds.cellLength + 1));
      }
      draft.add(n, cells);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw unreadableFile(`The .csv cannot be read behind row ${n}: look for a quotation mark that is not closed.`);
  }
  return { rows: draft.rows, from1904: false };
}

const MOST_LINES = 20_000;
const PIECE = 16 * 1024;

/** The parser takes a piece in one go; between two of them others have their turn. */
function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += PIECE) yield text.slice(at, at + PIECE);
}

function decoded(content: Buffer): string {
  const encodings = content[0] === 0xff && content[1] === 0xfe ? ['utf-16le'] : ['utf-8', 'shift_jis'];
  for (const encoding of encodings) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(content);
      if (!text.includes('\0')) return text;
    } catch {
      // the next one
    }
  }
  throw unreadableFile('The file is not text in UTF-8 or Shift_JIS. Save it as .xlsx, or as .csv in UTF-8.');
}
