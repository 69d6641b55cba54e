import { Inject, Injectable } from '@nestjs/common';
import { dateAt } from '#calendar/civil-time.js';
import type { FaqDrafted } from '#contracts/inquiries/faq.events.js';
import { Refusal } from '#kernel/refusal.js';
import { Rows } from '#platform/hosting/rows.js';
import { Subscriptions } from '#platform/hosting/subscriptions.module.js';
import { waitFor } from '#platform/subscription/wait-for.js';
import { FOLDED_COLUMNS, type FoldedRow } from '../desk/folded-rows.js';
import { FaqIndex, type Hit } from './faq-index.js';
import { FAQ_SCHEMA, FAQ_SHELF } from './faq-shelf.projector.js';
import { isValidOn, type Faq, type FaqVersion } from './faq.js';

export type ShelvedFaq = FoldedRow<Faq>;

export interface WrittenVersion {
  readonly data: FaqDrafted['data'];
  /** Epoch milliseconds. */
  readonly writtenAt: number;
}

/** Which entries are asked for; those of a state, or all. */
export type ShelfState = 'published' | 'waiting' | 'retired';

/** Milliseconds for which what another process has applied may go unseen, unless the reader names a position. */
const LOOK_EVERY = 500;

interface Kept {
  /** Of `change`. */
  readonly n: number;
  readonly date: string;
  readonly index: FaqIndex;
  readonly entries: ReadonlyMap<string, FaqVersion>;
}

/** A part of a list: so many, from behind that one on. */
export interface Page {
  readonly limit?: number | undefined;
  readonly after?: string | undefined;
}

/**
 * The FAQ as it stands: what may be read out today, and all there ever was. What is searched is kept in memory: it is read
 * anew at once when this process has applied an event, within half a second when another has, and on another day.
 */
@Injectable()
export class FaqShelf {
  private kept: Kept | undefined;
  /** When it was last looked whether `kept` is the newest; 0 when it must be looked again. */
  private lookedAt = 0;
  private follows = false;

  constructor(
    @Inject(Rows) private readonly rows: Rows,
    @Inject(Subscriptions) private readonly subscriptions: Pick<Subscriptions, 'named'>,
  ) {}

  async upTo(position: string | undefined): Promise<this> {
    if (position !== undefined) {
      await waitFor(this.subscriptions.named(FAQ_SHELF), 'inquiries', position);
      this.lookedAt = 0;
    }
    return this;
  }

  /** What is answered today and has to do with the text, the best first. */
  async search(text: string, asked: { limit?: number; category?: string | undefined }) {
    const { index, entries } = await this.current();
    return index.search(text, asked).map((hit: Hit) => ({ ...hit, ...entries.get(hit.faqId)! }));
  }

  /** Whether an entry is read out today. */
  async answers(faqId: string): Promise<boolean> {
    return (await this.current()).entries.has(faqId);
  }

  /** By number. */
  list(state?: ShelfState, category?: string, { limit, after }: Page = {}): Promise<ShelvedFaq[]> {
    return this.rows.all<ShelvedFaq>(
      'faq-list',
      `select ${FOLDED_COLUMNS} from ${FAQ_SCHEMA}.faq
       where ($1::text is null or ($1 = 'published' and published) or ($1 = 'waiting' and waiting) or ($1 = 'retired' and retired))
         and ($2::text is null or category = $2)
         and ($3::uuid is null or (faq_no is null, coalesce(faq_no, ''), id) >
           (select l.faq_no is null, coalesce(l.faq_no, ''), l.id from ${FAQ_SCHEMA}.faq l where l.id = $3))
       order by faq_no is null, coalesce(faq_no, ''), id limit $4`,
      [state ?? null, category ?? null, after ?? null, limit ?? null],
    );
  }

  /** Published entries whose review day has come, the oldest first. (R019) */
  toReview(date: string, { limit, after }: Page = {}): Promise<ShelvedFaq[]> {
    return this.rows.all<ShelvedFaq>(
      'faq-to-review',
      `select ${FOLDED_COLUMNS} from ${FAQ_SCHEMA}.faq where published and review_by <= $1
         and ($2::uuid is null or (review_by, coalesce(faq_no, ''), id) >
           (select l.review_by, coalesce(l.faq_no, ''), l.id from ${FAQ_SCHEMA}.faq l where l.id = $2))
       order by review_by, coalesce(faq_no, ''), id limit $3`,
      [date, after ?? null, limit ?? null],
    );
  }

  /** @throws Refusal `not-found` 404 */
  async one(faqId: string): Promise<ShelvedFaq> {
    const row = await this.rows.first<ShelvedFaq>(
      'faq-one',
      `select ${FOLDED_COLUMNS} from ${FAQ_SCHEMA}.faq where id = $1`,
      [faqId],
    );
    if (row === undefined) throw new Refusal('not-found', 'not-found', 'There is no such entry.');
    return row;
  }

  /** Every writing, the oldest first: what was read out once stays readable. */
  versions(faqIds: readonly string[]): Promise<WrittenVersion[]> {
    return this.rows.all<WrittenVersion & Record<string, unknown>>(
      'faq-versions',
      `select data, written_at::float8 as "writtenAt" from ${FAQ_SCHEMA}.faq_version
       where faq_id = any ($1) order by faq_id, version`,
      [faqIds],
    );
  }

  private async current(): Promise<Kept> {
    this.follow();
    const now = Date.now();
    const date = dateAt(now);
    if (this.kept?.date === date && now - this.lookedAt < LOOK_EVERY) return this.kept;
    // Before the question: what is applied meanwhile sets it back to 0
    this.lookedAt = now;
    try {
      this.kept = await this.readAnew(date);
    } catch (thrown) {
      this.lookedAt = 0;
      throw thrown;
    }
    return this.kept;
  }

  private async readAnew(date: string): Promise<Kept> {
    const n = Number((await this.rows.first<{ n: number }>('faq-change', `select n from ${FAQ_SCHEMA}.change`, []))!.n);
    if (this.kept?.n === n && this.kept.date === date) return this.kept;
    const published = (await this.list('published')).flatMap(({ id, state }) =>
      state.published && isValidOn(state.published.entry, date) ? [{ faqId: id, version: state.published }] : [],
    );
    const index = new FaqIndex(published.map(({ faqId, version }) => ({ faqId, ...version.entry })));
    return { n, date, index, entries: new Map(published.map(({ faqId, version }) => [faqId, version])) };
  }

  private follow(): void {
    if (this.follows) return;
    this.follows = true;
    this.subscriptions.named(FAQ_SHELF).onMoved(() => {
      this.lookedAt = 0;
    });
  }
}
