import { dateAt } from '#calendar/civil-time.js';
import type { BatchRow } from '../notice-list/batch.row.js';

/** 郵便料金: what one batch cost. (R038) */
export interface PostageEntry {
  readonly batchId: string;
  readonly batchNumber: number;
  readonly postedOn: string;
  readonly office: string;
  readonly cardStock: string;
  readonly count: number;
  readonly rateYen: number;
  readonly expressCount: number;
  readonly postageYen: number;
  readonly receiptNumber?: string;
}

/** 用紙: sheets used, and how many cards were printed more than once. (R055) */
export interface PaperReport {
  readonly batches: number;
  readonly good: number;
  readonly spoiled: number;
  readonly used: number;
  readonly reprinted: number;
  /** 再印刷率, reprinted / good, to four decimals; 0 when nothing was printed. */
  readonly reprintRate: number;
}

export interface Ledger {
  readonly postage: readonly PostageEntry[];
  readonly postedCards: number;
  readonly postageYen: number;
  readonly paper: PaperReport;
}

/** @param from civil date, included; @param to civil date, included: of the posting, and of the making of what is not posted yet */
export function ledgerOf(batches: readonly BatchRow[], from: string, to: string): Ledger {
  const inPeriod = batches.filter((row) => {
    const day = row.facts.batch.posting?.postedOn ?? dateAt(row.prepared_at);
    return from <= day && day <= to;
  });
  const postage = inPeriod.flatMap(postageOf).toSorted((a, b) => a.batchNumber - b.batchNumber);
  const sum = (of: (entry: PostageEntry) => number) => postage.reduce((total, entry) => total + of(entry), 0);
  return {
    postage,
    postedCards: sum(({ count }) => count),
    postageYen: sum(({ postageYen }) => postageYen),
    paper: paperOf(inPeriod.filter(({ facts }) => facts.batch.good + facts.batch.spoiled > 0)),
  };
}

function postageOf({ batch_id: batchId, batch_number: batchNumber, facts }: BatchRow): PostageEntry[] {
  const { posting } = facts.batch;
  if (posting === undefined) return [];
  const { postedOn, office, cardStock, count, rateYen, express, postageYen, receiptNumber } = posting;
  return [
    {
      ...{ batchId, batchNumber, postedOn, office, cardStock, count, rateYen, postageYen },
      expressCount: express?.count ?? 0,
      ...(receiptNumber !== undefined && { receiptNumber }),
    },
  ];
}

function paperOf(printed: readonly BatchRow[]): PaperReport {
  const sum = (of: (row: BatchRow) => number) => printed.reduce((total, row) => total + of(row), 0);
  const good = sum(({ facts }) => facts.batch.good);
  const spoiled = sum(({ facts }) => facts.batch.spoiled);
  const reprinted = sum(({ facts }) => facts.reprinted);
  const reprintRate = good === 0 ? 0 : Math.round((reprinted / good) * 10_000) / 10_000;
  return { batches: printed.length, good, spoiled, used: good + spoiled, reprinted, reprintRate };
}
