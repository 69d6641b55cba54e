import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inflateSync } from 'node:zlib';

/** A page as a person sees it, in grey. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  /** 0 is black. */
  readonly pixels: Uint8Array;
}

const DOTS_AN_INCH = 60;

/** Runs one of poppler's programs over a PDF; answers what it prints. */
export function poppler(program: string, pdf: Uint8Array, ...options: readonly string[]): string {
  return execFileSync(program, [...options, '-', ...(program === 'pdftotext' ? ['-'] : [])], {
    input: pdf,
    encoding: 'utf8',
  });
}

/** Every page of a PDF as a PNG in grey. */
export function picturesOf(pdf: Uint8Array): Buffer[] {
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-pictures-'));
  try {
    execFileSync('pdftoppm', ['-r', String(DOTS_AN_INCH), '-gray', '-png', '-', join(folder, 'page')], { input: pdf });
    return readdirSync(folder)
      .sort()
      .map((name) => readFileSync(join(folder, name)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The picture that was looked at and found good. `UPDATE_GOLDEN=1` takes the one that was made: look at it. */
export function golden(path: string, made: Buffer): Buffer {
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, made);
  }
  return readFileSync(path);
}

/** Share of the pixels that are clearly lighter or darker; 1 for pictures of different sizes. */
export function difference(left: Buffer, right: Buffer): number {
  const [a, b] = [greyPicture(left), greyPicture(right)];
  if (a.width !== b.width || a.height !== b.height) return 1;
  return a.pixels.filter((pixel, at) => Math.abs(pixel - b.pixels[at]!) > 100).length / a.pixels.length;
}

/** A PNG of eight bits a channel, as pdftoppm writes it; of colours the first. @throws Error for any other */
export function greyPicture(png: Buffer): GreyPicture {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const channels = { 0: 1, 2: 3 }[png[25]!];
  if (png[24] !== 8 || channels === undefined || png[28] !== 0) throw new Error('This PNG is of another kind.');
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const kind = png.toString('latin1', at + 4, at + 8);
    if (kind === 'IDAT') data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const bytes = unfiltered(inflateSync(Buffer.concat(data)), width * channels, height, channels);
  return { width, height, pixels: bytes.filter((_, at) => at % channels === 0) };
}

function unfiltered(rows: Buffer, width: number, height: number, channels: number): Uint8Array {
  const bytes = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (width + 1)]!;
    for (let x = 0; x < width; x++) {
      const left = x >= channels ? bytes[y * width + x - channels]! : 0;
      const up = y > 0 ? bytes[(y - 1) * width + x]! : 0;
      const corner = x >= channels && y > 0 ? bytes[(y - 1) * width + x - channels]! : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]!;
      bytes[y * width + x] = rows[y * (width + 1) + 1 + x]! + guess;
    }
  }
  return bytes;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
