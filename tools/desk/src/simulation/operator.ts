import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '#kernel/ids.js';
import type { DeskAnswer, DeskClient } from '../desk-client.js';
import type { Ledger } from './ledger.js';

/** Slugs that a caller may well meet; whatever else is refused is a surprise. */
const EXPECTED = new Set(['session-full', 'possible-duplicate', 'already-reserved', 'cannot-tell']);
const TRIES = 20;

/** Somebody at the desk who types for the callers, and repeats a request that got no answer under the same key. */
export class Operator {
  constructor(
    private readonly desk: DeskClient,
    private readonly ledger: Ledger,
  ) {}

  /** @returns the answer; what was refused is in the ledger */
  async ask<Body = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<DeskAnswer<Body>> {
    const key = newId();
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.desk.ask<Body>(method, path, body, { key }).catch((thrown: Error) => thrown);
      const later = answer instanceof Error || answer.status === 503 || answer.status === 429;
      if (later && attempt < TRIES) {
        await sleep(100 * attempt);
        continue;
      }
      if (answer instanceof Error) throw answer;
      if (answer.status >= 400) this.note(method, path, answer as DeskAnswer);
      return answer;
    }
  }

  /** The same request twice at once, as somebody presses Enter twice: it must be answered the same. */
  async twice<Body = Record<string, unknown>>(method: string, path: string, body: unknown): Promise<DeskAnswer<Body>> {
    const key = newId();
    const [one, other] = await Promise.all([1, 2].map(() => this.desk.ask<Body>(method, path, body, { key })));
    if (one!.status >= 300 || other!.status >= 300) return this.ask(method, path, body);
    if (canonical(one!.body) !== canonical(other!.body))
      this.ledger.surprised(`${method} ${path}: two answers to one key`);
    return one!;
  }

  private note(method: string, path: string, { status, body }: DeskAnswer): void {
    const slug = String(body['slug'] ?? status);
    this.ledger.refused(slug);
    if (status >= 500 || !EXPECTED.has(slug))
      this.ledger.surprised(`${method} ${path.replaceAll(/[0-9a-f-]{36}/g, ':id')}: ${status} ${slug}`);
  }
}

/** JSON with its keys in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
