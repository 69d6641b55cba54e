import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/**
 * The two keys of a term, 32 bytes each (design §6). Printed, logged or serialised by accident it shows the term and
 * the fingerprints only. Keep it no longer than the request: a destroyed term is noticed where the keys are asked for.
 */
export class TermKeys {
  readonly #encryptionKey: KeyObject;
  readonly #indexKey: KeyObject;
  readonly #commandKey: KeyObject;
  /** Name the keys in a certificate without telling them. 16 hexadecimal digits each. */
  readonly fingerprints: KeyFingerprints;

  constructor(
    readonly termId: string,
    encryptionKey: Uint8Array,
    indexKey: Uint8Array,
  ) {
    this.#encryptionKey = createSecretKey(encryptionKey);
    this.#indexKey = createSecretKey(indexKey);
    this.#commandKey = createSecretKey(createHmac('sha256', indexKey).update('uketsuke command body').digest());
    this.fingerprints = { encryption: fingerprintOf(encryptionKey), index: fingerprintOf(indexKey) };
  }

  /** Wraps the keys of persons (`sealing.ts`). */
  get encryptionKey(): KeyObject {
    return this.#encryptionKey;
  }

  /** Keys the blind indexes (`blind-index.ts`). */
  get indexKey(): KeyObject {
    return this.#indexKey;
  }

  /** Keys the hashes of command bodies that hold personal data; it goes with the index key. (design §6) */
  get commandKey(): KeyObject {
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
