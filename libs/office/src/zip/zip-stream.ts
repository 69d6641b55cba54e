import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

/** Above this, sizes would need zip64, which not every program reads. */
const LARGEST = 0xffffffff;
/** 1980-01-01: the same content makes the same bytes. */
const DATE = 0x21;
/** Sizes follow the data, because they are not known before; names are UTF-8. */
const FLAGS = 0x808;
const LEVEL = 3;

interface Written {
  readonly name: Buffer;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/** An archive written while its files are made, in the memory of a few pieces; a slow reader slows the making. */
export class ZipStream {
  private readonly files: Written[] = [];
  private offset = 0;

  constructor(private readonly out: Writable) {}

  /** @throws RangeError beyond 4 GB */
  async add(name: string, content: Iterable<string> | AsyncIterable<string>): Promise<void> {
    const offset = this.offset;
    const encoded = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    describe(local, 4, { name: encoded, crc: 0, packed: 0, size: 0 });
    await this.write(local);
    await this.write(encoded);
    const start = this.offset;
    const deflate = createDeflateRaw({ level: LEVEL });
    const passed = this.pass(deflate);
    let [crc, size] = [0, 0];
    try {
      for await (const piece of content) {
        const bytes = Buffer.from(piece);
        crc = crc32(bytes, crc);
        size += bytes.length;
        if (!deflate.write(bytes)) await Promise.race([once(deflate, 'drain'), passed]);
      }
      deflate.end();
      await passed;
    } catch (error) {
      deflate.destroy();
      await passed.catch(() => {});
      throw error;
    }
    const file = { name: encoded, crc, packed: this.offset - start, size, offset };
    if (size > LARGEST || this.offset > LARGEST) throw new RangeError('An archive has at most 4 GB.');
    const descriptor = Buffer.alloc(16);
    descriptor.writeUInt32LE(0x08074b50, 0);
    descriptor.writeUInt32LE(crc, 4);
    descriptor.writeUInt32LE(file.packed, 8);
    descriptor.writeUInt32LE(size, 12);
    await this.write(descriptor);
    this.files.push(file);
  }

  /** Writes the directory and ends the stream; answers when everything has been taken. */
  async end(): Promise<void> {
    const start = this.offset;
    for (const file of this.files) {
      const central = Buffer.alloc(46);
      central.writeUInt32LE(0x02014b50, 0);
      central.writeUInt16LE(20, 4);
      describe(central, 6, file);
      central.writeUInt32LE(file.offset, 42);
      await this.write(central);
      await this.write(file.name);
    }
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(this.files.length, 8);
    end.writeUInt16LE(this.files.length, 10);
    end.writeUInt32LE(this.offset - start, 12);
    end.writeUInt32LE(start, 16);
    await this.write(end);
    this.out.end();
    if (!this.out.writableFinished) await once(this.out, 'finish');
  }

  private async pass(deflate: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const piece of deflate) await this.write(piece);
  }

  private async write(bytes: Uint8Array): Promise<void> {
    this.offset += bytes.length;
    // `once` rejects with the error of a stream that fails meanwhile
    if (!this.out.write(bytes)) await once(this.out, 'drain');
  }
}

/** The fields that the local and the central header share. */
function describe(header: Buffer, at: number, { name, crc, packed, size }: Omit<Written, 'offset'>): void {
  header.writeUInt16LE(20, at);
  header.writeUInt16LE(FLAGS, at + 2);
  header.writeUInt16LE(8, at + 4);
  header.writeUInt16LE(0, at + 6);
  header.writeUInt16LE(DATE, at + 8);
  header.writeUInt32LE(crc, at + 10);
  header.writeUInt32LE(packed, at + 14);
  header.writeUInt32LE(size, at + 18);
  header.writeUInt16LE(name.length, at + 22);
}
