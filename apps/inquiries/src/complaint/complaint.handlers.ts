import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { endOfNextBusinessDay } from '#calendar/business-hours.js';
import { idFrom } from '#kernel/ids.js';
import { decided } from '#platform/hosting/decided.js';
import { plain } from '#platform/hosting/plain.js';
import { KeyDirectory } from '#vault/key-directory.js';
import { CaseOpening } from '../case-list/case-opening.js';
import { Desk } from '../desk/desk.js';
import { actorIdOf } from '../desk/ids.js';
import { complaintStream } from '../desk/streams.js';
import { Notes } from '../note/notes.js';
import { sealedNote } from '../note/sealed-note.js';
import { askedAt } from '../reception/asked-at.js';
import { RaiseComplaint, StepComplaint } from './complaint.commands.js';
import { cityKnows, complaint } from './complaint.decider.js';
import type { Complaint, ComplaintCommand } from './complaint.js';

const COMPLAINTS = '8d0c2b6f-1e94-4f5a-a7d3-5b9e6c1f7a28';

@CommandHandler(RaiseComplaint)
export class RaiseComplaintHandler implements ICommandHandler<RaiseComplaint> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(CaseOpening) private readonly opening: CaseOpening,
  ) {}

  async execute({ call, body }: RaiseComplaint) {
    const { words, contact, urgent, receivedAt: said, ...more } = body;
    const opening = await this.opening.begin(body.reservationId, 'complaint_number');
    const { dayAt, termId, keys, personId, number: complaintNumber } = opening;
    const complaintId = idFrom(COMPLAINTS, call.commandId);
    const stream = complaintStream(complaintId);
    return this.desk.submit(call, {
      writes: [stream],
      commandKey: keys.commandKey,
      decide: (states, now) => {
        const receivedAt = askedAt(said, now);
        const { hours } = dayAt(now);
        const reportBy = new Date(endOfNextBusinessDay(Date.parse(receivedAt), hours)).toISOString();
        const raised = { ...plain(more), termId, complaintNumber, receivedAt, reportBy };
        const command: ComplaintCommand = {
          ...{ complaintId, by: actorIdOf(call.caller.accountId), now, do: 'raise', complaint: raised },
          urgent: urgent ?? false,
        };
        const { events, after } = decided(complaint, command, states.of(stream));
        const note = { commandId: call.commandId, ownerId: complaintId, personId, at: now };
        const sides = [
          sealedNote(keys, { ...note, kind: 'complaint', content: { text: words } }),
          ...(contact === undefined ? [] : [sealedNote(keys, { ...note, kind: 'contact', content: { ...contact } })]),
        ];
        return { events: [[stream, events]], sides, answer: answerOf(complaintId, after) };
      },
    });
  }
}

@CommandHandler(StepComplaint)
export class StepComplaintHandler implements ICommandHandler<StepComplaint> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(KeyDirectory) private readonly keys: KeyDirectory,
    @Inject(Notes) private readonly notes: Notes,
  ) {}

  async execute({ call, complaintId, step, words }: StepComplaint) {
    const keys = words === undefined ? undefined : this.keys.keysOf(await this.notes.termOf(complaintId));
    const stream = complaintStream(complaintId);
    return this.desk.submit(call, {
      writes: [stream],
      ...(keys && { commandKey: keys.commandKey }),
      decide: (states, now) => {
        const acting = { complaintId, by: actorIdOf(call.caller.accountId), now };
        const { toldAt = new Date(now).toISOString() } = step as { readonly toldAt?: string };
        const command = { ...acting, ...step, ...(step.do === 'tellCity' && { toldAt }) } as ComplaintCommand;
        const { events, after } = decided(complaint, command, states.of(stream));
        const note = { commandId: call.commandId, ownerId: complaintId, at: now };
        const sides = keys === undefined ? [] : [sealedNote(keys, { ...note, ...words! })];
        return { events: [[stream, events]], sides, answer: answerOf(complaintId, after) };
      },
    });
  }
}

export function answerOf(complaintId: string, state: Complaint) {
  const { complaintNumber, reportBy } = state.raised!;
  const urgent = state.urgent !== undefined;
  return {
    ...{ complaintId, complaintNumber, state: state.state, reportBy, urgent },
    cityMustBeTold: urgent && !cityKnows(state) && state.state !== 'closed',
  };
}
