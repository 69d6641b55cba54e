import { printableText } from '../text/printable-text.js';

const LONGEST = 31;

/**
 * Names that Excel takes, in the order given: at most 31 characters, none of `[]:*?/\`, not within quotes, not empty, not
 * `History`, each once whatever its case.
 */
export function sheetNames(wanted: readonly string[]): string[] {
  const taken = new Set(['history']);
  return wanted.map((name) => {
    const fitting = cut(
      printableText(name)
        .replaceAll(/[[\]:*?/\\\n]/g, '_')
        .replaceAll(/^'+|'+$/g, '')
        .trim(),
      LONGEST,
    );
    const base = fitting === '' ? 'シート' : fitting;
    let found = base;
    for (let number = 2; taken.has(found.toLowerCase()); number++) {
      const end = ` (${number})`;
      found = cut(base, LONGEST - end.length) + end;
    }
    taken.add(found.toLowerCase());
    return found;
  });
}

/** Excel counts UTF-16 units; half a pair must not stay. */
function cut(text: string, length: number): string {
  return printableText(text.slice(0, length));
}
