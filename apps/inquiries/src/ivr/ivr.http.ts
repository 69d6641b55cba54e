import { Controller, Get, Header, HttpCode, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiProperty, ApiTags } from '@nestjs/swagger';
import { dateAt, daysBetween } from '#calendar/civil-time.js';
import { eraDate } from '#calendar/japanese-date.js';
import { Planned } from '#plan/planned.js';
import { QuestionRoute } from '#platform/hosting/route.js';
import { DateField } from '#platform/service/fields.js';
import { ApiProblems } from '#platform/service/problem-answer.js';
import { invalidBody } from '#platform/service/validation.js';
import { announcementOf } from './announcement.js';
import { dialplanOf } from './dialplan.js';
import { ivrSchedule, openWindows, type IvrTerm } from './ivr-schedule.policy.js';

const MOST_DAYS = 366;

export class IvrQuery {
  @DateField() from: string;
  @DateField({ description: 'Included; at most 366 days.' }) to: string;
}

export class IvrStretchAnswer {
  @ApiProperty({ format: 'date-time' }) from: string;
  @ApiProperty({ format: 'date-time', description: 'The first instant that is not in it.' }) to: string;
  @ApiProperty({ enum: ['open', 'closedToday', 'dayOff', 'outOfPeriod'] }) state: string;
  @ApiProperty({ format: 'uuid', required: false }) termId?: string;
  @ApiProperty({ format: 'date-time', required: false }) nextOpening?: string;
  @ApiProperty({ description: 'What the caller hears, in Japanese.' }) announcement: string;
}

export class IvrScheduleAnswer {
  @ApiProperty({ enum: ['Asia/Tokyo'] }) timeZone: string;
  @ApiProperty({ type: [IvrStretchAnswer], description: 'Every instant of the days asked for is in one of them.' })
  stretches: IvrStretchAnswer[];
}

/** What the telephone system plays when: from the calendar by which calls are counted. (R033) */
@ApiTags('ivr')
@Controller('ivr')
export class IvrHttp {
  constructor(@Inject(Planned) private readonly planned: Planned) {}

  @Get('schedule')
  @QuestionRoute(IvrScheduleAnswer)
  async schedule(@Query() { from, to }: IvrQuery): Promise<IvrScheduleAnswer> {
    mustBePeriod(from, to);
    const { terms, contact } = await this.terms();
    const iso = (instant: number) => new Date(instant).toISOString();
    const stretches = ivrSchedule(terms, from, to).map((stretch) => ({
      ...{ from: iso(stretch.from), to: iso(stretch.to), state: stretch.state },
      ...(stretch.termId !== undefined && { termId: stretch.termId }),
      ...(stretch.nextOpening !== undefined && { nextOpening: iso(stretch.nextOpening) }),
      announcement: announcementOf(stretch, contact),
    }));
    return { timeZone: 'Asia/Tokyo', stretches };
  }

  /** A context for Asterisk, to be included in extensions.conf. */
  @Get('extensions.conf')
  @HttpCode(200)
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiProduces('text/plain')
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } }, description: 'The dialplan.' })
  @ApiProblems({ 401: ['not-signed-in'], 403: ['forbidden'], 503: ['unavailable'] })
  async dialplan(): Promise<string> {
    const { terms } = await this.terms();
    return dialplanOf(terms, openWindows(terms), eraDate(dateAt(Date.now())));
  }

  private async terms(): Promise<{ readonly terms: IvrTerm[]; readonly contact: string | undefined }> {
    const planned = (await this.planned.terms()).filter(({ state }) => state !== 'erased');
    const terms = planned.map(({ termId, plan }) => ({ termId, title: plan.title, reception: plan.reception }));
    return { terms, contact: planned.findLast(({ plan }) => plan.contactAfterClosing)?.plan.contactAfterClosing };
  }
}

function mustBePeriod(from: string, to: string): void {
  const days = daysBetween(from, to);
  if (days < 0 || days >= MOST_DAYS) throw invalidBody([{ field: 'to', rules: ['period'] }]);
}
