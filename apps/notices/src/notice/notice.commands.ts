import type { Call } from '#contracts/access/call.js';
import type { NoticeReissued } from '#contracts/notices/notice.events.js';
import type { Handling, ReturnReason } from './notice.js';

export class RecordReturned {
  constructor(
    readonly call: Call,
    readonly noticeId: string,
    readonly reason: ReturnReason,
  ) {}
}

export class ReissueNotice {
  constructor(
    readonly call: Call,
    readonly noticeId: string,
    readonly cause: NoticeReissued['data']['cause'] | undefined,
  ) {}
}

export class ChooseHandling {
  constructor(
    readonly call: Call,
    readonly noticeId: string,
    readonly handling: Handling,
    readonly agreementNumber: string | undefined,
  ) {}
}

export class RecordReadOut {
  constructor(
    readonly call: Call,
    readonly noticeId: string,
  ) {}
}
