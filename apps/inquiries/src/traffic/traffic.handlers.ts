import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Call } from '#contracts/access/call.js';
import { idFrom } from '#kernel/ids.js';
import { Desk } from '../desk/desk.js';
import { trafficStream } from '../desk/streams.js';
import { traffic } from './traffic.decider.js';
import type { TrafficDay } from './traffic-file.js';

const TRAFFIC = '7d0b5c93-2f6e-4a18-b4d7-e31c8a90f562';

/** Takes in the carrier's report, all its days in one commit. */
export class ImportTraffic {
  constructor(
    readonly call: Call,
    readonly days: readonly TrafficDay[],
  ) {}
}

@CommandHandler(ImportTraffic)
export class ImportTrafficHandler implements ICommandHandler<ImportTraffic> {
  constructor(@Inject(Desk) private readonly desk: Desk) {}

  execute({ call, days }: ImportTraffic) {
    const reports = days.map((day) => ({
      trafficId: idFrom(TRAFFIC, day.date, day.line),
      ...day,
      slots: [...day.slots],
    }));
    return this.desk.submit(call, {
      writes: reports.map(({ trafficId }) => trafficStream(trafficId)),
      decide: (states) => {
        const events = reports.map((report) => {
          const stream = trafficStream(report.trafficId);
          return [stream, traffic.decide({ do: 'report', report }, states.of(stream))] as const;
        });
        const changed = events.filter(([, happened]) => happened.length > 0).length;
        return { events, answer: { days: reports.length, changed } };
      },
    });
  }
}
