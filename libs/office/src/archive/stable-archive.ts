import { unzipSync, zipSync, type Zippable } from 'fflate';

/** In every time zone the same bytes of a zip's directory. */
export const NO_TIME = new Date(1980, 0, 1);

/**
 * An OOXML file made by a library, packed again so that the same content is the same bytes: no clock of the machine, the
 * parts in the order of their names, the given instant as made and changed.
 * @param at epoch milliseconds
 */
export function stableArchive(
  file: Uint8Array,
  at: number,
  also: (parts: Record<string, Uint8Array>) => void = () => {},
): Buffer {
  const parts = unzipSync(file);
  const core = parts['docProps/core.xml'];
  if (core !== undefined) parts['docProps/core.xml'] = Buffer.from(dated(Buffer.from(core).toString('utf8'), at));
  also(parts);
  return packed(parts);
}

/** A zip whose bytes depend on nothing but its parts; `[Content_Types].xml` comes first, as some readers want it. */
export function packed(parts: Readonly<Record<string, Uint8Array>>): Buffer {
  const names = Object.keys(parts).toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const zippable: Zippable = {};
  for (const name of names) zippable[name] = [parts[name]!, { mtime: NO_TIME, level: name.endsWith('.png') ? 0 : 6 }];
  return Buffer.from(zipSync(zippable));
}

function rank(name: string): number {
  return name === '[Content_Types].xml' ? 0 : name === '_rels/.rels' ? 1 : 2;
}

function dated(core: string, at: number): string {
  const instant = new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
  return core.replaceAll(/(<dcterms:(?:created|modified)\b[^>]*>)[^<]*/g, `$1${instant}`);
}
