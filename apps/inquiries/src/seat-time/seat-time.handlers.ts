import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dateAt } from '#calendar/civil-time.js';
import type { Call } from '#contracts/access/call.js';
import { idFrom } from '#kernel/ids.js';
import { Desk } from '../desk/desk.js';
import { seatTimeStream } from '../desk/streams.js';
import { seatTime } from './seat-time.decider.js';
import type { StaffLine } from './seat-time.policy.js';

const SEAT_TIMES = '3f6a9d18-0c57-4b2e-8e94-d7b15a2c60f3';

/** What a file of the telephone system tells of the members, all its days in one commit. */
export class HearStaffLines {
  constructor(
    readonly call: Call,
    readonly lines: readonly StaffLine[],
    readonly digest: string,
  ) {}
}

@CommandHandler(HearStaffLines)
export class HearStaffLinesHandler implements ICommandHandler<HearStaffLines> {
  constructor(@Inject(Desk) private readonly desk: Desk) {}

  execute({ call, lines, digest }: HearStaffLines) {
    const days = new Map<string, StaffLine[]>();
    for (const line of lines) {
      const date = dateAt(line.at * 1_000);
      days.set(date, [...(days.get(date) ?? []), line]);
    }
    const told = [...days].map(([date, own]) => ({ date, seatTimeId: idFrom(SEAT_TIMES, date), lines: own }));
    const once = { ...call, commandId: idFrom(SEAT_TIMES, call.commandId), body: { digest } };
    return this.desk.submit(once, {
      writes: told.map(({ seatTimeId }) => seatTimeStream(seatTimeId)),
      decide: (states) => ({
        events: told.map((day) => {
          const stream = seatTimeStream(day.seatTimeId);
          return [stream, seatTime.decide({ do: 'hear', ...day }, states.of(stream))] as const;
        }),
        answer: { days: told.length },
      }),
    });
  }
}
