import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock, type Clock } from '#kernel/clock.js';
import { isUuid } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import { ErasureLedger, type Erasure, type ErasureOrder } from './erasure-ledger.js';
import { destroyFile, ensureKey, KEY_BYTES, readKey } from './key-file.js';
import { TermKeys, type KeyFingerprints } from './term-keys.js';

/** Keys of no term: of the access log's chain, of command bodies that hold no personal data. */
export type DeskKey = 'access-log' | 'command-body';

/** Encryption key and index key in one file: there is never one without the other. */
const PAIR_BYTES = 2 * KEY_BYTES;

/**
 * The folder of keys, outside every database and every dump (design §6): one pair a term, the keys of the desk, and the
 * erasure ledger. Several processes may share it.
 */
export class KeyDirectory {
  private readonly cached = new Map<string, TermKeys>();

  private constructor(
    private readonly folder: string,
    private readonly deskKeys: Readonly<Record<DeskKey, Uint8Array>>,
    private readonly ledger: ErasureLedger,
    private readonly clock: Clock,
  ) {}

  /** Makes what is missing, mode 0700 and 0600, and ends destructions that a crash has cut off. */
  static async open(folder: string, clock: Clock = systemClock): Promise<KeyDirectory> {
    for (const path of [folder, join(folder, 'terms'), join(folder, 'ledger')]) {
      await mkdir(path, { recursive: true, mode: 0o700 });
      await chmod(path, 0o700);
    }
    const deskKeys = {
      'access-log': await ensureKey(join(folder, 'access-log.key')),
      'command-body': await ensureKey(join(folder, 'command-body.key')),
    };
    const ledger = new ErasureLedger(join(folder, 'ledger'), await ensureKey(join(folder, 'ledger.key')));
    const directory = new KeyDirectory(folder, deskKeys, ledger, clock);
    for (const { kind, id } of ledger.all()) if (kind === 'term') await directory.destroyFiles(id);
    return directory;
  }

  keyOf(name: DeskKey): Uint8Array {
    return this.deskKeys[name];
  }

  /**
   * The keys of a term, made if there are none; again, or from two processes at once, the same keys.
   * @throws Refusal `term-erased` 410
   */
  async createTerm(termId: string): Promise<TermKeys> {
    this.mustStand(termId);
    await ensureKey(this.pathOf(termId), PAIR_BYTES);
    if (this.ledger.has('term', termId)) await this.destroyFiles(termId);
    return this.keysOf(termId);
  }

  /**
   * @throws Refusal `term-erased` 410 when the keys were destroyed, by whichever process
   * @throws Error when a key that should be there is missing or cut off
   */
  keysOf(termId: string): TermKeys {
    this.mustStand(termId);
    const keys = this.find(termId);
    if (keys !== undefined) return keys;
    throw new Error(`The keys of term ${termId} are not in the key directory: restore it, or create the term's keys.`);
  }

  /**
   * Enters the term in the ledger, then overwrites and removes its keys; all that was sealed under it, in any dump, is
   * unreadable from now on. Again it changes nothing.
   * @returns what a certificate names; no fingerprints when the keys were gone before
   */
  async destroyTerm(
    termId: string,
    order: ErasureOrder,
  ): Promise<{ erasure: Erasure; fingerprints?: KeyFingerprints }> {
    if (!isUuid(termId)) throw notAnId();
    const fingerprints = this.ledger.has('term', termId) ? undefined : this.find(termId)?.fingerprints;
    // the ledger first: a crash between leaves a term that is refused, and `open` ends the work
    const erasure = await this.ledger.add('term', termId, order, new Date(this.clock.now()));
    await this.destroyFiles(termId);
    return { erasure, ...(fingerprints && { fingerprints }) };
  }

  /** Enters a person whose key and index rows the database is about to lose. To be called before they are removed. */
  async erasePerson(personId: string, order: ErasureOrder): Promise<Erasure> {
    return this.ledger.add('person', personId, order, new Date(this.clock.now()));
  }

  isErased(kind: Erasure['kind'], id: string): boolean {
    return this.ledger.has(kind, id);
  }

  /** What was erased, oldest first. */
  erasures(): readonly Erasure[] {
    return this.ledger.all();
  }

  /** After a restore, before any port opens: hands every erasure, oldest first, to what removes it from the database. */
  async replayLedger(handler: (erasure: Erasure) => Promise<void>): Promise<void> {
    for (const erasure of this.ledger.all()) await handler(erasure);
  }

  private find(termId: string): TermKeys | undefined {
    const cached = this.cached.get(termId);
    if (cached !== undefined) return cached;
    const pair = readKey(this.pathOf(termId), PAIR_BYTES);
    if (pair === undefined) return undefined;
    const keys = new TermKeys(termId, pair.subarray(0, KEY_BYTES), pair.subarray(KEY_BYTES));
    this.cached.set(termId, keys);
    return keys;
  }

  private mustStand(termId: string): void {
    if (!isUuid(termId)) throw notAnId();
    if (!this.ledger.has('term', termId)) return;
    this.cached.delete(termId);
    throw new Refusal('term-erased', 'gone', 'The personal data of this term has been erased.', { termId });
  }

  private async destroyFiles(termId: string): Promise<void> {
    this.cached.delete(termId);
    await destroyFile(this.pathOf(termId));
  }

  private pathOf(termId: string): string {
    return join(this.folder, 'terms', `${termId}.keys`);
  }
}

function notAnId(): Error {
  return new Error('A term is named by a lower-case uuid.');
}
