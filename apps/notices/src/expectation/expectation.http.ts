import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { LANE_NAMES } from '#calendar/arrival.js';
import { systemClock } from '#kernel/clock.js';
import { QuestionRoute } from '#platform/hosting/route.js';
import { ExpectationAnswer, ExpectationQuery } from './expectation.body.js';
import { Expectations } from './expectations.js';

/** Answered while the caller is still on the line. (R021, §8.2) */
@ApiTags('notices')
@Controller('notices/expectation')
export class ExpectationHttp {
  constructor(@Inject(Expectations) private readonly expectations: Expectations) {}

  @Get()
  @QuestionRoute(ExpectationAnswer, { 404: ['not-found'], 409: ['posting-settings-missing'] })
  async read(@Query() { sessionId }: ExpectationQuery): Promise<ExpectationAnswer> {
    const expectation = await this.expectations.of(sessionId, systemClock.now());
    return { sessionId, ...expectation, reasons: [...expectation.reasons], laneName: LANE_NAMES[expectation.lane] };
  }
}
