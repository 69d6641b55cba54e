import type { Call } from '#contracts/access/call.js';
import type { ReadinessBody } from './term.body.js';
import type { TermCommand } from './term.decider.js';

export class ChangeTerm {
  constructor(
    readonly call: Call,
    readonly termId: string,
    readonly command: TermCommand,
  ) {}
}

export class CheckReadiness {
  constructor(
    readonly call: Call,
    readonly termId: string,
    readonly body: ReadinessBody,
  ) {}
}
