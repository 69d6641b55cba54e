import { createHash, randomInt } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { Refusal } from '#kernel/refusal.js';
import type { FromSealing, SealingTask } from './sealing-worker.js';

/** A deliverable that only the password opens, and the password apart from it. (P13, P21) */
export interface SealedDeliverable {
  /** The encrypted file: agile AES-256, opened by Excel, Word and LibreOffice with the password. */
  readonly content: Buffer;
  /** SHA-256 of the encrypted file, hex: what goes on the handover record. */
  readonly sha256: string;
  /** To be told by another route, never stored or sent beside the file. */
  readonly password: string;
}

// Without 0 O 1 I L: read from a slip, told on the telephone. 16 of 31 characters are 79 bits.
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const GROUPS = 4;
const GROUP = 4;
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');

/**
 * Encrypts an .xlsx or .docx in a worker thread under a password made for it: the key takes half a second of a processor,
 * in which the service goes on answering.
 * @param password only where it had to be told before the file is made
 * @throws Refusal `not-a-document` 422 when the bytes are no OOXML file, and so nothing Excel or Word would open
 */
export async function sealDeliverable(document: Uint8Array, password = newPassword()): Promise<SealedDeliverable> {
  if (!ZIP.equals(document.subarray(0, 4)))
    throw new Refusal('not-a-document', 'unprocessable', 'Only .xlsx and .docx files can be sealed.');
  const content = await inWorker({ document, password });
  return { content, sha256: createHash('sha256').update(content).digest('hex'), password };
}

/** `7KQM-2XWD-9FHT-VB4R` */
export function newPassword(): string {
  const group = () => Array.from({ length: GROUP }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

function inWorker(task: SealingTask): Promise<Buffer> {
  // Under the specs there is no build, and the thread reads the sources as the specs do.
  const source = import.meta.url.endsWith('.ts');
  const worker = new Worker(new URL(source ? './sealing-worker.ts' : './sealing-worker.js', import.meta.url), {
    execArgv: source ? ['--import', new URL('../../../../tools/source.js', import.meta.url).href] : [],
    workerData: task,
  });
  return new Promise((resolve, reject) => {
    worker.once('message', ({ sealed }: FromSealing) => resolve(Buffer.from(sealed)));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The sealing ended with ${code} before it was done.`)));
  });
}
