import { Inject, Injectable } from '@nestjs/common';
import { Refusal } from '#kernel/refusal.js';
import { OwnLog } from '#platform/hosting/log.module.js';
import { Rows } from '#platform/hosting/rows.js';
import { Subscriptions } from '#platform/hosting/subscriptions.module.js';
import { waitFor } from '#platform/subscription/wait-for.js';
import type { BatchRow } from './batch.row.js';
import type { AttendeeRow, NoticeRow } from './notice.row.js';
import { NOTICE_LIST, OWN } from './notice-list.projector.js';

const WITHIN_MS = 5_000;

export interface NoticeFilter {
  readonly states?: readonly string[];
  readonly sessionIds?: readonly string[];
  readonly reservationIds?: readonly string[];
  readonly noticeIds?: readonly string[];
  readonly batchId?: string;
  readonly lane?: string;
  readonly after?: string;
  readonly limit: number;
}

/** Of a session: how many notices wait to be sent, to be told by telephone, to be printed, to be posted. */
export interface OpenNotices {
  readonly session_id: string;
  readonly due: number;
  readonly to_read_out: number;
  readonly drafted: number;
  readonly printed: number;
}

/** Notices and batches, asked of the projection as it is once everything committed before the question is in it. */
@Injectable()
export class NoticeList {
  constructor(
    @Inject(Rows) private readonly rows: Rows,
    @Inject(OwnLog) private readonly log: OwnLog,
    @Inject(Subscriptions) private readonly subscriptions: Subscriptions,
  ) {}

  /** Waits for what is in the own log by now. @throws Refusal `not-yet` */
  async current(): Promise<void> {
    const heads = await this.rows.all<{ p: number; next: number }>('own-heads', 'select p, next from partitions');
    const positions = heads.filter(({ next }) => next > 1).map(({ p, next }) => ({ p, seq: next - 1 }));
    if (positions.length === 0) return;
    await waitFor(this.subscriptions.named(NOTICE_LIST), OWN, { logId: this.log.logId, positions }, WITHIN_MS);
  }

  /** In the order in which they became due. */
  async notices({ states, sessionIds, noticeIds, ...one }: NoticeFilter): Promise<NoticeRow[]> {
    await this.current();
    return this.rows.all<NoticeRow>(
      'notices',
      `select n.* from notice_list.notice n
       where ($1::text[] is null or n.state = any ($1)) and ($2::uuid[] is null or n.session_id = any ($2))
         and ($3::uuid[] is null or n.reservation_id = any ($3)) and ($4::uuid[] is null or n.notice_id = any ($4))
         and ($5::uuid is null or n.batch_id = $5)
         and ($6::uuid is null or (n.due_at, n.notice_id) > (select due_at, notice_id from notice_list.notice where notice_id = $6))
         and ($7::text is null or n.lane = $7)
       order by n.due_at, n.notice_id limit $8`,
      [
        ...[states ?? null, sessionIds ?? null, one.reservationIds ?? null, noticeIds ?? null],
        ...[one.batchId ?? null, one.after ?? null, one.lane ?? null, one.limit],
      ],
    );
  }

  /** @throws Refusal `not-found` */
  async notice(noticeId: string): Promise<NoticeRow> {
    const [row] = await this.notices({ noticeIds: [noticeId], limit: 1 });
    if (row === undefined) throw new Refusal('not-found', 'not-found', 'There is no such notice.', { noticeId });
    return row;
  }

  /** Sessions in which a notice is open, with how many; what goes by telephone only is open until it is read out. (§8.2) */
  async openBySession(): Promise<OpenNotices[]> {
    await this.current();
    return this.rows.all<OpenNotices>(
      'open-by-session',
      `select session_id, count(*) filter (where state = 'due' and handling <> 'telephone')::int as due,
         count(*) filter (where state = 'due' and handling = 'telephone')::int as to_read_out,
         count(*) filter (where state = 'drafted')::int as drafted, count(*) filter (where state = 'printed')::int as printed
       from notice_list.notice
       where state in ('drafted', 'printed') or (state = 'due' and not (handling = 'telephone' and read_out))
       group by session_id`,
    );
  }

  /** Who has to be told when a class or a person changes; ended reservations only with `isEnded`. */
  async attendees(by: { sessionId?: string; personId?: string; isEnded?: true }): Promise<AttendeeRow[]> {
    await this.current();
    return this.rows.all<AttendeeRow>(
      'attendees',
      `select * from notice_list.attendee where (not is_ended or $3)
         and ($1::uuid is null or session_id = $1) and ($2::uuid is null or person_id = $2) order by reservation_id`,
      [by.sessionId ?? null, by.personId ?? null, by.isEnded ?? false],
    );
  }

  /** Newest first. */
  async batches(limit: number, after?: string): Promise<BatchRow[]> {
    await this.current();
    return this.rows.all<BatchRow>(
      'batches',
      `select * from notice_list.batch
       where ($1::uuid is null or batch_number < (select batch_number from notice_list.batch where batch_id = $1))
       order by batch_number desc limit $2`,
      [after ?? null, limit],
    );
  }

  /** @throws Refusal `not-found` */
  async batch(batchId: string): Promise<BatchRow> {
    await this.current();
    const row = await this.rows.first<BatchRow>('batch', 'select * from notice_list.batch where batch_id = $1', [
      batchId,
    ]);
    if (row === undefined) throw new Refusal('not-found', 'not-found', 'There is no such batch.', { batchId });
    return row;
  }
}
