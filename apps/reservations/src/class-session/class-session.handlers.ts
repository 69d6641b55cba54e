import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Refusal } from '#kernel/refusal.js';
import { ContactListStart } from '../contact-list/starting.js';
import { decided } from '#platform/hosting/decided.js';
import { Desk } from '../desk/desk.js';
import { sessionStream } from '../desk/streams.js';
import { ReviseClassSession, ScheduleClassSession } from './change-class-session.commands.js';
import { affectedBy } from './affected.policy.js';
import { planOf } from './class-session.js';
import { classSession } from './class-session.decider.js';
import { sessionRow } from './class-session.row.js';
import { refuseUnknown, surroundings } from './surroundings.js';

@CommandHandler(ScheduleClassSession)
export class ScheduleClassSessionHandler implements ICommandHandler<ScheduleClassSession> {
  constructor(@Inject(Desk) private readonly desk: Desk) {}

  execute({ call, plan }: ScheduleClassSession) {
    const stream = sessionStream(plan.sessionId);
    return this.desk.submit(call, {
      writes: [stream],
      checks: surroundings(plan),
      decide: (states) => {
        refuseUnknown(plan, states);
        const { events, after } = decided(classSession, { do: 'schedule', plan }, states.of(stream));
        const answer = { sessionId: plan.sessionId, state: after.state };
        return { events: [[stream, events]], sides: [sessionRow(after)], answer };
      },
    });
  }
}

@CommandHandler(ReviseClassSession)
export class ReviseClassSessionHandler implements ICommandHandler<ReviseClassSession> {
  constructor(@Inject(Desk) private readonly desk: Desk) {}

  execute({ call, plan, confirmedAffected, agreementNumber }: ReviseClassSession) {
    const stream = sessionStream(plan.sessionId);
    const list = new ContactListStart(call.commandId, plan.sessionId);
    return this.desk.submit(call, {
      writes: [stream, list.stream],
      checks: surroundings(plan),
      decide: (states, now) => {
        refuseUnknown(plan, states);
        const before = states.of(stream);
        const affected = affectedBy(plan, planOf(before), before.seats.size);
        if (affected.bookings > 0 && affected.bookings !== confirmedAffected) throw notConfirmed(affected);
        const command = { do: 'revise', plan, ...(agreementNumber !== undefined && { agreementNumber }) } as const;
        const { events, after } = decided(classSession, command, before);
        const started = affected.cause === undefined ? undefined : list.decide(states, after, affected.cause, now);
        return {
          events: [[stream, events], ...(started?.events ?? [])],
          sides: [sessionRow(after), ...(started?.sides ?? [])],
          answer: {
            ...{ sessionId: plan.sessionId, state: after.state },
            ...(started?.contactListId !== undefined && { contactListId: started.contactListId }),
          },
        };
      },
    });
  }
}

function notConfirmed({ bookings, changed }: { bookings: number; changed: readonly string[] }): Refusal {
  return new Refusal(
    'confirmation-needed',
    'conflict',
    'Bookings are affected. Send the change again with confirmAffected as their number.',
    { affected: bookings, changed },
  );
}
