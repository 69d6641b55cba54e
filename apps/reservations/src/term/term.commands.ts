import type { Call } from '#contracts/access/call.js';
import type { TermCommand } from './term.decider.js';

export class ChangeTerm {
  constructor(
    readonly call: Call,
    readonly termId: string,
    readonly command: TermCommand,
  ) {}
}
