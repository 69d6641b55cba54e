import { Body, Controller, Get, Inject, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { dateAt } from '#calendar/civil-time.js';
import type { Call } from '#contracts/access/call.js';
import { systemClock } from '#kernel/clock.js';
import { Planned } from '#plan/planned.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { CommandRoute, QuestionRoute } from '#platform/hosting/route.js';
import { Expectations } from '../expectation/expectations.js';
import { NoticeList } from '../notice-list/notice-list.js';
import { adviceOn } from './arrival.policy.js';
import {
  ArrivalAnswer,
  HandlingBody,
  NoticeChanged,
  NoticeReissuedAnswer,
  ReissueBody,
  ReturnedBody,
} from './notice.body.js';
import { ChooseHandling, RecordReadOut, RecordReturned, ReissueNotice } from './notice.commands.js';

/** One notice: late, on its way, come back. (§8.2, §8.6, §4.4.9) */
@ApiTags('notices')
@Controller('notices/:noticeId')
export class NoticesHttp {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(NoticeList) private readonly list: NoticeList,
    @Inject(Planned) private readonly planned: Planned,
    @Inject(Expectations) private readonly expectations: Expectations,
  ) {}

  /** What is said to whoever asks where it is; nothing is told of whom it is about. */
  @Get('arrival')
  @QuestionRoute(ArrivalAnswer, { 404: ['not-found'] })
  async arrival(@IdParam('noticeId') noticeId: string): Promise<ArrivalAnswer> {
    const now = systemClock.now();
    const row = await this.list.notice(noticeId);
    const facts = (await this.planned.sessions([row.session_id])).get(row.session_id);
    const lane = (await this.expectations.find(facts, now))?.lane;
    return {
      noticeId,
      ...adviceOn(row, dateAt(now), lane !== 'tooLate'),
      ...(row.posted_on !== null && { postedOn: row.posted_on }),
      ...(row.predicted_arrival !== null && { predictedArrival: row.predicted_arrival }),
    };
  }

  @Post('returned')
  @CommandRoute(NoticeChanged, { 404: ['not-found'], 409: ['notice-not-posted', 'notice-returned'] })
  returned(@CurrentCall() call: Call, @IdParam('noticeId') noticeId: string, @Body() { reason }: ReturnedBody) {
    return this.commands.execute(new RecordReturned(call, noticeId, reason));
  }

  @Post('reissue')
  @CommandRoute(
    NoticeReissuedAnswer,
    { 404: ['not-found'], 409: ['notice-not-posted', 'still-expected', 'reservation-cancelled'] },
    201,
  )
  reissue(@CurrentCall() call: Call, @IdParam('noticeId') noticeId: string, @Body() body?: ReissueBody) {
    return this.commands.execute(new ReissueNotice(call, noticeId, body?.cause));
  }

  /** The supervisor's choice for a late one (直前受付). */
  @Post('handling')
  @CommandRoute(NoticeChanged, {
    404: ['not-found'],
    409: ['notice-not-open', 'notice-in-batch'],
    422: ['agreement-needed'],
  })
  handling(@CurrentCall() call: Call, @IdParam('noticeId') noticeId: string, @Body() body: HandlingBody) {
    return this.commands.execute(new ChooseHandling(call, noticeId, body.handling, body.agreementNumber));
  }

  /** 電話案内済 */
  @Post('read-out')
  @CommandRoute(NoticeChanged, { 404: ['not-found'], 409: ['notice-not-open'] })
  readOut(@CurrentCall() call: Call, @IdParam('noticeId') noticeId: string) {
    return this.commands.execute(new RecordReadOut(call, noticeId));
  }
}
