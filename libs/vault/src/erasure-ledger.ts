import { createHmac, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { createFile, readIfThere } from './key-file.js';

/** Who or what is gone. */
export interface Erasure {
  readonly kind: 'person' | 'term';
  readonly id: string;
  /** UTC, as `Date.toISOString` writes it. */
  readonly at: string;
  /** The account that asked. */
  readonly by: string;
  /** The city's paper that it rests on. */
  readonly instructionNumber?: string;
}

/** What the caller says; the ledger adds the instant. */
export type ErasureOrder = Pick<Erasure, 'by' | 'instructionNumber'>;

interface Page {
  readonly entry: Erasure;
  /** HMAC over the hash before and this entry, hexadecimal. */
  readonly hash: string;
}

const START = '0'.repeat(64);

/**
 * What was erased, in order, outside every database (design §6): `restore` replays it, since an older dump still holds
 * whoever was erased after it. One file an entry, 0000001.json and so on, made by exclusive linking: two processes
 * cannot take one number, a crash leaves the whole entry or nothing, and what other processes add is seen at the next
 * question. A hash chain shows an entry that was changed; the last entries removed are shown by the log's `PersonErased`.
 */
export class ErasureLedger {
  readonly #key: Uint8Array;
  private readonly entries: Erasure[] = [];
  private readonly ids = { person: new Set<string>(), term: new Set<string>() };
  private last = START;

  /** @param folder it must exist */
  constructor(
    private readonly folder: string,
    key: Uint8Array,
  ) {
    this.#key = key;
    this.follow();
  }

  /**
   * Durable when it resolves. Erasing what is erased changes nothing.
   * @returns the entry that stands
   */
  async add(kind: Erasure['kind'], id: string, order: ErasureOrder, at: Date): Promise<Erasure> {
    for (;;) {
      if (this.has(kind, id)) return this.entries.find((entry) => entry.kind === kind && entry.id === id)!;
      const entry: Erasure = {
        kind,
        id,
        at: at.toISOString(),
        by: order.by,
        ...(order.instructionNumber !== undefined && { instructionNumber: order.instructionNumber }),
      };
      const page: Page = { entry, hash: this.hashOf(entry) };
      await createFile(this.pathOf(this.entries.length + 1), `${JSON.stringify(page)}\n`);
      this.follow();
    }
  }

  has(kind: Erasure['kind'], id: string): boolean {
    this.follow();
    return this.ids[kind].has(id);
  }

  /** All, oldest first. */
  all(): readonly Erasure[] {
    this.follow();
    return [...this.entries];
  }

  /**
   * Reads what has been added since, by this process or another.
   * @throws Error naming the entry that was changed
   */
  private follow(): void {
    for (;;) {
      const path = this.pathOf(this.entries.length + 1);
      const content = readIfThere(path);
      if (content === undefined) return;
      const page = parsePage(content.toString());
      if (page === undefined || !sameHash(page.hash, this.hashOf(page.entry))) {
        throw new Error(`The erasure ledger is broken at ${path}: it was changed, or its key is another.`);
      }
      this.entries.push(page.entry);
      this.ids[page.entry.kind].add(page.entry.id);
      this.last = page.hash;
    }
  }

  private hashOf({ kind, id, at, by, instructionNumber }: Erasure): string {
    const text = JSON.stringify([kind, id, at, by, instructionNumber ?? null]);
    return createHmac('sha256', this.#key).update(`${this.last}\n${text}`).digest('hex');
  }

  private pathOf(n: number): string {
    return join(this.folder, `${String(n).padStart(7, '0')}.json`);
  }
}

function parsePage(text: string): Page | undefined {
  try {
    const page = JSON.parse(text) as Page;
    return page.entry.kind === 'person' || page.entry.kind === 'term' ? page : undefined;
  } catch {
    return undefined;
  }
}

function sameHash(a: unknown, b: string): boolean {
  return typeof a === 'string' && a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
