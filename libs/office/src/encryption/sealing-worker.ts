// The thread in which one deliverable is encrypted; it ends with it, and its memory with the password.
import { parentPort, workerData } from 'node:worker_threads';
import crypto from 'officecrypto-tool';

export interface SealingTask {
  readonly document: Uint8Array;
  readonly password: string;
}

export interface FromSealing {
  readonly sealed: Uint8Array;
}

const { document, password } = workerData as SealingTask;
// without `type` it is agile encryption: AES-256, SHA-512, 100,000 rounds
const sealed = await crypto.encrypt(Buffer.from(document), { password });
const answer: FromSealing = { sealed: new Uint8Array(sealed) };
parentPort!.postMessage(answer);
