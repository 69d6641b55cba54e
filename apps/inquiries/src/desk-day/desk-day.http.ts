import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { isDate } from '#calendar/civil-time.js';
import type { Call } from '#contracts/access/call.js';
import { Refusal } from '#kernel/refusal.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { Rows } from '#platform/hosting/rows.js';
import { CommandRoute, QuestionRoute } from '#platform/hosting/route.js';
import { FlagField } from '#platform/service/fields.js';
import { DayChecking } from './day-checks.js';
import { CloseDeskDay } from './desk-day.commands.js';

export class CloseDayBody {
  @FlagField({ optional: true, description: 'Drafts that are left may be erased, and calls left open are known.' })
  anyway?: boolean;
}

export class DayChecksAnswer {
  @ApiProperty({ type: 'integer' }) openCalls: number;
  @ApiProperty({ type: 'integer' }) openDrafts: number;
  @ApiProperty({ type: 'integer', description: 'Must be 0.' }) unreleasedHolds: number;
  @ApiProperty({ type: 'integer' }) callsWithoutCategory: number;
  @ApiProperty({ type: 'integer' }) complaintsDue: number;
}

export class DayAnswer {
  @ApiProperty({ format: 'date' }) date: string;
  @ApiProperty({ enum: ['open', 'closed'] }) state: string;
  @ApiProperty({ format: 'date-time', required: false }) closedAt?: string;
  @ApiProperty({ type: DayChecksAnswer, description: 'Now; of a closed day as they were.' }) checks: DayChecksAnswer;
}

export class DayChanged {
  @ApiProperty({ format: 'date' }) date: string;
  @ApiProperty({ type: 'integer', description: 'With a 削除記録.' }) draftsErased: number;
}

/** The day of the desk and its end (日次締め). (§4.2) */
@ApiTags('days')
@Controller('days')
export class DeskDaysHttp {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(Rows) private readonly rows: Rows,
    @Inject(DayChecking) private readonly checking: DayChecking,
  ) {}

  @Get(':date')
  @QuestionRoute(DayAnswer, { 404: ['not-found'] })
  async read(@Param('date') date: string): Promise<DayAnswer> {
    mustBeDate(date);
    const closed = await this.rows.first<{ closed_at: number; checks: DayChecksAnswer }>(
      'closed-day',
      'select closed_at, checks from closed_day where date = $1',
      [date],
    );
    if (closed === undefined) return { date, state: 'open', checks: await this.checking.of(date) };
    const { closed_at, checks } = closed;
    return { date, state: 'closed', closedAt: new Date(closed_at).toISOString(), checks };
  }

  @Post(':date/close')
  @CommandRoute(DayChanged, { 404: ['not-found'], 409: ['day-not-ready', 'day-not-over'] })
  close(@CurrentCall() call: Call, @Param('date') date: string, @Body() { anyway = false }: CloseDayBody) {
    mustBeDate(date);
    return this.commands.execute(new CloseDeskDay(call, date, anyway));
  }
}

function mustBeDate(date: string): void {
  if (!isDate(date)) throw new Refusal('not-found', 'not-found', 'There is no such day.');
}
