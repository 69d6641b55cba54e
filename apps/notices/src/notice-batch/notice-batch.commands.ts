import type { Call } from '#contracts/access/call.js';
import type { NoticeBatchReprinted } from '#contracts/notices/notice-batch.events.js';
import type { CardStock } from '../posting-settings/posting-settings.body.js';

/** Which notices: those to be posted by a day, of sessions, or named; absent, all that are due. */
export interface Selection {
  readonly postBy?: string;
  readonly sessionIds?: readonly string[];
  readonly noticeIds?: readonly string[];
}

export class PrepareNoticeBatch {
  constructor(
    readonly call: Call,
    readonly selection: Selection,
  ) {}
}

export class ApproveNoticeBatch {
  constructor(
    readonly call: Call,
    readonly batchId: string,
    readonly count: number,
    readonly hash: string,
  ) {}
}

export class SendBackNoticeBatch {
  constructor(
    readonly call: Call,
    readonly batchId: string,
    readonly reasonCode: string,
  ) {}
}

export class RecordPrinted {
  constructor(
    readonly call: Call,
    readonly batchId: string,
    readonly good: number,
    readonly spoiled: number,
  ) {}
}

export class RecordReprinted {
  constructor(
    readonly call: Call,
    readonly batchId: string,
    readonly range: { readonly fromSerial: number; readonly toSerial: number },
    readonly reason: NoticeBatchReprinted['data']['reason'],
    readonly spoiled: number | undefined,
  ) {}
}

export interface PostedPile {
  readonly postedOn: string;
  readonly office: string;
  readonly count: number;
  readonly excludedSerials: readonly number[];
  readonly cardStock?: CardStock;
  readonly receiptNumber?: string;
}

export class RecordPosted {
  constructor(
    readonly call: Call,
    readonly batchId: string,
    readonly pile: PostedPile,
  ) {}
}
