import { createCipheriv, createDecipheriv, randomBytes, type CipherKey } from 'node:crypto';
import { KEY_BYTES } from './key-file.js';
import type { TermKeys } from './term-keys.js';

/** What a sealed value belongs to; it opens only under the same three. */
export interface SealedAs {
  readonly personId: string;
  /** Of the record, from 1: events name it (`personVersion`). */
  readonly version: number;
  /** What the value is: `record`, `note`, `proxy`, `contact`, … */
  readonly kind: string;
}

/** Something sealed does not open: it was changed, moved to another row, or its key is another. Says nothing more. */
export class BrokenSeal extends Error {
  constructor() {
    super('A sealed value does not open: it was changed or moved, or its key is another.');
    this.name = 'BrokenSeal';
  }
}

// format 1: the byte 1, a random nonce (12), the ciphertext, the tag (16); AES-256-GCM
const FORMAT = 1;
const NONCE = 12;
const TAG = 16;

/** A key for one person, 32 bytes. It leaves the process only wrapped. */
export function newPersonKey(): Uint8Array {
  return randomBytes(KEY_BYTES);
}

/** The person's key under the term's, 61 bytes. */
export function wrapPersonKey(keys: TermKeys, personId: string, personKey: Uint8Array): Uint8Array {
  return encrypt(keys.encryptionKey, wrapping(keys.termId, personId), personKey);
}

/** @throws BrokenSeal */
export function unwrapPersonKey(keys: TermKeys, personId: string, wrapped: Uint8Array): Uint8Array {
  return decrypt(keys.encryptionKey, wrapping(keys.termId, personId), wrapped);
}

/** @param value anything that JSON holds */
export function seal(personKey: Uint8Array, as: SealedAs, value: object): Uint8Array {
  return encrypt(personKey, belonging(as), Buffer.from(JSON.stringify(value)));
}

/**
 * @returns what was sealed; the caller knows its shape
 * @throws BrokenSeal
 */
export function open<Value extends object>(personKey: Uint8Array, as: SealedAs, sealed: Uint8Array): Value {
  return JSON.parse(decrypt(personKey, belonging(as), sealed).toString()) as Value;
}

let nonces = Buffer.alloc(0);

/** Random, from a stock of three hundred: to ask for twelve bytes each time costs half as much as the sealing. */
function freshNonce(): Uint8Array {
  if (nonces.length < NONCE) nonces = randomBytes(NONCE * 300);
  const nonce = nonces.subarray(0, NONCE);
  nonces = nonces.subarray(NONCE);
  return nonce;
}

function wrapping(termId: string, personId: string): Buffer {
  return Buffer.from(`uketsuke key ${FORMAT}\0${termId}\0${personId}`);
}

function belonging({ personId, version, kind }: SealedAs): Buffer {
  return Buffer.from(`uketsuke seal ${FORMAT}\0${personId}\0${version}\0${kind}`);
}

function encrypt(key: CipherKey, aad: Buffer, plain: Uint8Array): Buffer {
  const nonce = freshNonce();
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad);
  const body = cipher.update(plain);
  cipher.final();
  return Buffer.concat([Buffer.of(FORMAT), nonce, body, cipher.getAuthTag()]);
}

function decrypt(key: CipherKey, aad: Buffer, sealed: Uint8Array): Buffer {
  if (sealed.length < 1 + NONCE + TAG || sealed[0] !== FORMAT) throw new BrokenSeal();
  const nonce = sealed.subarray(1, 1 + NONCE);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG })
    .setAAD(aad)
    .setAuthTag(sealed.subarray(-TAG));
  const plain = decipher.update(sealed.subarray(1 + NONCE, -TAG));
  try {
    decipher.final();
  } catch {
    throw new BrokenSeal();
  }
  return plain;
}
