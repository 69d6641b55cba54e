import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { afterBusinessMinutes } from '#calendar/business-hours.js';
import { idFrom } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import { Planned } from '#plan/planned.js';
import { decided } from '#platform/hosting/decided.js';
import { plain } from '#platform/hosting/plain.js';
import { invalidBody } from '#platform/service/validation.js';
import { KeyDirectory } from '#vault/key-directory.js';
import { Desk } from '../desk/desk.js';
import { actorIdOf } from '../desk/ids.js';
import { callbackStream } from '../desk/streams.js';
import { Notes } from '../note/notes.js';
import { erasedNote, sealedNote } from '../note/sealed-note.js';
import { DeskClock } from '../reception/desk-clock.js';
import { RequestCallback, StepCallback } from './callback.commands.js';
import { callback } from './callback.decider.js';
import { NOTHING_PROMISED, type Callback, type CallbackCommand } from './callback.js';
import { classStart, PROMISED } from './lapsing.policy.js';

const CALLBACKS = '3e6b9d20-8c1f-4a57-b2e4-9f7d0a5c8b13';

@CommandHandler(RequestCallback)
export class RequestCallbackHandler implements ICommandHandler<RequestCallback> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(DeskClock) private readonly clock: DeskClock,
    @Inject(KeyDirectory) private readonly keys: KeyDirectory,
    @Inject(Planned) private readonly planned: Planned,
  ) {}

  async execute({ call, body }: RequestCallback) {
    const { contact, ...more } = body;
    const dayAt = await this.clock.read();
    const session = await this.sessionOf(body);
    const termId = session?.plan.termId ?? dayAt(Date.now()).termId;
    const keys = this.keys.keysOf(termId);
    const callbackId = idFrom(CALLBACKS, call.commandId);
    const stream = callbackStream(callbackId);
    return this.desk.submit(call, {
      writes: [stream],
      commandKey: keys.commandKey,
      decide: (states, now) => {
        const lapses = session && body.cause === 'vacancyWish' ? classStart(session.plan.dates) : undefined;
        if (lapses !== undefined && lapses <= now) {
          throw new Refusal('session-over', 'conflict', 'The class has begun: no seat can become free any more.');
        }
        const due = body.cause === 'promised' ? afterBusinessMinutes(now, PROMISED, dayAt(now).hours) : undefined;
        const request = {
          ...{ ...plain(more), termId },
          ...(due !== undefined && { dueAt: new Date(due).toISOString() }),
          ...(lapses !== undefined && { lapsesAt: new Date(lapses).toISOString() }),
        };
        const { events, after } = decided(callback, { do: 'request', callbackId, request }, states.of(stream));
        const note = { commandId: call.commandId, ownerId: callbackId, kind: 'contact' as const, at: now };
        const { name, phoneNumber } = contact;
        const answer = { ...answerOf(callbackId, after), ...(lapses !== undefined && { say: NOTHING_PROMISED }) };
        return { events: [[stream, events]], sides: [sealedNote(keys, { ...note, content: { name, phoneNumber } })], answer }; // prettier-ignore
      },
    });
  }

  private async sessionOf({ cause, sessionId }: RequestCallback['body']) {
    if (sessionId === undefined) {
      if (cause === 'vacancyWish') throw invalidBody([{ field: 'sessionId', rules: ['neededForAWish'] }]);
      return undefined;
    }
    const facts = (await this.planned.sessions([sessionId])).get(sessionId);
    if (facts === undefined) throw new Refusal('not-found', 'not-found', 'There is no such session.', { sessionId });
    return facts.session;
  }
}

@CommandHandler(StepCallback)
export class StepCallbackHandler implements ICommandHandler<StepCallback> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(Notes) private readonly notes: Notes,
  ) {}

  async execute({ call, callbackId, step }: StepCallback) {
    const contacts = await this.notes.idsOf(callbackId, 'contact');
    const stream = callbackStream(callbackId);
    return this.desk.submit(call, {
      writes: [stream],
      decide: (states) => {
        const command = { callbackId, by: actorIdOf(call.caller.accountId), ...step } as CallbackCommand;
        const { events, after } = decided(callback, command, states.of(stream));
        // Nobody is called any more, so nobody need know whom
        const sides = after.state === 'closed' ? contacts.map(erasedNote) : [];
        return { events: [[stream, events]], sides, answer: answerOf(callbackId, after) };
      },
    });
  }
}

export function answerOf(callbackId: string, { state, result }: Callback) {
  return { callbackId, state, ...(result !== undefined && { result }) };
}
