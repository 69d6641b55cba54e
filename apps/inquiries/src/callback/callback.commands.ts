import type { Call } from '#contracts/access/call.js';
import type { RequestCallbackBody } from './callback.body.js';
import type { CallbackCommand } from './callback.js';

/** Somebody on the line wants to be called. */
export class RequestCallback {
  constructor(
    readonly call: Call,
    readonly body: RequestCallbackBody,
  ) {}
}

type WithoutId<Command> = Command extends CallbackCommand ? Omit<Command, 'callbackId' | 'by'> : never;

/** A step on a call-back that is there. */
export class StepCallback {
  constructor(
    readonly call: Call,
    readonly callbackId: string,
    readonly step: WithoutId<Exclude<CallbackCommand, { readonly do: 'request' | 'lapse' }>>,
  ) {}
}
