import { createHash } from 'node:crypto';
import { Body, Controller, Inject, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { Call } from '#contracts/access/call.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { CommandRoute } from '#platform/hosting/route.js';
import type { Accepted } from '#platform/lane/lane-command.js';
import { invalidBody } from '#platform/service/validation.js';
import { CSV, TEXT } from '../desk/file-upload.js';
import { readCallList } from '../call-list/call-list-file.js';
import { ImportCallList } from '../call-list/call-list.handlers.js';
import type { RowProblem } from '../call-list/figure-list.js';
import { ReceptionHours } from '../reception/reception-hours.js';
import { HearStaffLines } from '../seat-time/seat-time.handlers.js';
import { readTraffic } from '../traffic/traffic-file.js';
import { ImportTraffic } from '../traffic/traffic.handlers.js';
import { emptyTally, type ImportTally } from './import-tally.js';
import { readQueueLog, unreadableFile } from './queue-log-file.js';
import { CallImportAnswer, CallImportQuery, SHOWN, shownProblems } from './queue-log-import.body.js';
import { ImportQueueLog } from './queue-log-import.commands.js';

@ApiTags('calls')
@Controller('calls/import')
export class CallImportHttp {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(ReceptionHours) private readonly reception: ReceptionHours,
  ) {}

  /** A file as the body, at most 5 MB. Sent again, or overlapping with another, it changes nothing. (§8.18) */
  @Post()
  @ApiConsumes(TEXT, CSV)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @CommandRoute(CallImportAnswer, {
    400: ['unreadable-file'],
    413: ['body-too-large', 'file-too-large'],
    415: ['unsupported-media-type'],
  })
  async import(
    @CurrentCall() call: Call,
    @Query() { format, queue }: CallImportQuery,
    @Body() content: unknown,
  ): Promise<Accepted<CallImportAnswer>> {
    if (!Buffer.isBuffer(content)) throw unreadableFile(`Send the file itself as ${TEXT} or ${CSV}.`);
    const digest = createHash('sha256')
      .update(`${format}\0${queue ?? ''}\0`)
      .update(content)
      .digest('hex');
    if (format === 'traffic') return this.traffic({ ...call, body: { digest } }, content);
    if (format === 'calls') return this.list(call, content, digest);
    if (queue === undefined) throw invalidBody([{ field: 'queue', rules: ['required'] }]);
    const file = readQueueLog(content, queue.split(','));
    const taken = await this.commands.execute<ImportQueueLog, Accepted<ImportTally>>(
      new ImportQueueLog(call, file, digest),
    );
    if (file.staff.length > 0) {
      const staff = file.staff.map(({ at, queue: of, member, said }) => ({ at, queue: of, member, said }));
      await this.commands.execute(new HearStaffLines(call, staff, digest));
    }
    const { lines, callLines, otherLines, otherQueueLines, unreadable } = file;
    const counts = { lines, callLines, otherLines, otherQueueLines, unreadableLines: unreadable.length };
    return answered(taken, { ...counts, unreadable: shownProblems(unreadable) }, taken.answer);
  }

  private async list(call: Call, content: Buffer, digest: string): Promise<Accepted<CallImportAnswer>> {
    const { calls, rows, problems } = await readCallList(content, await this.reception.read());
    const taken = await this.commands.execute<ImportCallList, Accepted<ImportTally>>(
      new ImportCallList(call, calls, digest),
    );
    return answered(taken, countsOf(rows, problems), taken.answer);
  }

  private async traffic(call: Call, content: Buffer): Promise<Accepted<CallImportAnswer>> {
    const hours = await this.reception.read();
    const { days, rows, problems } = await readTraffic(content, (instant) => !hours(instant).outOfHours);
    const taken = await this.commands.execute<ImportTraffic, Accepted<{ days: number; changed: number }>>(
      new ImportTraffic(call, days),
    );
    const { answer, positions, repeated } = taken;
    const counts = countsOf(rows, problems);
    return answered({ positions, repeated }, counts, { ...emptyTally, changed: answer.changed }, answer.days);
  }
}

type Counts = Pick<CallImportAnswer, 'lines' | 'callLines' | 'otherLines' | 'otherQueueLines' | 'unreadableLines' | 'unreadable'>; // prettier-ignore

function countsOf(rows: number, problems: readonly RowProblem[]): Counts {
  return {
    ...{ lines: rows, callLines: rows - problems.length, otherLines: 0, otherQueueLines: 0 },
    ...{ unreadableLines: problems.length, unreadable: problems.slice(0, SHOWN) },
  };
}

function answered(
  { positions, repeated }: Omit<Accepted, 'answer'>,
  counts: Counts,
  tally: ImportTally,
  days?: number,
): Accepted<CallImportAnswer> {
  const answer = { ...counts, ...tally, ambiguous: [...tally.ambiguous], ...(days !== undefined && { days }) };
  return { answer, positions, repeated };
}
