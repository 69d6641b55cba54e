import { crc32, inflateRawSync } from 'node:zlib';

// Reads what somebody uploaded, so nothing in it is believed: sizes are checked before anything is inflated, and
// inflating stops at the size that was declared. No zip64, no encryption, no second file of the same name.

export type ZipFlaw = 'not-a-zip' | 'zip-too-many-files' | 'zip-too-large' | 'zip-broken';

export class ZipProblem extends Error {
  constructor(readonly flaw: ZipFlaw) {
    super(flaw);
    this.name = 'ZipProblem';
  }
}

export interface ZipLimits {
  readonly files: number;
  /** Of all files together, inflated. */
  readonly bytes: number;
}

/** The files of an archive by name. @throws ZipProblem */
export function readZip(archive: Uint8Array, limits: ZipLimits): Map<string, Uint8Array> {
  const view = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  try {
    return entriesOf(view, limits);
  } catch (thrown) {
    if (thrown instanceof ZipProblem) throw thrown;
    throw new ZipProblem('zip-broken'); // an offset outside the file, or bytes that do not inflate
  }
}

function entriesOf(view: Buffer, limits: ZipLimits): Map<string, Uint8Array> {
  const end = view.subarray(Math.max(0, view.length - 65_557)).lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  if (end === -1) throw new ZipProblem('not-a-zip');
  const directory = Math.max(0, view.length - 65_557) + end;
  const count = view.readUInt16LE(directory + 10);
  if (count > limits.files) throw new ZipProblem('zip-too-many-files');
  const entries = [];
  let at = view.readUInt32LE(directory + 16);
  let total = 0;
  for (let entry = 0; entry < count; entry++) {
    if (view.readUInt32LE(at) !== 0x02014b50) throw new ZipProblem('zip-broken');
    const name = view.toString('utf8', at + 46, at + 46 + view.readUInt16LE(at + 28));
    entries.push({
      name,
      encrypted: (view.readUInt16LE(at + 8) & 1) === 1,
      method: view.readUInt16LE(at + 10),
      crc: view.readUInt32LE(at + 16),
      packed: view.readUInt32LE(at + 20),
      size: view.readUInt32LE(at + 24),
      offset: view.readUInt32LE(at + 42),
    });
    total += view.readUInt32LE(at + 24);
    if (total > limits.bytes) throw new ZipProblem('zip-too-large');
    at += 46 + view.readUInt16LE(at + 28) + view.readUInt16LE(at + 30) + view.readUInt16LE(at + 32);
  }
  const files = new Map<string, Uint8Array>();
  for (const entry of entries.filter(({ name }) => !name.endsWith('/'))) {
    if (entry.encrypted || files.has(entry.name)) throw new ZipProblem('zip-broken');
    files.set(entry.name, contentOf(view, entry));
  }
  return files;
}

interface Entry {
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

function contentOf(view: Buffer, { method, crc, packed, size, offset }: Entry): Uint8Array {
  if (view.readUInt32LE(offset) !== 0x04034b50) throw new ZipProblem('zip-broken');
  const start = offset + 30 + view.readUInt16LE(offset + 26) + view.readUInt16LE(offset + 28);
  const data = view.subarray(start, start + packed);
  const content = method === 0 ? data : method === 8 ? inflate(data, size) : undefined;
  if (content === undefined || content.length !== size || crc32(content) !== crc) throw new ZipProblem('zip-broken');
  return content;
}

/** @throws ZipProblem `zip-too-large` for a file that inflates to more than it declared */
function inflate(data: Buffer, size: number): Buffer {
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, size) }); // 0 would be refused as a limit
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    throw new ZipProblem(code === 'ERR_BUFFER_TOO_LARGE' ? 'zip-too-large' : 'zip-broken');
  }
}
