// The variation sequences of a font (`cmap` format 14), read by ourselves: fontkit 2.0.4 has the table and mostly
// ignores it (facts/documents.md §2).

const TTCF = 0x74746366;
const CMAP = 0x636d6170;

/** What a font has for a sequence: a glyph of its own, or the one it shows without the selector. */
export type Variant = { readonly glyph: number } | 'default';

export class VariationTable {
  private constructor(
    private readonly view: DataView,
    /** By selector: offset of the records of each kind from the beginning of `view`, 0 for none. */
    private readonly selectors: ReadonlyMap<number, { readonly defaults: number; readonly own: number }>,
  ) {}

  /** @param face which font of a collection */
  static of(bytes: Uint8Array, face = 0): VariationTable {
    const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const start = subtable(file, face);
    const selectors = new Map<number, { defaults: number; own: number }>();
    if (start !== undefined) {
      for (let record = 0; record < file.getUint32(start + 6); record++) {
        const at = start + 10 + record * 11;
        const [defaults, own] = [file.getUint32(at + 3), file.getUint32(at + 7)];
        selectors.set(uint24(file, at), {
          defaults: defaults === 0 ? 0 : start + defaults,
          own: own === 0 ? 0 : start + own,
        });
      }
    }
    return new VariationTable(file, selectors);
  }

  find(codePoint: number, selector: number): Variant | undefined {
    const offsets = this.selectors.get(selector);
    if (offsets === undefined) return undefined;
    if (offsets.own !== 0) {
      const at = this.search(offsets.own, 5, codePoint);
      if (at !== undefined && uint24(this.view, at) === codePoint) return { glyph: this.view.getUint16(at + 3) };
    }
    if (offsets.defaults !== 0) {
      const at = this.search(offsets.defaults, 4, codePoint);
      if (at !== undefined && codePoint <= uint24(this.view, at) + this.view.getUint8(at + 3)) return 'default';
    }
    return undefined;
  }

  /** The last record that begins at or before `codePoint`; records are sorted. */
  private search(table: number, size: number, codePoint: number): number | undefined {
    let [low, high] = [0, this.view.getUint32(table)];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (uint24(this.view, table + 4 + middle * size) <= codePoint) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? undefined : table + 4 + (low - 1) * size;
  }
}

function subtable(file: DataView, face: number): number | undefined {
  const font = file.getUint32(0) === TTCF ? file.getUint32(12 + face * 4) : 0;
  for (let table = 0; table < file.getUint16(font + 4); table++) {
    const at = font + 12 + table * 16;
    if (file.getUint32(at) !== CMAP) continue;
    const cmap = file.getUint32(at + 8);
    for (let encoding = 0; encoding < file.getUint16(cmap + 2); encoding++) {
      const offset = cmap + file.getUint32(cmap + 4 + encoding * 8 + 4);
      if (file.getUint16(offset) === 14) return offset;
    }
  }
  return undefined;
}

function uint24(view: DataView, at: number): number {
  return (view.getUint16(at) << 8) | view.getUint8(at + 2);
}
