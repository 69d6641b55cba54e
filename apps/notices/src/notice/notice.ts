import type { NoticeDue, NoticeReturned, NoticeVoided } from '#contracts/notices/notice.events.js';
import type { NoticesEvent } from '#contracts/notices/notices.events.js';

/** Where a person sits, and which version of the record a card is made from. */
export type Seat = Pick<NoticeDue['data'], 'sessionId' | 'personId' | 'personVersion' | 'postalCodeMissing'>;

export type Handling = 'post' | 'express' | 'telephone';
export type ReturnReason = NoticeReturned['data']['reason'];
export type VoidReason = NoticeVoided['data']['reason'];

/** The one notice of a reservation that is neither posted nor voided. */
export interface OpenNotice extends Seat {
  readonly noticeId: string;
  readonly reservationRevision: number;
  readonly kind: NoticeDue['data']['kind'];
  readonly replaces?: string;
  readonly stage: 'due' | 'drafted' | 'printed';
  readonly batchId?: string;
  readonly serialNo?: number;
  readonly handling: Handling;
  readonly isReadOut: boolean;
}

/** What the post has taken. */
export interface PostedNotice extends Seat {
  readonly noticeId: string;
  readonly reservationRevision: number;
  readonly postedOn: string;
  readonly predictedArrival?: string;
  readonly returned?: ReturnReason;
  /** The notice that was sent in its place. */
  readonly reissuedAs?: string;
}

/** Everything the desk owes one reservation by post: the stream is where "once" is decided. (R020, R021) */
export interface Notices {
  /** The highest revision of the reservation that changed something here; a lower one comes too late. */
  readonly revision: number;
  /** Where the person sits by that revision; absent before anything was heard. */
  readonly seat?: Seat;
  /** Cancelled or erased: nothing is posted any more. */
  readonly isEnded: boolean;
  readonly open?: OpenNotice;
  /** In the order of posting. */
  readonly posted: readonly PostedNotice[];
}

/** The notice that becomes due, should one: its id, and what can be said of its arrival now. */
export interface NextNotice {
  readonly noticeId: string;
  readonly expected?: NonNullable<NoticeDue['data']['expected']>;
}

export const NOTHING_YET: Notices = { revision: 0, isEnded: false, posted: [] };

const ENDS: ReadonlySet<VoidReason> = new Set(['cancelled', 'erased']);

export function afterNoticeEvent(state: Notices, { type, data }: NoticesEvent): Notices {
  switch (type) {
    case 'NoticeDue': {
      const { sessionId, personId, personVersion, postalCodeMissing } = data;
      const seat = { sessionId, personId, personVersion, ...(postalCodeMissing && { postalCodeMissing }) };
      const { noticeId, reservationRevision, kind, replaces } = data;
      const open = { noticeId, reservationRevision, kind, ...seat, ...(replaces !== undefined && { replaces }) };
      const revision = Math.max(state.revision, reservationRevision);
      return { ...state, revision, seat, open: { ...open, stage: 'due', handling: 'post', isReadOut: false } };
    }
    case 'NoticeVoided':
      return { ...without(state), isEnded: state.isEnded || ENDS.has(data.reason) };
    case 'NoticeNotNeeded':
      return { ...state, revision: Math.max(state.revision, data.reservationRevision), isEnded: true };
    case 'NoticeDrafted':
      return opened(state, { stage: 'drafted', batchId: data.batchId, serialNo: data.serialNo });
    case 'NoticeDropped': {
      const { batchId: _, serialNo: __, ...open } = state.open!;
      return { ...state, open: { ...open, stage: 'due' } };
    }
    case 'NoticePrinted':
      return opened(state, { stage: 'printed' });
    case 'NoticeHandlingChosen':
      return opened(state, { handling: data.handling });
    case 'NoticeReadOut':
      return opened(state, { isReadOut: true });
    case 'NoticePosted': {
      const { noticeId, reservationRevision, postedOn, predictedArrival } = data;
      const { sessionId, personId, personVersion } = state.open!;
      const what = { noticeId, reservationRevision, postedOn, sessionId, personId, personVersion };
      const posted = { ...what, ...(predictedArrival !== undefined && { predictedArrival }) };
      return { ...without(state), posted: [...state.posted, posted] };
    }
    case 'NoticeReturned':
      return postedAs(state, data.noticeId, { returned: data.reason });
    case 'NoticeReissued':
      return postedAs(state, data.noticeId, { reissuedAs: data.newNoticeId });
    default:
      return state;
  }
}

function opened(state: Notices, change: Partial<OpenNotice>): Notices {
  return { ...state, open: { ...state.open!, ...change } };
}

function without(state: Notices): Notices {
  const { open: _, ...rest } = state;
  return rest;
}

function postedAs(state: Notices, noticeId: string, change: Partial<PostedNotice>): Notices {
  return {
    ...state,
    posted: state.posted.map((one) => (one.noticeId === noticeId ? { ...one, ...change } : one)),
  };
}
