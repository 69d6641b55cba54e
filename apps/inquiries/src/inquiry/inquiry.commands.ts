import type { Call } from '#contracts/access/call.js';
import type { CorrectInquiryBody, InquiryBody, TallyBody } from './inquiry.body.js';

export class RecordInquiry {
  constructor(
    readonly call: Call,
    readonly body: InquiryBody,
  ) {}
}

/** One key, one count. (R040) */
export class TallyInquiry {
  constructor(
    readonly call: Call,
    readonly body: TallyBody,
  ) {}
}

export class UndoTally {
  constructor(
    readonly call: Call,
    readonly inquiryId: string,
  ) {}
}

export class CorrectInquiry {
  constructor(
    readonly call: Call,
    readonly inquiryId: string,
    readonly body: CorrectInquiryBody,
  ) {}
}
