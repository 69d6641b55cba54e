import type { NoticeReissued } from '#contracts/notices/notice.events.js';
import type { NoticesEvent } from '#contracts/notices/notices.events.js';
import type { NextNotice, OpenNotice, PostedNotice, Seat, VoidReason } from './notice.js';

// The events that a notice begins and ends with.

export interface Place {
  readonly reservationId: string;
  readonly revision: number;
  readonly seat: Seat;
}

export function named({ noticeId, reservationRevision }: OpenNotice | PostedNotice, reservationId: string) {
  return { noticeId, reservationId, reservationRevision };
}

export function due(
  { noticeId, expected }: NextNotice,
  { reservationId, revision, seat }: Place,
  { kind, replaces }: Pick<OpenNotice, 'kind' | 'replaces'>,
): NoticesEvent {
  const { sessionId, personId, personVersion, postalCodeMissing } = seat;
  return {
    type: 'NoticeDue',
    data: {
      ...{ noticeId, reservationId, reservationRevision: Math.max(1, revision) },
      ...{ sessionId, personId, personVersion, kind },
      ...(replaces !== undefined && { replaces }),
      ...(postalCodeMissing && { postalCodeMissing }),
      ...(expected !== undefined && { expected }),
    },
  };
}

export function voided(open: OpenNotice, reservationId: string, reason: VoidReason): NoticesEvent {
  const { batchId, serialNo } = open;
  return {
    type: 'NoticeVoided',
    data: {
      ...{ ...named(open, reservationId), reason },
      ...(batchId !== undefined && { batchId }),
      ...(serialNo !== undefined && { serialNo }),
    },
  };
}

/** Another card in the place of one that the post has taken: 差し替え when it says something else, 再発行 when the same. */
export function replaced(
  last: PostedNotice,
  next: NextNotice,
  place: Place,
  asked?: NoticeReissued['data']['cause'],
): NoticesEvent[] {
  const cause = asked ?? (last.returned === undefined ? 'replaced' : 'returned');
  const kind = cause === 'replaced' ? 'replacement' : 'reissue';
  const reissue = { ...named(last, place.reservationId), newNoticeId: next.noticeId, cause };
  return [{ type: 'NoticeReissued', data: reissue }, due(next, place, { kind, replaces: last.noticeId })];
}

/** The posted notice that nothing was sent in place of. */
export function inHand(posted: readonly PostedNotice[]): PostedNotice | undefined {
  return posted.findLast(({ reissuedAs }) => reissuedAs === undefined);
}
