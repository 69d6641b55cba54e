import { createHash, createHmac } from 'node:crypto';

/**
 * The two keys of a term, 32 bytes each (design §6). Printed, logged or serialised by accident it shows the term and
 * the fingerprints only. Keep it no longer than the request: a destroyed term is noticed where the keys are asked for.
 */
export class TermKeys {
  readonly #encryptionKey: Uint8Array;
  readonly #indexKey: Uint8Array;
  readonly #commandKey: Uint8Array;
  /** Name the keys in a certificate without telling them. 16 hexadecimal digits each. */
  readonly fingerprints: KeyFingerprints;

  constructor(
    readonly termId: string,
    encryptionKey: Uint8Array,
    indexKey: Uint8Array,
  ) {
    this.#encryptionKey = encryptionKey;
    this.#indexKey = indexKey;
    this.#commandKey = createHmac('sha256', indexKey).update('uketsuke command body').digest();
    this.fingerprints = { encryption: fingerprintOf(encryptionKey), index: fingerprintOf(indexKey) };
  }

  /** Wraps the keys of persons (`sealing.ts`). */
  get encryptionKey(): Uint8Array {
    return this.#encryptionKey;
  }

  /** Keys the blind indexes (`blind-index.ts`). */
  get indexKey(): Uint8Array {
    return this.#indexKey;
  }

  /** Keys the hashes of command bodies that hold personal data; it goes with the index key. (design §6) */
  get commandKey(): Uint8Array {
    return this.#commandKey;
  }
}

export interface KeyFingerprints {
  readonly encryption: string;
  readonly index: string;
}

/** A key has 256 random bits, so a hash of it tells nothing. */
export function fingerprintOf(key: Uint8Array): string {
  return createHash('sha256').update('uketsuke fingerprint').update(key).digest('hex').slice(0, 16);
}
