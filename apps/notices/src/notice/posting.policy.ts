import type { NoticeReissued } from '#contracts/notices/notice.events.js';
import type { NoticesEvent } from '#contracts/notices/notices.events.js';
import { Refusal } from '#kernel/refusal.js';
import type { Handling, NextNotice, Notices, OpenNotice, PostedNotice, ReturnReason } from './notice.js';
import { inHand, named, replaced } from './telling.policy.js';

// What the desk does with a notice, from the batch to the letterbox and back.

interface Named {
  readonly reservationId: string;
  readonly noticeId: string;
}

export interface Drafting extends Named {
  readonly batchId: string;
  readonly serialNo: number;
  readonly warnings: readonly string[];
}

export interface InBatch extends Named {
  readonly batchId: string;
}

export interface Reissuing extends Named {
  /** Absent: because it came back, or because it has not arrived. */
  readonly cause?: NoticeReissued['data']['cause'];
  readonly today: string;
  readonly next: NextNotice;
}

/** Whether a notice can go into a batch: not told by telephone alone, and with a postcode. (§8.2, §8.12) */
export function isToBeSent(state: Notices, noticeId: string): boolean {
  const { open } = state;
  return (
    open?.noticeId === noticeId && open.stage === 'due' && open.handling !== 'telephone' && !open.postalCodeMissing
  );
}

export function drafted({ reservationId, noticeId, ...draft }: Drafting, state: Notices): NoticesEvent[] {
  if (!isToBeSent(state, noticeId)) throw refusal('notice-not-due', 'This notice is not waiting to be sent.', noticeId);
  const { batchId, serialNo, warnings } = draft;
  return [
    {
      type: 'NoticeDrafted',
      data: { ...named(state.open!, reservationId), batchId, serialNo, warnings: [...warnings] },
    },
  ];
}

/** Out of a batch that was not printed; it is due again. Nothing when it has left the batch already. */
export function dropped(
  { reservationId, noticeId, batchId, reason }: InBatch & { readonly reason: 'sentBack' | 'changed' },
  state: Notices,
): NoticesEvent[] {
  const open = inBatch(state, noticeId, batchId);
  if (open?.stage !== 'drafted') return [];
  return [{ type: 'NoticeDropped', data: { ...named(open, reservationId), batchId, reason } }];
}

export function printed({ reservationId, noticeId, batchId }: InBatch, state: Notices): NoticesEvent[] {
  const open = inBatch(state, noticeId, batchId);
  if (open?.stage !== 'drafted') throw refusal('notice-not-in-batch', 'This notice has left the batch.', noticeId);
  const { serialNo } = open;
  return [{ type: 'NoticePrinted', data: { ...named(open, reservationId), batchId, serialNo: serialNo! } }];
}

export function posted(
  {
    reservationId,
    noticeId,
    batchId,
    postedOn,
    predictedArrival,
  }: InBatch & { readonly postedOn: string; readonly predictedArrival?: string },
  state: Notices,
): NoticesEvent[] {
  const open = inBatch(state, noticeId, batchId);
  if (open?.stage !== 'printed') throw refusal('notice-not-in-batch', 'This notice has left the batch.', noticeId);
  const what = { ...named(open, reservationId), sessionId: open.sessionId, batchId, postedOn };
  return [{ type: 'NoticePosted', data: { ...what, ...(predictedArrival !== undefined && { predictedArrival }) } }];
}

/** @throws Refusal `notice-not-posted`, `notice-returned` */
export function returned(
  { reservationId, noticeId, reason }: Named & { readonly reason: ReturnReason },
  state: Notices,
): NoticesEvent[] {
  const notice = postedNotice(state, noticeId);
  if (notice.returned !== undefined) throw refusal('notice-returned', 'This notice has come back already.', noticeId);
  const { sessionId, personId } = notice;
  return [{ type: 'NoticeReturned', data: { ...named(notice, reservationId), sessionId, personId, reason } }];
}

/**
 * Once more. Nothing when a notice is on its way already: it says the same, or what is right by now.
 * @throws Refusal `notice-not-posted`, `reservation-cancelled`, `still-expected` before its お届け見込み日 (§4.4.9)
 */
export function reissued({ reservationId, noticeId, cause, today, next }: Reissuing, state: Notices): NoticesEvent[] {
  if (state.isEnded) throw refusal('reservation-cancelled', 'The reservation is cancelled: nothing is sent.', noticeId);
  const notice = postedNotice(state, noticeId);
  if (state.open !== undefined) return [];
  // The last one is what the person has, whichever was named
  const last = inHand(state.posted) ?? notice;
  const why = cause ?? (last.returned === undefined ? 'notArrived' : 'returned');
  const { predictedArrival } = last;
  if (why === 'notArrived' && predictedArrival !== undefined && today <= predictedArrival) {
    throw new Refusal(
      'still-expected',
      'conflict',
      `お届け見込み日は${predictedArrival}です。過ぎてから再発行してください。`,
      {
        ...{ noticeId: last.noticeId, predictedArrival },
      },
    );
  }
  return replaced(last, next, { reservationId, revision: state.revision, seat: state.seat! }, why);
}

/** @throws Refusal `notice-not-open`, `agreement-needed`, `notice-in-batch` */
export function chosen(
  {
    reservationId,
    noticeId,
    handling,
    agreementNumber,
  }: Named & { readonly handling: Handling; readonly agreementNumber?: string },
  state: Notices,
): NoticesEvent[] {
  const open = openNotice(state, noticeId);
  if (handling === 'telephone' && agreementNumber === undefined) {
    throw new Refusal('agreement-needed', 'unprocessable', 'To tell by telephone alone, name the agreement.', {
      noticeId,
    });
  }
  if (open.stage !== 'due') throw refusal('notice-in-batch', 'This notice is in a batch already.', noticeId);
  if (open.handling === handling) return [];
  const agreed = { ...(agreementNumber !== undefined && { agreementNumber }) };
  return [{ type: 'NoticeHandlingChosen', data: { ...named(open, reservationId), handling, ...agreed } }];
}

/** @throws Refusal `notice-not-open` */
export function readOut({ reservationId, noticeId }: Named, state: Notices): NoticesEvent[] {
  const open = openNotice(state, noticeId);
  return open.isReadOut ? [] : [{ type: 'NoticeReadOut', data: named(open, reservationId) }];
}

function inBatch({ open }: Notices, noticeId: string, batchId: string): OpenNotice | undefined {
  return open?.noticeId === noticeId && open.batchId === batchId ? open : undefined;
}

function openNotice({ open }: Notices, noticeId: string): OpenNotice {
  if (open?.noticeId !== noticeId) throw refusal('notice-not-open', 'This notice was posted or voided.', noticeId);
  return open;
}

function postedNotice({ posted: all }: Notices, noticeId: string): PostedNotice {
  const found = all.find((one) => one.noticeId === noticeId);
  if (found === undefined) throw refusal('notice-not-posted', 'This notice has not been posted.', noticeId);
  return found;
}

function refusal(slug: string, message: string, noticeId: string): Refusal {
  return new Refusal(slug, 'conflict', message, { noticeId });
}
