import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { link, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** 256 bits: AES-256 and HMAC-SHA-256 alike. */
export const KEY_BYTES = 32;

/**
 * Puts a whole, flushed file at `path`, unless one is there: of two processes at once one wins and both know which.
 * @returns whether this call made it
 */
export async function createFile(path: string, content: Uint8Array | string): Promise<boolean> {
  const draft = await writeDraft(path, content);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
    await flushFolder(dirname(path));
  }
}

/** A flushed file beside `path`, mode 0600, under a name that nobody else uses. */
export async function writeDraft(path: string, content: Uint8Array | string): Promise<string> {
  const draft = `${path}.${randomBytes(6).toString('hex')}.draft`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  return draft;
}

/**
 * @param bytes of one key, or of several that are made and destroyed together
 * @returns undefined when there is none
 * @throws Error when it is no key: a file of another size was cut off or put there by hand
 */
export function readKey(path: string, bytes = KEY_BYTES): Buffer | undefined {
  const content = readIfThere(path);
  if (content !== undefined && content.length !== bytes) {
    throw new Error(`The key file ${path} has ${content.length} bytes instead of ${bytes}: restore it.`);
  }
  return content;
}

/** The key at `path`, made if there is none. */
export async function ensureKey(path: string, bytes = KEY_BYTES): Promise<Buffer> {
  const there = readKey(path, bytes);
  if (there !== undefined) return there;
  await createFile(path, randomBytes(bytes));
  return readKey(path, bytes)!;
}

/**
 * Overwrites and removes. The overwriting is for plain disks; a file system that copies on write, and every snapshot,
 * keeps the old bytes, so key directories belong on neither.
 */
export async function destroyFile(path: string): Promise<void> {
  const size = readIfThere(path)?.length;
  if (size === undefined) return;
  try {
    const file = await open(path, 'r+');
    try {
      await file.write(randomBytes(size), 0, size, 0);
      await file.sync();
    } finally {
      await file.close();
    }
    await rm(path);
  } catch (error) {
    // another process destroys the same key
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  await flushFolder(dirname(path));
}

export function readIfThere(path: string): Buffer | undefined {
  // asked for every booking, and an error costs twenty times as much as the question
  if (!existsSync(path)) return undefined;
  try {
    return readFileSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Without this a new name may be gone after a power cut although the file was flushed. */
export async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | null)?.code;
}
