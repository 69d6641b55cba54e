import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { idFrom } from '#kernel/ids.js';
import { decided } from '#platform/hosting/decided.js';
import { plain } from '#platform/hosting/plain.js';
import { invalidBody } from '#platform/service/validation.js';
import { KeyDirectory } from '#vault/key-directory.js';
import { CaseOpening } from '../case-list/case-opening.js';
import { Desk } from '../desk/desk.js';
import { actorIdOf } from '../desk/ids.js';
import { escalationStream } from '../desk/streams.js';
import { Notes } from '../note/notes.js';
import { sealedNote, type NoteKind } from '../note/sealed-note.js';
import { DeskClock } from '../reception/desk-clock.js';
import { OpenEscalation, StepEscalation } from './escalation.commands.js';
import { escalation } from './escalation.decider.js';
import type { Escalation } from './escalation.js';
import { mustNameNobody } from './nameless.policy.js';

const ESCALATIONS = '2f8a51d4-6e0b-4c73-9b1d-8d4e7a3c5f60';

@CommandHandler(OpenEscalation)
export class OpenEscalationHandler implements ICommandHandler<OpenEscalation> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(CaseOpening) private readonly opening: CaseOpening,
  ) {}

  async execute({ call, body }: OpenEscalation) {
    const { question, background, contact, urgent, ...more } = body;
    if (body.callbackWanted && contact === undefined && body.reservationId === undefined) {
      throw invalidBody([{ field: 'contact', rules: ['neededToCallBack'] }]);
    }
    mustNameNobody(question, contact === undefined ? [] : [contact.name]);
    const begun = await this.opening.begin(body.reservationId, 'escalation_sheet_number');
    const { dayAt, termId, keys, personId, number: sheetNumber } = begun;
    const escalationId = idFrom(ESCALATIONS, call.commandId);
    const stream = escalationStream(escalationId);
    return this.desk.submit(call, {
      writes: [stream],
      commandKey: keys.commandKey,
      decide: (states, now) => {
        const opening = { ...plain(more), sheetNumber, termId, ...(urgent && { urgent: true as const }) };
        const acting = { escalationId, by: actorIdOf(call.caller.accountId), now, hours: dayAt(now).hours };
        const { events, after } = decided(escalation, { ...acting, do: 'open', opening }, states.of(stream));
        const words: [NoteKind, object | undefined][] = [
          ['question', { text: question }],
          ['background', background === undefined ? undefined : { text: background }],
          ['contact', contact && { name: contact.name, phoneNumber: contact.phoneNumber }],
        ];
        const sides = words.flatMap(([kind, content]) =>
          content === undefined
            ? []
            : [
                sealedNote(keys, {
                  commandId: call.commandId,
                  ownerId: escalationId,
                  kind,
                  personId,
                  at: now,
                  content,
                }),
              ],
        );
        return { events: [[stream, events]], sides, answer: answerOf(escalationId, after) };
      },
    });
  }
}

@CommandHandler(StepEscalation)
export class StepEscalationHandler implements ICommandHandler<StepEscalation> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(DeskClock) private readonly clock: DeskClock,
    @Inject(KeyDirectory) private readonly keys: KeyDirectory,
    @Inject(Notes) private readonly notes: Notes,
  ) {}

  async execute({ call, escalationId, step, instruction }: StepEscalation) {
    const dayAt = await this.clock.read();
    const keys = instruction === undefined ? undefined : this.keys.keysOf(await this.notes.termOf(escalationId));
    const stream = escalationStream(escalationId);
    return this.desk.submit(call, {
      writes: [stream],
      ...(keys && { commandKey: keys.commandKey }),
      decide: (states, now) => {
        const acting = { escalationId, by: actorIdOf(call.caller.accountId), now, hours: dayAt(now).hours };
        const { events, after } = decided(escalation, { ...acting, ...step }, states.of(stream));
        const note = { commandId: call.commandId, ownerId: escalationId, kind: 'instruction' as const, at: now };
        const sides = keys === undefined ? [] : [sealedNote(keys, { ...note, content: { text: instruction! } })];
        return { events: [[stream, events]], sides, answer: answerOf(escalationId, after) };
      },
    });
  }
}

function answerOf(escalationId: string, { state, opened, dueAt }: Escalation) {
  return { escalationId, state, sheetNumber: opened!.sheetNumber, ...(dueAt !== undefined && { dueAt }) };
}
