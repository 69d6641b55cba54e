import type { NoticeBatchPosted, NoticeBatchReprinted } from '#contracts/notices/notice-batch.events.js';
import type { NoticesEvent } from '#contracts/notices/notices.events.js';
import { Refusal } from '#kernel/refusal.js';
import { mustBe } from './approving.policy.js';
import { afterApproval, type NoticeBatch } from './notice-batch.js';

/** 別納 takes ten or more at once. (§8.4) */
const FEWEST_PAID_SEPARATELY = 10;

export interface Withdrawing {
  readonly batchId: string;
  readonly noticeId: string;
  readonly reason: string;
}

export interface Printing {
  readonly batchId: string;
  readonly by: string;
  readonly good: number;
  readonly spoiled: number;
}

export interface Reprinting {
  readonly batchId: string;
  readonly by: string;
  readonly fromSerial: number;
  readonly toSerial: number;
  readonly reason: NoticeBatchReprinted['data']['reason'];
  /** Absent: as many as there are serials. */
  readonly spoiled?: number;
}

export interface Posting {
  readonly posting: Omit<NoticeBatchPosted['data'], 'postageYen'>;
  /** Civil date at the moment of the command. */
  readonly today: string;
}

/** A card leaves its batch. After the posting there is nothing to pull out; so that tells nothing. */
export function withdrawn({ batchId, noticeId, reason }: Withdrawing, batch: NoticeBatch): NoticesEvent[] {
  const { stage } = batch;
  const card = batch.cards.find((one) => one.noticeId === noticeId);
  if (card === undefined || (stage !== 'prepared' && stage !== 'approved' && stage !== 'printed')) return [];
  return [{ type: 'NoticeWithdrawn', data: { batchId, noticeId, serialNo: card.serialNo, after: stage, reason } }];
}

/**
 * good + spoiled sheets are used. The good ones are those in the batch, and, when they were printed before they left it,
 * those that were withdrawn after the approval. (§4.4.4)
 * @throws Refusal `batch-not-approved`, `sheets-do-not-balance`
 */
export function printed({ batchId, by, good, spoiled }: Printing, batch: NoticeBatch): NoticesEvent[] {
  mustBe(batch, 'approved', 'batch-not-approved', 'Only an approved batch is printed, and once.');
  const fewest = batch.cards.length;
  const most = fewest + afterApproval(batch).length;
  if (good < fewest || good > most) {
    throw new Refusal(
      'sheets-do-not-balance',
      'conflict',
      `良品は${most === fewest ? fewest : `${fewest}〜${most}`}枚のはずです。`,
      {
        ...{ batchId, fewest, most },
      },
    );
  }
  return [{ type: 'NoticeBatchPrinted', data: { batchId, printedBy: by, good, spoiled } }];
}

/**
 * Serials once more, each in the place of one that a second person saw destroyed (破棄確認). (§8.3)
 * @throws Refusal `batch-not-printed`, `second-person-needed` 403, `no-such-serials`, `sheets-do-not-balance`
 */
export function reprinted({ batchId, by, fromSerial, toSerial, reason, ...more }: Reprinting, batch: NoticeBatch) {
  mustBe(batch, 'printed', 'batch-not-printed', 'Only what is printed and not posted is printed again.');
  if (by === batch.printedBy) {
    throw new Refusal('second-person-needed', 'forbidden', '破棄の確認は、印刷した人と別の人が行います。', { batchId });
  }
  const cards = batch.cards.filter(({ serialNo }) => fromSerial <= serialNo && serialNo <= toSerial).length;
  if (toSerial > batch.total || cards === 0) {
    throw new Refusal('no-such-serials', 'conflict', `通し番号は1〜${batch.total}です。`, {
      batchId,
      total: batch.total,
    });
  }
  const spoiled = more.spoiled ?? cards;
  if (spoiled < cards) {
    throw new Refusal('sheets-do-not-balance', 'conflict', `刷り直す${cards}枚の古いはがきを、先に破棄してください。`, {
      ...{ batchId, fewest: cards },
    });
  }
  const event: NoticesEvent = {
    type: 'NoticeBatchReprinted',
    data: { batchId, fromSerial, toSerial, reason, spoiled, confirmedBy: by },
  };
  return [event];
}

/**
 * good - excluded = count on the receipt, and every serial of the 抜取りリスト is excluded. Who posts has counted what
 * somebody else printed and counted: two persons count. (§8.3, §8.7)
 * @throws Refusal `batch-posted`, `batch-not-printed`, `second-person-needed` 403, `pull-list-open`, `not-on-pull-list`, `count-differs`,
 * `too-few-for-stock`, `posted-in-future`
 */
export function posted({ posting, today }: Posting, batch: NoticeBatch): NoticesEvent[] {
  const { batchId, count, excludedSerials, cardStock, postedOn, rateYen, express } = posting;
  if (batch.stage === 'posted') {
    throw new Refusal('batch-posted', 'conflict', 'この束は差出済みです。', { batchId });
  }
  mustBe(batch, 'printed', 'batch-not-printed', 'Only a printed batch is posted.');
  if (posting.postedBy === batch.printedBy) {
    throw new Refusal('second-person-needed', 'forbidden', '差出の枚数は、印刷した人と別の人が数えます。', { batchId });
  }
  const open = batch.toPull.filter((serial) => !excludedSerials.includes(serial));
  if (open.length > 0) {
    throw new Refusal('pull-list-open', 'conflict', '抜取りリストに抜取り済でないはがきがあります。', {
      batchId,
      serials: open,
    });
  }
  const others = excludedSerials.filter((serial) => !batch.toPull.includes(serial));
  if (others.length > 0) {
    throw new Refusal('not-on-pull-list', 'conflict', '抜取りリストにない番号です。', { batchId, serials: others });
  }
  if (count !== batch.cards.length) {
    throw new Refusal(
      'count-differs',
      'conflict',
      `差し出すのは${batch.cards.length}枚のはずです。数え直してください。`,
      {
        ...{ batchId, count: batch.cards.length },
      },
    );
  }
  if (cardStock === 'paidSeparately' && count < FEWEST_PAID_SEPARATELY) {
    throw new Refusal(
      'too-few-for-stock',
      'conflict',
      '料金別納は10通からです。切手か料額印面付きのはがきにしてください。',
      {
        ...{ batchId, fewest: FEWEST_PAID_SEPARATELY },
      },
    );
  }
  if (postedOn > today) {
    throw new Refusal('posted-in-future', 'conflict', '差出日が先の日付です。', { batchId, today });
  }
  const postageYen = count * rateYen + (express === undefined ? 0 : express.count * express.rateYen);
  return [{ type: 'NoticeBatchPosted', data: { ...posting, postageYen } }];
}
