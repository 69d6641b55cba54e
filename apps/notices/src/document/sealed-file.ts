import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '#office/file/whole-file.js';
import { BrokenSeal } from '#vault/sealing.js';

// A file with personal data as it lies on a disk: sealed, whole or not there. Layout: nonce (12), ciphertext, tag (16).

const NONCE = 12;
const TAG = 16;

export function newFileKey(): Uint8Array {
  return randomBytes(32);
}

/**
 * Written beside, synced, renamed: a crash leaves nothing under its name.
 * @param name of the file in the folder; authenticated with the contents
 * @throws Refusal `disk-full`
 */
export async function writeSealed(folder: string, name: string, key: Uint8Array, contents: Uint8Array): Promise<void> {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name));
  const body = cipher.update(contents);
  cipher.final();
  await writeWhole(folder, name, `${process.pid}-0`, async (sink) => {
    for (const part of [nonce, body, cipher.getAuthTag()]) await sink.write(part);
  });
}

/** @throws BrokenSeal; ENOENT when it is not there */
export async function readSealed(folder: string, name: string, key: Uint8Array): Promise<Buffer> {
  const sealed = await readFile(join(folder, name));
  if (sealed.length < NONCE + TAG) throw new BrokenSeal();
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG })
    .setAAD(Buffer.from(name))
    .setAuthTag(sealed.subarray(-TAG));
  const contents = decipher.update(sealed.subarray(NONCE, -TAG));
  try {
    decipher.final();
  } catch {
    throw new BrokenSeal();
  }
  return contents;
}
