import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import { Refusal } from '#kernel/refusal.js';
import type { StreamRef } from '#platform/lane/lane-command.js';
import type { SideWrite } from '#platform/log/side-table.js';
import { affectedBy } from '../class-session/affected.policy.js';
import { planOf } from '../class-session/class-session.js';
import { classSession } from '../class-session/class-session.decider.js';
import { sessionRow } from '../class-session/class-session.row.js';
import { refuseUnknown, surroundings } from '../class-session/surroundings.js';
import { ContactListStart } from '../contact-list/starting.js';
import { decided } from '#platform/hosting/decided.js';
import { Desk } from '../desk/desk.js';
import { sessionStream, termStream } from '../desk/streams.js';
import { scheduleAnswer, shown } from './schedule-answer.js';
import { changesNothing, scheduleDiff, type ScheduleDiff } from './schedule-diff.js';
import { ScheduleGround } from './schedule-ground.js';
import { ImportSchedule } from './schedule-import.commands.js';
import type { CellProblem } from '#office/reading/grid.js';

/** All sessions of the list that are new or different, in one commit. */
@CommandHandler(ImportSchedule)
export class ImportScheduleHandler implements ICommandHandler<ImportSchedule> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(ScheduleGround) private readonly ground: ScheduleGround,
  ) {}

  async execute({ call, termId, file, confirm, agreementNumber }: ImportSchedule) {
    const ground = await this.ground.of(termId, file);
    refuseProblems(ground.problems);
    // every session of the list, also those that seem unchanged: the tables were read before the lanes were taken
    const streams = new Map(
      ground.rows.map(({ plan: { sessionId } }) => [
        sessionId,
        { session: sessionStream(sessionId), list: new ContactListStart(call.commandId, sessionId) },
      ]),
    );
    return this.desk.submit(call, {
      writes: [...streams.values()].flatMap(({ session, list }) => [session, list.stream]),
      checks: [termStream(termId), ...ground.rows.flatMap(({ plan }) => surroundings(plan))],
      decide: (states, now) => {
        const diff = scheduleDiff(ground.rows, file.says, (sessionId) => {
          const { plan, state, seats } = states.of(streams.get(sessionId)!.session);
          return { plan, state, booked: seats.size };
        });
        refuseProblems(diff.problems);
        refuseUnseen(diff, confirm);
        const events: (readonly [StreamRef, readonly ReservationsEvent[]])[] = [];
        const sides: SideWrite[] = [];
        const contactListIds: string[] = [];
        for (const { plan } of diff.added) {
          refuseUnknown(plan, states);
          const { session } = streams.get(plan.sessionId)!;
          const scheduled = decided(classSession, { do: 'schedule', plan }, states.of(session));
          events.push([session, scheduled.events]);
          sides.push(sessionRow(scheduled.after));
        }
        for (const { plan } of diff.changed) {
          refuseUnknown(plan, states);
          const { session, list } = streams.get(plan.sessionId)!;
          const before = states.of(session);
          const { cause } = affectedBy(plan, planOf(before), before.seats.size);
          const command = { do: 'revise', plan, ...(agreementNumber !== undefined && { agreementNumber }) } as const;
          const revised = decided(classSession, command, before);
          const started = cause === undefined ? undefined : list.decide(states, revised.after, cause, now);
          events.push([session, revised.events], ...(started?.events ?? []));
          sides.push(sessionRow(revised.after), ...(started?.sides ?? []));
          if (started?.contactListId !== undefined) contactListIds.push(started.contactListId);
        }
        return { events, sides, answer: { ...scheduleAnswer(termId, file, ground, diff), contactListIds } };
      },
    });
  }
}

function refuseProblems(problems: readonly CellProblem[]): void {
  if (problems.length === 0) return;
  throw new Refusal(
    'invalid-schedule',
    'invalid',
    'Mend the cells named and send the list again; nothing was changed.',
    {
      count: problems.length,
      problems: shown(problems),
    },
  );
}

/** What happens must be what somebody has seen, once it touches people who are booked. (§8.14) */
function refuseUnseen(diff: ScheduleDiff, confirm: string | undefined): void {
  if (changesNothing(diff) || confirm === diff.hash) return;
  if (confirm === undefined && diff.bookings === 0) return;
  throw new Refusal(
    'confirmation-needed',
    'conflict',
    'Bookings are affected, or the schedule has changed since it was looked at. Look at the preview and confirm its hash.',
    {
      affected: diff.bookings,
      sessions: diff.changed
        .filter(({ bookings }) => bookings > 0)
        .map(({ row, plan, changed, bookings }) => ({ row, sessionId: plan.sessionId, changed, bookings })),
    },
  );
}
