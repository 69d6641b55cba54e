import { crc32, deflateRawSync } from 'node:zlib';

/** A file of an archive, packed once; the same may stand in many archives. */
export interface PackedFile {
  readonly name: string;
  readonly crc: number;
  readonly size: number;
  readonly data: Uint8Array;
}

/** 1980-01-01: the same content makes the same bytes. */
const DATE = 0x21;

export function packFile(name: string, content: Uint8Array, level = 6): PackedFile {
  return { name, crc: crc32(content), size: content.length, data: deflateRawSync(content, { level }) };
}

/** The archive, in pieces to be written one after another. */
export function zipPieces(files: readonly PackedFile[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const file of files) {
    const name = Buffer.from(file.name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    describe(local, 4, file, name);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(20, 4);
    describe(central, 6, file, name);
    central.writeUInt32LE(offset, 42);
    directory.push(central, name);
    pieces.push(local, name, file.data);
    offset += local.length + name.length + file.data.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return [...pieces, ...directory, end];
}

/** The fields that the local and the central header share. */
function describe(header: Buffer, at: number, { crc, size, data }: PackedFile, name: Buffer): void {
  header.writeUInt16LE(20, at);
  header.writeUInt16LE(0x800, at + 2); // names are UTF-8
  header.writeUInt16LE(8, at + 4);
  header.writeUInt16LE(DATE, at + 8);
  header.writeUInt32LE(crc, at + 10);
  header.writeUInt32LE(data.length, at + 14);
  header.writeUInt32LE(size, at + 18);
  header.writeUInt16LE(name.length, at + 22);
}
