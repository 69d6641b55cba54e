import type {
  NoticeBatchPosted,
  NoticeBatchPrepared,
  NoticeWithdrawn,
} from '#contracts/notices/notice-batch.events.js';
import type { NoticesEvent } from '#contracts/notices/notices.events.js';
import { merkleRoot } from './merkle.policy.js';

/** A card in its place. */
export interface BatchCard {
  readonly noticeId: string;
  readonly reservationId: string;
  readonly serialNo: number;
  readonly digest: string;
}

export interface WithdrawnCard extends BatchCard {
  readonly after: NoticeWithdrawn['data']['after'];
  readonly reason: string;
}

/** 発送束: what is printed, approved and posted together. */
export interface NoticeBatch {
  readonly stage: 'none' | 'prepared' | 'approved' | 'printed' | 'posted' | 'sentBack';
  readonly preparedBy: string;
  readonly templateVersion: number;
  /** Cards it began with: the last serial. */
  readonly total: number;
  /** Those still in it, in the order of their serials. */
  readonly cards: readonly BatchCard[];
  readonly withdrawn: readonly WithdrawnCard[];
  /** The maker's first look, under an agreement for a single supervisor. */
  readonly inspected?: { readonly by: string; readonly at: number; readonly hash: string };
  readonly printedBy?: string;
  readonly good: number;
  readonly spoiled: number;
  /** Serials that may lie in the pile though they must not be posted (抜取りリスト). */
  readonly toPull: readonly number[];
  readonly posting?: NoticeBatchPosted['data'];
}

export const NO_BATCH: NoticeBatch = {
  ...{ stage: 'none', preparedBy: '', templateVersion: 0, total: 0, cards: [], withdrawn: [] },
  ...{ good: 0, spoiled: 0, toPull: [] },
};

/** Merkle root over what is still in the batch; undefined when nothing is. */
export function rootOf({ cards }: Pick<NoticeBatch, 'cards'>): string | undefined {
  return cards.length === 0 ? undefined : merkleRoot(cards.map(({ digest }) => digest));
}

export function cardsOf({ cards }: Pick<NoticeBatchPrepared['data'], 'cards'>): BatchCard[] {
  return cards.map((card, i) => ({ ...card, serialNo: i + 1 }));
}

export function afterBatchEvent(batch: NoticeBatch, { type, data }: NoticesEvent): NoticeBatch {
  switch (type) {
    case 'NoticeBatchPrepared': {
      const { preparedBy, templateVersion } = data;
      const cards = cardsOf(data);
      return { ...NO_BATCH, stage: 'prepared', preparedBy, templateVersion, total: cards.length, cards };
    }
    case 'NoticeWithdrawn': {
      const { noticeId, after, reason, serialNo } = data;
      const card = batch.cards.find((one) => one.noticeId === noticeId)!;
      return {
        ...batch,
        cards: batch.cards.filter((one) => one !== card),
        withdrawn: [...batch.withdrawn, { ...card, after, reason }],
        ...(after === 'printed' && { toPull: ascending([...batch.toPull, serialNo]) }),
      };
    }
    case 'NoticeBatchInspected': {
      const { inspectedBy: by, inspectedAt, hash } = data;
      return { ...batch, inspected: { by, at: Date.parse(inspectedAt), hash } };
    }
    case 'NoticeBatchApproved':
      return { ...batch, stage: 'approved' };
    case 'NoticeBatchSentBack':
      return { ...batch, stage: 'sentBack' };
    case 'NoticeBatchPrinted': {
      const { printedBy, good, spoiled } = data;
      const inPile = good > batch.cards.length ? afterApproval(batch).map(({ serialNo }) => serialNo) : [];
      return { ...batch, stage: 'printed', printedBy, good, spoiled, toPull: ascending(inPile) };
    }
    case 'NoticeBatchReprinted':
      return { ...batch, spoiled: batch.spoiled + data.spoiled };
    case 'NoticeBatchPosted':
      return { ...batch, stage: 'posted', posting: data };
    default:
      return batch;
  }
}

/** Cards that left while printing may have been under way. */
export function afterApproval({ withdrawn }: NoticeBatch): WithdrawnCard[] {
  return withdrawn.filter(({ after }) => after !== 'prepared');
}

function ascending(serials: readonly number[]): number[] {
  return serials.toSorted((a, b) => a - b);
}
