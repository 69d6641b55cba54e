import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { areaOf, cellName } from '../roster/cell-place.js';
import { READING_MACRO } from './reading-macro.js';

const WITHIN_MS = 120_000;

/** What LibreOffice sees in a sheet, computed by it. Cells by name, as they are shown. */
export interface SeenSheet {
  readonly name: string;
  readonly cells: Readonly<Record<string, string>>;
  /** Cells that hold text, not a number or a formula. */
  readonly texts: ReadonlySet<string>;
  readonly printAreas: readonly string[];
  readonly titleRows?: string;
  readonly conditional: readonly string[];
  readonly charts: number;
  readonly shapes: number;
}

/** LibreOffice, with a profile of its own; a program that did not write the files. */
export class OfficeProgram {
  private constructor(
    private readonly program: string,
    private readonly folder: string,
  ) {}

  static async start(): Promise<OfficeProgram> {
    const folder = await mkdtemp(join(tmpdir(), 'uketsuke-office-'));
    const office = new OfficeProgram(officeProgram()!, folder);
    // a first start makes the profile, and would write over the macro
    await office.run(['--terminate_after_init']);
    const library = join(folder, 'profile', 'user', 'basic', 'Standard');
    await mkdir(library, { recursive: true });
    await writeFile(join(library, 'script.xlb'), READING_MACRO.library);
    await writeFile(join(library, 'Reading.xba'), READING_MACRO.module);
    return office;
  }

  /** Opens a workbook and reads it back. @param password of a sealed one */
  async read(workbook: Uint8Array, password = ''): Promise<SeenSheet[]> {
    const [file, out] = [join(this.folder, 'read.xlsx'), join(this.folder, 'seen.txt')];
    await rm(out, { force: true });
    await writeFile(file, workbook);
    await this.run([`macro:///Standard.Reading.Say("${file}","${out}","${password}")`]);
    return seenSheets(await readFile(out, 'utf8'));
  }

  /** The words on the pages of documents, laid out in one start; without spaces, whose width is the layout's affair. */
  async words(...documents: readonly Uint8Array[]): Promise<string[]> {
    return (await this.printed(documents)).map((text) => text.replaceAll(/\s+/g, ''));
  }

  /** The words of a document page by page, without spaces. */
  async pages(document: Uint8Array): Promise<string[]> {
    const [text] = await this.printed([document]);
    const pages = text!.split('\f').map((page) => page.replaceAll(/\s+/g, ''));
    return pages.slice(0, -1); // every page ends with a form feed
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  private async printed(documents: readonly Uint8Array[]): Promise<string[]> {
    const names = documents.map((_, index) => join(this.folder, `print-${index}`));
    for (const [index, name] of names.entries()) await writeFile(`${name}.docx`, documents[index]!);
    await this.run(['--convert-to', 'pdf', '--outdir', this.folder, ...names.map((name) => `${name}.docx`)]);
    const texts: string[] = [];
    for (const name of names) {
      const { stdout } = await promisify(execFile)('pdftotext', ['-layout', `${name}.pdf`, '-']);
      texts.push(stdout.normalize('NFKC'));
    }
    return texts;
  }

  private async run(task: readonly string[]): Promise<void> {
    const profile = `-env:UserInstallation=file://${join(this.folder, 'profile')}`;
    // a group of its own: soffice starts another program, which has to end with it
    const child = spawn(this.program, [profile, '--headless', '--norestore', ...task], {
      stdio: 'ignore',
      detached: true,
      env: { PATH: process.env['PATH'], HOME: this.folder, LANG: 'C.UTF-8' },
    });
    const late = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), WITHIN_MS);
    try {
      const code = await new Promise((resolve, reject) => child.once('exit', resolve).once('error', reject));
      if (code !== 0) throw new Error(`LibreOffice ended with ${String(code)}.`);
    } finally {
      clearTimeout(late);
    }
  }
}

/** Path of the program, or undefined where it is not installed. */
export function officeProgram(): string | undefined {
  return programPath('soffice');
}

/** What is missing here to open documents and read them back, or undefined. */
export function officeMissing(): string | undefined {
  if (officeProgram() === undefined) return 'LibreOffice (soffice) is not installed here.';
  return programPath('pdftotext') === undefined ? 'pdftotext (poppler-utils) is not installed here.' : undefined;
}

function programPath(name: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}

function seenSheets(text: string): SeenSheet[] {
  const sheets: (SeenSheet & {
    cells: Record<string, string>;
    texts: Set<string>;
    printAreas: string[];
    conditional: string[];
  })[] = [];
  for (const line of text.split('\n')) {
    const [kind, ...parts] = line.split('\t');
    const [a, b, c, d] = parts.map(Number);
    const sheet = sheets.at(-1)!;
    const area = (fromColumn: number, fromRow: number, toColumn: number, toRow: number) =>
      `${cellName({ row: fromRow + 1, column: fromColumn + 1 })}:${cellName({ row: toRow + 1, column: toColumn + 1 })}`;
    if (kind === 'refused') throw new Error('LibreOffice did not open the file.');
    if (kind === 'sheet')
      sheets.push({
        name: parts[0]!,
        cells: {},
        texts: new Set(),
        printAreas: [],
        conditional: [],
        charts: 0,
        shapes: 0,
      });
    if (kind === 'printArea') sheet.printAreas.push(area(a!, b!, c!, d!));
    if (kind === 'titleRows') Object.assign(sheet, { titleRows: `${a! + 1}:${b! + 1}` });
    if (kind === 'conditional') sheet.conditional.push(...parts[0]!.split(';').map(withoutSheet));
    if (kind === 'charts' || kind === 'shapes') Object.assign(sheet, { [kind]: a });
    if (kind === 'cell') {
      const name = cellName({ row: b! + 1, column: a! + 1 });
      sheet.cells[name] = parts.slice(3).join('\t').replaceAll('\\n', '\n');
      if (c === 2) sheet.texts.add(name);
    }
  }
  return sheets;
}

function withoutSheet(range: string): string {
  const text = range.slice(range.lastIndexOf('.') + 1);
  return areaOf(text) === undefined ? range : text;
}
