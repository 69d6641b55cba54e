import type { Call } from '#platform/hosting/call.js';
import type { TermCommand } from './term.decider.js';

export class ChangeTerm {
  constructor(
    readonly call: Call,
    readonly termId: string,
    readonly command: TermCommand,
  ) {}
}
