import { appendFileSync } from 'node:fs';
import { describe } from '@jest/globals';
import { officeMissing } from './office-program.js';

/** `describe` with LibreOffice; where there is none, its tests are counted as skipped and the reason is printed. */
export function describeOffice(name: string, body: () => void): void {
  const reason = officeMissing();
  if (reason !== undefined) {
    process.stderr.write(`SKIPPED "${name}": ${reason}\n`);
    const notes = process.env['UKETSUKE_SKIPS'];
    if (notes) appendFileSync(notes, `${name}: ${reason}\n`);
  }
  const block = reason === undefined ? describe : describe.skip;
  block(name, body);
}
