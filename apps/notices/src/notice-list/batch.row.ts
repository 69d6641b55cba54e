import type { NoticesEvent } from '#contracts/notices/notices.events.js';
import { afterBatchEvent, NO_BATCH, rootOf, type NoticeBatch } from '../notice-batch/notice-batch.js';

/** A batch as lists show it: the state that its rule asks, and what else was told of it. */
export interface BatchRow {
  readonly batch_id: string;
  readonly batch_number: number;
  readonly state: NoticeBatch['stage'];
  /** Epoch milliseconds. */
  readonly prepared_at: number;
  readonly facts: BatchFacts;
}

export interface BatchFacts {
  readonly batch: NoticeBatch;
  /** Over what is still in it; absent when nothing is. */
  readonly hash?: string;
  readonly approvedBy?: string;
  readonly approvedAt?: number;
  readonly agreementNumber?: string;
  readonly sentBackBecause?: string;
  readonly reprinted: number;
}

export function batchAfter(row: BatchRow | undefined, event: NoticesEvent, at: number): BatchRow | undefined {
  const { type, data } = event;
  if (type === 'NoticeBatchPrepared') {
    const batch = afterBatchEvent(NO_BATCH, event);
    const { batchId: batch_id, batchNumber: batch_number, hash } = data;
    return { batch_id, batch_number, state: batch.stage, prepared_at: at, facts: { batch, hash, reprinted: 0 } };
  }
  if (row === undefined) return undefined;
  const batch = afterBatchEvent(row.facts.batch, event);
  if (batch === row.facts.batch) return undefined;
  const { hash: _, ...facts } = row.facts;
  const hash = rootOf(batch);
  const known = { ...facts, batch, ...(hash !== undefined && { hash }), ...toldOf(event, facts.reprinted, at) };
  return { ...row, state: batch.stage, facts: known };
}

function toldOf({ type, data }: NoticesEvent, reprinted: number, at: number): Partial<BatchFacts> {
  if (type === 'NoticeBatchApproved') {
    const { approvedBy, agreementNumber } = data;
    return { approvedBy, approvedAt: at, ...(agreementNumber !== undefined && { agreementNumber }) };
  }
  if (type === 'NoticeBatchSentBack') return { sentBackBecause: data.reasonCode };
  if (type === 'NoticeBatchReprinted') return { reprinted: reprinted + data.toSerial - data.fromSerial + 1 };
  return {};
}
