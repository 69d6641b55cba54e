import type { NoticeBatchPrepared } from '#contracts/notices/notice-batch.events.js';
import type { NoticesEvent } from '#contracts/notices/notices.events.js';
import { Refusal } from '#kernel/refusal.js';
import { rootOf, type NoticeBatch } from './notice-batch.js';

/** Between the two looks of a single supervisor at an own batch. (§4.2) */
export const SECOND_LOOK_MS = 10 * 60_000;

export interface Preparing {
  readonly batch: Omit<NoticeBatchPrepared['data'], 'hash'>;
  /** What was meant too and cannot go, with a code for why. */
  readonly leftOut: readonly { readonly noticeId: string; readonly reason: string }[];
}

export interface Approving {
  readonly batchId: string;
  readonly by: string;
  /** As counted by hand (数量照合), and as shown. */
  readonly count: number;
  readonly hash: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** By which the maker may approve, on a second look. */
  readonly agreementNumber?: string;
  /** Serials of cards whose warnings were not shown to whoever approves. */
  readonly unseenWarnings: readonly number[];
}

export interface SendingBack {
  readonly batchId: string;
  readonly by: string;
  readonly reasonCode: string;
}

/** @throws Refusal `nothing-to-prepare`, with why each that was meant cannot go */
export function prepared({ batch, leftOut }: Preparing, before: NoticeBatch): NoticesEvent[] {
  if (before.stage !== 'none') return [];
  if (batch.cards.length === 0) {
    throw new Refusal('nothing-to-prepare', 'conflict', '発送できる通知書がありません。', { leftOut });
  }
  return [{ type: 'NoticeBatchPrepared', data: { ...batch, hash: rootOf(batch as never)! } }];
}

/**
 * Whoever made a batch does not approve it. Under an agreement for a single supervisor the first call is a first look, and
 * the second, ten minutes later and of the same cards, approves. (§4.2, §8.26)
 * @throws Refusal `batch-not-prepared`, `batch-changed`, `own-batch` 403, `warnings-not-viewed`, `second-look-too-early`
 */
export function approved(asked: Approving, batch: NoticeBatch): NoticesEvent[] {
  const { batchId, by, count, hash, now, agreementNumber, unseenWarnings } = asked;
  mustBe(batch, 'prepared', 'batch-not-prepared', 'Only a prepared batch is approved.');
  const root = rootOf(batch);
  if (count !== batch.cards.length || hash !== root) {
    throw new Refusal('batch-changed', 'conflict', '束が変わったか、数が合いません。もう一度確認してください。', {
      ...{ batchId, count: batch.cards.length },
      ...(root !== undefined && { hash: root }),
    });
  }
  const isOwn = by === batch.preparedBy;
  if (isOwn && agreementNumber === undefined) {
    throw new Refusal('own-batch', 'forbidden', '自分で作った束は承認できません。', { batchId });
  }
  if (unseenWarnings.length > 0) {
    throw new Refusal('warnings-not-viewed', 'conflict', '警告のあるはがきを見てから承認してください。', {
      ...{ batchId, serials: unseenWarnings },
    });
  }
  if (!isOwn || agreementNumber === undefined) {
    return [{ type: 'NoticeBatchApproved', data: { batchId, approvedBy: by, count, hash } }];
  }
  const { inspected } = batch;
  if (inspected === undefined || inspected.by !== by || inspected.hash !== hash) {
    const inspectedAt = new Date(now).toISOString();
    return [{ type: 'NoticeBatchInspected', data: { batchId, inspectedBy: by, inspectedAt, count, hash } }];
  }
  if (now < inspected.at + SECOND_LOOK_MS) {
    const from = new Date(inspected.at + SECOND_LOOK_MS).toISOString();
    throw new Refusal('second-look-too-early', 'conflict', '二度目の確認は10分以上あけてください。', { batchId, from });
  }
  return [{ type: 'NoticeBatchApproved', data: { batchId, approvedBy: by, count, hash, agreementNumber } }];
}

/** @throws Refusal `batch-not-prepared`: what is printed or posted cannot be undone */
export function sentBack({ batchId, by, reasonCode }: SendingBack, batch: NoticeBatch): NoticesEvent[] {
  if (batch.stage === 'sentBack') return [];
  if (batch.stage !== 'approved') mustBe(batch, 'prepared', 'batch-not-prepared', 'This batch was printed.');
  return [{ type: 'NoticeBatchSentBack', data: { batchId, sentBackBy: by, reasonCode } }];
}

export function mustBe(batch: NoticeBatch, stage: NoticeBatch['stage'], slug: string, message: string): void {
  if (batch.stage === 'none') throw new Refusal('not-found', 'not-found', 'There is no such batch.');
  if (batch.stage !== stage) throw new Refusal(slug, 'conflict', message, { stage: batch.stage });
}
