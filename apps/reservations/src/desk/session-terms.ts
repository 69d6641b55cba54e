import { Inject, Injectable } from '@nestjs/common';
import { Refusal } from '#kernel/refusal.js';
import { Rows } from '#platform/hosting/rows.js';

const REMEMBERED = 10_000;

/** The term of each session. It never changes, so it is remembered. */
@Injectable()
export class SessionTerms {
  private readonly known = new Map<string, string>();

  constructor(@Inject(Rows) private readonly rows: Rows) {}

  /** @throws Refusal `not-found` */
  async termOf(sessionId: string): Promise<string> {
    const known = this.known.get(sessionId);
    if (known !== undefined) return known;
    const row = await this.rows.first<{ term_id: string }>(
      'term-of-session',
      'select term_id from class_session where session_id = $1',
      [sessionId],
    );
    if (row === undefined) throw new Refusal('not-found', 'not-found', 'There is no such session.', { sessionId });
    if (this.known.size >= REMEMBERED) this.known.delete(this.known.keys().next().value!);
    this.known.set(sessionId, row.term_id);
    return row.term_id;
  }
}
