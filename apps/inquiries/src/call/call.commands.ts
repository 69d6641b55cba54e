import type { Call as Asked } from '#contracts/access/call.js';
import type { CallBody, CloseBody } from './call.body.js';

/** An operator took a call. */
export class ReceiveCall {
  constructor(
    readonly call: Asked,
    readonly body: CallBody,
  ) {}
}

export class CloseCall {
  constructor(
    readonly call: Asked,
    readonly callId: string,
    readonly body: CloseBody,
  ) {}
}

/** Takes a call out of every count. */
export class StrikeCall {
  constructor(
    readonly call: Asked,
    readonly callId: string,
    readonly sameAs: string | undefined,
  ) {}
}
