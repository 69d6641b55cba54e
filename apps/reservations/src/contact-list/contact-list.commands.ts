import type { Call } from '#contracts/access/call.js';
import type { ContactResult } from './contact-list.decider.js';

export class RecordAttempt {
  constructor(
    readonly call: Call,
    readonly contactListId: string,
    readonly reservationId: string,
    readonly result: ContactResult,
  ) {}
}
