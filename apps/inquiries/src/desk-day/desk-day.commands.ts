import type { Call } from '#contracts/access/call.js';

/** 日次締め. */
export class CloseDeskDay {
  constructor(
    readonly call: Call,
    readonly date: string,
    readonly anyway: boolean,
  ) {}
}
