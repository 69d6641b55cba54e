import type { Call } from '#contracts/access/call.js';
import type { OpenEscalationBody } from './escalation.body.js';
import type { CallBackResult, Escalation, Means } from './escalation.js';

export class OpenEscalation {
  constructor(
    readonly call: Call,
    readonly body: OpenEscalationBody,
  ) {}
}

/** One step of the way, without who and when. */
export type Step =
  | { readonly do: 'confirm' }
  | { readonly do: 'sendToCity'; readonly means: Means }
  | { readonly do: 'answer'; readonly answeredBy: 'city' | 'manager'; readonly means: Means }
  | { readonly do: 'callBack'; readonly result: CallBackResult }
  | { readonly do: 'close'; readonly result: NonNullable<Escalation['result']> };

export class StepEscalation {
  constructor(
    readonly call: Call,
    readonly escalationId: string,
    readonly step: Step,
    /** Words that come with an answer; they are sealed. */
    readonly instruction?: string,
  ) {}
}
