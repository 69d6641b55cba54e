import type { NoticesEvent } from '#contracts/notices/notices.events.js';
import type { ApplyContext } from '#platform/subscription/subscriber.js';
import { dayOf, type Heard } from '../ledger/heard.js';
import { foldVersions, touches, type Touched } from '../ledger/versions.js';
import { BATCH, NOTICE, type BatchRow, type NoticeRow } from './notice.row.js';

/** How far each notice and each batch has come. */
export async function foldNotices(context: ApplyContext, batch: readonly Heard<NoticesEvent>[]): Promise<void> {
  await foldVersions<NoticeRow>(context, NOTICE, touches(batch, noticeTouch));
  await foldVersions<BatchRow>(context, BATCH, touches(batch, batchTouch));
}

function noticeTouch(heard: Heard<NoticesEvent>): Touched<NoticeRow> {
  const { type, data } = heard;
  const changed = (change: Partial<NoticeRow>) => (before: NoticeRow | undefined) => before && { ...before, ...change };
  switch (type) {
    case 'NoticeDue':
      return {
        key: data.noticeId,
        after: () => ({
          ...{ reservation_id: data.reservationId, session_id: data.sessionId, kind: data.kind, state: 'due' },
          lane: data.expected?.lane ?? null,
          arrive_by: data.expected?.arriveBy ?? null,
          predicted_arrival: data.expected?.predictedArrival ?? null,
          batch_id: null,
          due_on: dayOf(heard),
          ...{ drafted_on: null, printed_on: null, posted_on: null, returned_on: null, return_reason: null },
          reissued: false,
        }),
      };
    case 'NoticeDrafted':
      return {
        key: data.noticeId,
        after: changed({ state: 'drafted', drafted_on: dayOf(heard), batch_id: data.batchId }),
      };
    case 'NoticeDropped':
      return { key: data.noticeId, after: changed({ state: 'due', drafted_on: null, batch_id: null }) };
    case 'NoticePrinted':
      return { key: data.noticeId, after: changed({ state: 'printed', printed_on: dayOf(heard) }) };
    case 'NoticePosted': {
      const arrival = data.predictedArrival;
      const change = {
        state: 'posted',
        posted_on: data.postedOn,
        ...(arrival && { predicted_arrival: arrival }),
      } as const;
      return { key: data.noticeId, after: changed(change) };
    }
    case 'NoticeReturned':
      return {
        key: data.noticeId,
        after: changed({ state: 'returned', returned_on: dayOf(heard), return_reason: data.reason }),
      };
    case 'NoticeReissued':
      return { key: data.noticeId, after: changed({ reissued: true }) };
    case 'NoticeVoided':
      return { key: data.noticeId, after: changed({ state: 'voided' }) };
    default:
      return undefined;
  }
}

function batchTouch(heard: Heard<NoticesEvent>): Touched<BatchRow> {
  const { type, data } = heard;
  const changed = (change: (before: BatchRow) => Partial<BatchRow>) => (before: BatchRow | undefined) =>
    before && { ...before, ...change(before) };
  switch (type) {
    case 'NoticeBatchPrepared':
      return {
        key: data.batchId,
        after: () => ({
          ...{ batch_number: data.batchNumber, cards: data.cards.length, prepared_on: dayOf(heard) },
          ...{ approved: 0, approved_on: null, good: 0, spoiled: 0, reprinted: 0, printed_on: null },
          ...{ posted: 0, posted_on: null, postage_yen: 0 },
        }),
      };
    case 'NoticeBatchApproved':
      return { key: data.batchId, after: changed(() => ({ approved: data.count, approved_on: dayOf(heard) })) };
    case 'NoticeBatchSentBack':
      return { key: data.batchId, after: changed(() => ({ approved: 0, approved_on: null })) };
    case 'NoticeBatchPrinted':
      return {
        key: data.batchId,
        after: changed(({ spoiled }) => ({
          good: data.good,
          spoiled: spoiled + data.spoiled,
          printed_on: dayOf(heard),
        })),
      };
    case 'NoticeBatchReprinted':
      return {
        key: data.batchId,
        after: changed(({ spoiled, reprinted }) => ({
          spoiled: spoiled + data.spoiled,
          reprinted: reprinted + data.toSerial - data.fromSerial + 1,
        })),
      };
    case 'NoticeBatchPosted':
      return {
        key: data.batchId,
        after: changed(() => ({ posted: data.count, posted_on: data.postedOn, postage_yen: data.postageYen })),
      };
    default:
      return undefined;
  }
}
