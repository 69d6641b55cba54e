import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { KeyDirectory } from '#vault/key-directory.js';
import { ContactListStart } from '../contact-list/starting.js';
import { decided } from '#platform/hosting/decided.js';
import { Desk } from '../desk/desk.js';
import { sealedNote } from '../desk/note.js';
import { SessionTerms } from '../desk/session-terms.js';
import { sessionStream } from '../desk/streams.js';
import { holdRows } from '../hold/hold.row.js';
import { ChangeClassSession } from './change-class-session.commands.js';
import { seatsLeft } from './class-session.js';
import { classSession } from './class-session.decider.js';
import { sessionRow } from './class-session.row.js';

const NOTE_KINDS = { close: 'closeReason', callOff: 'callOffReason', raiseCapacity: 'raiseReason' } as const;

/** Close, call off, raise: the supervisor's words are sealed, everything else stands in the event. */
@CommandHandler(ChangeClassSession)
export class ChangeClassSessionHandler implements ICommandHandler<ChangeClassSession> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(SessionTerms) private readonly terms: SessionTerms,
    @Inject(KeyDirectory) private readonly keys: KeyDirectory,
  ) {}

  async execute({ call, sessionId, command, reason }: ChangeClassSession) {
    const keys = this.keys.keysOf(await this.terms.termOf(sessionId));
    const stream = sessionStream(sessionId);
    const list = new ContactListStart(call.commandId, sessionId);
    const note = sealedNote(keys, {
      commandId: call.commandId,
      ownerId: sessionId,
      kind: NOTE_KINDS[command.do],
      content: { reason, accountId: call.caller.accountId },
    });
    return this.desk.submit(call, {
      writes: command.do === 'callOff' ? [stream, list.stream] : [stream],
      commandKey: keys.commandKey,
      decide: (states, now) => {
        const { events, after } = decided(classSession, command, states.of(stream));
        const started =
          command.do === 'callOff' && events.length > 0 ? list.decide(states, after, 'calledOff', now) : undefined;
        return {
          events: [[stream, events], ...(started?.events ?? [])],
          sides: [sessionRow(after), ...holdRows(sessionId, events, after), note, ...(started?.sides ?? [])],
          answer: {
            ...{ sessionId, state: after.state, seatsLeft: Math.max(0, seatsLeft(after, now)) },
            ...(started?.contactListId !== undefined && { contactListId: started.contactListId }),
          },
        };
      },
    });
  }
}
