import { Inject, Injectable } from '@nestjs/common';
import { Planned } from '#plan/planned.js';
import { Expectations } from '../expectation/expectations.js';
import type { NoticeRow } from '../notice-list/notice.row.js';
import { NoticeList } from '../notice-list/notice-list.js';
import type { Selection } from './notice-batch.commands.js';

/** The contract of `NoticeBatchPrepared` holds as many; what is left over waits for the next batch. */
export const MOST_CARDS = 2_000;

export interface LeftOut {
  readonly noticeId: string;
  /** A code: `postalCodeMissing`, `byTelephone`, `notDue`, `otherTerm`, `erased`, `planUnknown`, or of the soft proof. */
  readonly reason: string;
}

/** The notices that a batch is made of, with those that were meant too but cannot go. */
@Injectable()
export class Selecting {
  constructor(
    @Inject(NoticeList) private readonly list: NoticeList,
    @Inject(Planned) private readonly planned: Planned,
    @Inject(Expectations) private readonly expectations: Expectations,
  ) {}

  /** @param now epoch milliseconds. @throws Refusal `posting-settings-missing` */
  async select(
    selection: Selection,
    now: number,
  ): Promise<{ readonly notices: readonly NoticeRow[]; readonly leftOut: readonly LeftOut[] }> {
    const found = await this.found(selection, now);
    const notices: NoticeRow[] = [];
    const leftOut: LeftOut[] = [];
    for (const row of found) {
      const reason = reasonAgainst(row);
      if (reason === undefined && notices.length < MOST_CARDS) notices.push(row);
      else if (reason !== undefined) leftOut.push({ noticeId: row.notice_id, reason });
    }
    return { notices, leftOut };
  }

  /** Sessions whose notices have to be posted by a day. */
  async sessionsBy(postBy: string, now: number): Promise<string[]> {
    const open = await this.list.openBySession();
    const facts = await this.planned.sessions(open.map(({ session_id }) => session_id));
    const plans = await this.expectations.plans(facts.values(), now);
    return [...plans].filter(([, { plan }]) => plan.postBy <= postBy).map(([sessionId]) => sessionId);
  }

  private async found({ postBy, sessionIds, noticeIds }: Selection, now: number): Promise<NoticeRow[]> {
    const limit = 2 * MOST_CARDS;
    if (noticeIds !== undefined) return this.list.notices({ noticeIds, limit });
    const sessions = sessionIds ?? (postBy === undefined ? undefined : await this.sessionsBy(postBy, now));
    return this.list.notices({ states: ['due'], ...(sessions && { sessionIds: sessions }), limit });
  }
}

function reasonAgainst({ state, handling, postal_code_missing: isIncomplete }: NoticeRow): string | undefined {
  if (state !== 'due') return 'notDue';
  if (handling === 'telephone') return 'byTelephone';
  return isIncomplete ? 'postalCodeMissing' : undefined;
}
