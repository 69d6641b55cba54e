import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { actorIdOf } from '#contracts/access/actor.js';
import { KeyDirectory } from '#vault/key-directory.js';
import { decided } from '#platform/hosting/decided.js';
import { Desk } from '../desk/desk.js';
import { termStream } from '../desk/streams.js';
import { ChangeTerm, CheckReadiness } from './term.commands.js';
import { term } from './term.decider.js';
import { termRow } from './term.row.js';

@CommandHandler(CheckReadiness)
export class CheckReadinessHandler implements ICommandHandler<CheckReadiness> {
  constructor(@Inject(Desk) private readonly desk: Desk) {}

  execute({ call, termId, body }: CheckReadiness) {
    const { items, ready, reference } = body;
    const stream = termStream(termId);
    const checkedBy = actorIdOf(call.caller.accountId);
    return this.desk.submit(call, {
      writes: [stream],
      decide: (states, now) => {
        const check = { ready, checkedBy, checkedAt: new Date(now).toISOString(), ...(reference !== undefined && { reference }) }; // prettier-ignore
        const { events, after } = decided(term, { do: 'check', termId, items, ...check }, states.of(stream));
        return { events: [[stream, events]], sides: [termRow(after)], answer: { termId, state: after.state } };
      },
    });
  }
}

@CommandHandler(ChangeTerm)
export class ChangeTermHandler implements ICommandHandler<ChangeTerm> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(KeyDirectory) private readonly keys: KeyDirectory,
  ) {}

  async execute({ call, termId, command }: ChangeTerm) {
    // Before the event: a term that stands in the log without keys could book nobody
    if (command.do === 'plan') await this.keys.createTerm(termId);
    const stream = termStream(termId);
    return this.desk.submit(call, {
      writes: [stream],
      decide: (states) => {
        const { events, after } = decided(term, command, states.of(stream));
        return { events: [[stream, events]], sides: [termRow(after)], answer: { termId, state: after.state } };
      },
    });
  }
}
