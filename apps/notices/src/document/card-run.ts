import { Inject, Injectable } from '@nestjs/common';
import { dateAt } from '#calendar/civil-time.js';
import type { Caller } from '#contracts/access/call.js';
import { newId } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import type { Card } from '#office/card/card.js';
import type { NoticeRow } from '../notice-list/notice.row.js';
import { NoticeList } from '../notice-list/notice-list.js';
import type { BatchRow } from '../notice-list/batch.row.js';
import type { NoticeCommand } from '../notice/notice.decider.js';
import { NoticeDesk } from '../notice/notice-desk.js';
import { Cards, type CardDraft, type Missing } from '../notice-batch/cards.js';
import { boundBy } from '../notice-batch/bound-card.policy.js';
import { digestOf } from '../notice-batch/digest.policy.js';
import { DigestKeys, type DigestKey } from '../notice-batch/digest-keys.js';

/** Cards as they were bound, each in its place. */
export interface BoundCards {
  readonly cards: readonly Card[];
  readonly notices: readonly NoticeRow[];
  readonly termId: string;
  readonly root: string;
}

export interface Asking {
  readonly caller: Caller;
  readonly callerToken: string | undefined;
}

/** Each pass drops at least one card; nobody changes so many in the middle of a print. */
const PASSES = 5;

/** The cards of a batch with names, looked up now, and held against what was bound. (§4.2, design §6) */
@Injectable()
export class CardRun {
  constructor(
    @Inject(NoticeList) private readonly list: NoticeList,
    @Inject(NoticeDesk) private readonly desk: NoticeDesk,
    @Inject(Cards) private readonly cards: Cards,
    @Inject(DigestKeys) private readonly digestKeys: DigestKeys,
  ) {}

  /**
   * What says something else by now leaves the batch and is due again; the others stay. From a batch that the post has taken
   * nothing can leave: what it was made of is only made again while all of it says the same.
   * @param purpose a code for the access log
   * @returns undefined when nothing is left in the batch
   * @throws Refusal `batch-posted` when a card of a posted batch says something else by now
   */
  async of(batchId: string, purpose: string, asking: Asking): Promise<BoundCards | undefined> {
    for (let pass = 1; ; pass++) {
      const row = await this.list.batch(batchId);
      const notices = await this.noticesOf(row);
      if (notices.length === 0) return undefined;
      const made = await this.cards.of(notices, purpose, asking.callerToken, this.dayOf(row));
      const missing = new Map(made.missing.map(({ noticeId, reason }) => [noticeId, reason]));
      const keys = await this.digestKeys.ofBatch(batchId);
      const draftOf = new Map(made.drafts.map((draft) => [draft.notice.notice_id, draft]));
      const { cards, templateVersion, total } = row.facts.batch;
      const bound = cards.flatMap(({ noticeId, serialNo, digest }) => {
        const draft = draftOf.get(noticeId);
        const key = keys.get(noticeId);
        const isSame = draft && key && isBound(draft, key, templateVersion, digest);
        return isSame ? [{ draft, serial: { batchNumber: row.batch_number, serialNo, total } }] : [];
      });
      if (bound.length === cards.length) {
        return {
          ...{ cards: bound.map(({ draft, serial }) => ({ ...draft.card, serial })), notices },
          ...{ termId: bound[0]!.draft.termId, root: row.facts.hash! },
        };
      }
      if (row.state === 'posted') {
        throw new Refusal('batch-posted', 'conflict', '差出済みの束は、内容が変わったあとは作り直せません。', {
          batchId,
        });
      }
      const kept = new Set(bound.map(({ draft }) => draft.notice.notice_id));
      const others = notices.filter(({ notice_id }) => !kept.has(notice_id));
      for (const notice of others) await this.takeOut(notice, missing.get(notice.notice_id), asking.caller);
      if (pass === PASSES) throw new Error('Cards change faster than they can be made.');
    }
  }

  /** By the settings of the day on which they were bound: the same words are on them. */
  private dayOf({ prepared_at }: BatchRow): string {
    return dateAt(prepared_at);
  }

  private async noticesOf({ batch_id: batchId, facts }: BatchRow): Promise<NoticeRow[]> {
    const inIt = new Set(facts.batch.cards.map(({ noticeId }) => noticeId));
    const rows = await this.list.notices({ batchId, limit: facts.batch.total });
    return rows.filter(({ notice_id }) => inIt.has(notice_id));
  }

  /** What was drafted is due again; for a printed card another one is. Whoever was erased is written to no more. */
  private async takeOut(notice: NoticeRow, missing: Missing | undefined, caller: Caller): Promise<void> {
    const { reservation_id: reservationId, session_id: sessionId } = notice;
    const command: NoticeCommand =
      missing === 'erased'
        ? { do: 'end', reservationId, reason: 'erased' }
        : { do: 'reviseSession', reservationId, sessionId, isOver: false, next: { noticeId: newId() } };
    await this.desk.submit(
      { caller, commandId: newId(), metadata: {}, body: null },
      reservationId,
      () => command,
      () => null,
    );
  }
}

function isBound(draft: CardDraft, { key, sessionVersion }: DigestKey, templateVersion: number, digest: string) {
  return digestOf(key, boundBy(draft, sessionVersion, templateVersion)) === digest;
}
