import { Inject, Injectable } from '@nestjs/common';
import { systemClock } from '#kernel/clock.js';
import { ServiceDatabase } from '#platform/hosting/rows.js';
import type { NoticeRow } from '../notice-list/notice.row.js';

/**
 * Who has looked at the warnings of a batch: whoever approves must have (§4.2). Kept once for each person and batch, since
 * cards, and with them warnings, only ever leave a batch.
 */
@Injectable()
export class BatchViews {
  constructor(@Inject(ServiceDatabase) private readonly database: ServiceDatabase) {}

  /** @param viewedBy an id that stands for an account (`Actors`) */
  async record(batchId: string, viewedBy: string): Promise<void> {
    await this.database.pool.query(
      'insert into batch_view (batch_id, viewed_by, viewed_at) values ($1, $2, $3) on conflict do nothing',
      [batchId, viewedBy, systemClock.now()],
    );
  }

  /** Serials of cards in the batch whose warnings were not shown to somebody. */
  async unseen(batchId: string, by: string, notices: readonly NoticeRow[]): Promise<number[]> {
    const warned = notices.filter(isWarned);
    if (warned.length === 0) return [];
    const { rowCount } = await this.database.pool.query(
      'select from batch_view where batch_id = $1 and viewed_by = $2',
      [batchId, by],
    );
    return rowCount === 0 ? warned.map(({ serial_no }) => serial_no!).toSorted((a, b) => a - b) : [];
  }
}

export function isWarned({ state, warnings }: NoticeRow): boolean {
  return state === 'drafted' && warnings.length > 0;
}
