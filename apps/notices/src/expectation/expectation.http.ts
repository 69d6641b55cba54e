import { Controller, Get, Headers, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { LANE_NAMES } from '#calendar/arrival.js';
import { systemClock } from '#kernel/clock.js';
import { QuestionRoute } from '#platform/hosting/route.js';
import { WAIT_FOR_HEADER } from '#platform/subscription/position-token.js';
import { Heard, WaitsForReservations } from '../notice-list/heard.js';
import { ExpectationAnswer, ExpectationQuery } from './expectation.body.js';
import { Expectations } from './expectations.js';

/** Answered while the caller is still on the line. (R021, §8.2) */
@ApiTags('notices')
@Controller('notices/expectation')
export class ExpectationHttp {
  constructor(
    @Inject(Expectations) private readonly expectations: Expectations,
    @Inject(Heard) private readonly heard: Heard,
  ) {}

  @Get()
  @WaitsForReservations()
  @QuestionRoute(ExpectationAnswer, { 404: ['not-found'], 409: ['posting-settings-missing'] })
  async read(
    @Query() { sessionId }: ExpectationQuery,
    @Headers(WAIT_FOR_HEADER) token?: string,
  ): Promise<ExpectationAnswer> {
    await this.heard.upTo(token);
    const expectation = await this.expectations.of(sessionId, systemClock.now());
    return { sessionId, ...expectation, reasons: [...expectation.reasons], laneName: LANE_NAMES[expectation.lane] };
  }
}
