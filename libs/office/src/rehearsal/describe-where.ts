import { appendFileSync, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from '@jest/globals';
import { missingFonts } from '../font/font-files.js';

/** `describe`; with a `reason` its tests are counted as skipped, and the reason is printed. */
export function describeUnless(reason: string | undefined, name: string, body: () => void): void {
  if (reason !== undefined) {
    process.stderr.write(`SKIPPED "${name}": ${reason}\n`);
    const notes = process.env['UKETSUKE_SKIPS'];
    if (notes) appendFileSync(notes, `${name}: ${reason}\n`);
  }
  const block = reason === undefined ? describe : describe.skip;
  block(name, body);
}

/** `describe` with poppler's programs. */
export function describePoppler(name: string, body: () => void): void {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const there = ['pdftoppm', 'pdftotext', 'pdffonts', 'pdfinfo'].every((program) =>
    folders.some((folder) => existsSync(join(folder, program))),
  );
  describeUnless(there ? undefined : 'poppler (pdftoppm, pdftotext) is not installed here.', name, body);
}

/** `describe` with the fonts of rare letters. */
export function describeRareFonts(name: string, body: () => void): void {
  const missing = missingFonts();
  describeUnless(missing.length === 0 ? undefined : missing.join(' '), name, body);
}
