import type { Readable } from 'node:stream';
import { Refusal } from '#kernel/refusal.js';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { fileTooLarge, unreadableFile } from './grid.js';

const MOST_ENTRIES = 1_000;
/** Bytes inflated: of one part, and of all that is read. A list of 1,000 sessions has about 1 MB, a FAQ of 2,000 entries 3 MB. */
const LARGEST_PART = 16 * 1024 * 1024;
const LARGEST_WHOLE = 32 * 1024 * 1024;
/** XML of a sheet shrinks to a tenth, rarely to a fiftieth; a bomb to a thousandth. */
const HIGHEST_RATIO = 200;
const SMALL = 64 * 1024;

/**
 * The parts of a zip, inflated piece by piece and only as far as the bounds go, whatever its directory says. For the city's
 * lists, which any program may have written (zip64 too) and of which a few parts are read; templates, which are small and needed
 * whole and at once, have `zip/zip-reader.ts`.
 */
export class Archive {
  private inflated = 0;

  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /** @throws Refusal `unreadable-file` 400 when it is no zip; `file-too-large` 413 when it would burst */
  static async open(content: Buffer): Promise<Archive> {
    const zip = await readable(fromBufferPromise(content, { lazyEntries: true, validateEntrySizes: true }));
    const entries = new Map<string, Entry>();
    let declared = 0;
    await readable(
      (async () => {
        for await (const entry of zip.eachEntry()) {
          declared += entry.uncompressedSize;
          if (entries.size >= MOST_ENTRIES || declared > LARGEST_WHOLE * 4) throw burst();
          entries.set(entry.fileName, entry);
        }
      })(),
    );
    return new Archive(zip, entries);
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** The text of a part, piece by piece. @throws Refusal `unreadable-file`, `file-too-large` */
  async *read(name: string): AsyncGenerator<string> {
    const entry = this.entries.get(name);
    if (entry === undefined) throw unreadableFile('The file lacks a part of its form. Save it again.');
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let size = 0;
    const pieces = (await readable(this.zip.openReadStreamPromise(entry, {}))) as Readable;
    const reading = pieces[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    try {
      for (;;) {
        const { value, done } = await readable(reading.next());
        if (done === true) break;
        size += value.length;
        this.inflated += value.length;
        const ratio = size / Math.max(1, entry.compressedSize);
        if (size > LARGEST_PART || this.inflated > LARGEST_WHOLE || (size > SMALL && ratio > HIGHEST_RATIO))
          throw burst();
        yield await readable(Promise.resolve().then(() => decoder.decode(value, { stream: true })));
      }
    } finally {
      pieces.destroy();
    }
  }
}

function burst() {
  return fileTooLarge('The file unpacks to more than a list can be.');
}

/** What the zip reader cannot read is the file's fault, never ours. */
async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw unreadableFile('The file is not of the form it says, or it is damaged or has a password. Save it again.');
  }
}
