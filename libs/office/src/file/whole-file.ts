import { createHash } from 'node:crypto';
import { open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '#kernel/refusal.js';

// A document appears under its name when it is whole and on the disk, or not at all.

export interface WrittenFile {
  readonly name: string;
  readonly bytes: number;
  /** SHA-256, hex. */
  readonly sha256: string;
}

/** What a document is written through. */
export interface FileSink {
  write(piece: Uint8Array): Promise<void>;
}

/** How a draft is opened; a spec opens it on a disk that is full. */
export type OpenDraft = (path: string) => Promise<Pick<FileHandle, 'writev' | 'sync' | 'close'>>;

const openDraft: OpenDraft = (path) => open(path, 'wx', 0o600);
/** Writers of PDF hand over thousands of small pieces. */
const FLUSH = 1 << 18;
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/**
 * Writes `name` into `folder`: beside it first, synced, then renamed over what was there.
 * @param run tells this draft from those of other runs, `1234-7`
 * @throws Refusal `disk-full`; nothing is left behind then, and an earlier file of the name is untouched
 */
export async function writeWhole(
  folder: string,
  name: string,
  run: string,
  fill: (sink: FileSink) => Promise<void>,
  opening: OpenDraft = openDraft,
): Promise<WrittenFile> {
  const draft = join(folder, draftName(name, run));
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    const file = await opening(draft);
    try {
      const pending: Uint8Array[] = [];
      let size = 0;
      const flush = async () => {
        await writeAll(file, pending.splice(0));
        size = 0;
      };
      await fill({
        write: async (piece) => {
          hash.update(piece);
          bytes += piece.length;
          pending.push(piece);
          size += piece.length;
          if (size >= FLUSH) await flush();
        },
      });
      await flush();
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, join(folder, name));
    await syncFolder(folder);
  } catch (thrown) {
    await rm(draft, { force: true });
    throw diskFull(thrown) ?? thrown;
  }
  return { name, bytes, sha256: hash.digest('hex') };
}

/** The disk may take less than it was given. */
async function writeAll(file: Pick<FileHandle, 'writev'>, pieces: Uint8Array[]): Promise<void> {
  let rest = Buffer.concat(pieces);
  while (rest.length > 0) {
    const { bytesWritten } = await file.writev([rest]);
    rest = rest.subarray(bytesWritten);
  }
}

export function draftName(name: string, run: string): string {
  return `${name}.${run}.draft`;
}

/**
 * Removes the drafts of documents called `stem` that nobody is writing any more: their process was killed.
 * @param live runs of this process that are under way
 */
export async function removeStaleDrafts(folder: string, stem: string, live: ReadonlySet<string>): Promise<void> {
  const pattern = new RegExp(`^${stem}(?:-\\d+)?\\.(?:docx|pdf)\\.((\\d+)-\\d+)\\.draft$`);
  for (const name of await readdir(folder)) {
    const [, run, pid] = pattern.exec(name) ?? [];
    if (run === undefined || live.has(run)) continue;
    if (Number(pid) === process.pid || !isAlive(Number(pid))) await rm(join(folder, name), { force: true });
  }
}

/** Whether a process of this machine runs, ours or somebody else's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function diskFull(thrown: unknown): Refusal | undefined {
  if (!FULL.has((thrown as NodeJS.ErrnoException | undefined)?.code ?? '')) return undefined;
  return new Refusal(
    'disk-full',
    'unavailable',
    'The disk is full: the document was not written. Make room and start it again; nothing is lost.',
  );
}

/** The name itself is on the disk, not only the content. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
