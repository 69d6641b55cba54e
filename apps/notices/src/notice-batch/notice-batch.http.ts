import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Call, Caller } from '#contracts/access/call.js';
import { Planned } from '#plan/planned.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { CurrentCaller } from '#platform/service/caller.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { plain } from '#platform/hosting/plain.js';
import { CommandRoute, QuestionRoute } from '#platform/hosting/route.js';
import { Actors } from '../desk/actor.js';
import { Documents } from '../document/documents.js';
import { NoticeList } from '../notice-list/notice-list.js';
import { BatchViews, isWarned } from './batch-views.js';
import { batchAnswer, batchSummary } from './batch-answer.js';
import { BatchAnswer, BatchChangedAnswer, BatchesAnswer, PreparedAnswer } from './notice-batch.answers.js';
import {
  ApproveBody,
  BatchesQuery,
  PostedBody,
  PrintedBody,
  ReprintedBody,
  SelectionBody,
  SendBackBody,
} from './notice-batch.body.js';
import {
  ApproveNoticeBatch,
  PrepareNoticeBatch,
  RecordPosted,
  RecordPrinted,
  RecordReprinted,
  SendBackNoticeBatch,
} from './notice-batch.commands.js';
import { titleAdvices } from './title-advice.js';

const MOST = 500;

/** 発送束: prepared, approved, printed, posted. (§4.4, R028) */
@ApiTags('notices')
@Controller('notices/batches')
export class NoticeBatchesHttp {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(NoticeList) private readonly list: NoticeList,
    @Inject(Planned) private readonly planned: Planned,
    @Inject(Documents) private readonly documents: Documents,
    @Inject(BatchViews) private readonly views: BatchViews,
    @Inject(Actors) private readonly actors: Actors,
  ) {}

  @Get()
  @QuestionRoute(BatchesAnswer)
  async all(@Query() { limit = MOST, after }: BatchesQuery): Promise<BatchesAnswer> {
    const rows = await this.list.batches(limit + 1, after);
    const batches = rows.slice(0, limit).map(batchSummary);
    return { batches, ...(rows.length > limit && { next: batches.at(-1)!.batchId }) };
  }

  /** With the warnings of every card: who approves has to have asked for it, or for the proof. (§4.2) */
  @Get(':batchId')
  @QuestionRoute(BatchAnswer, { 404: ['not-found'] })
  async one(@CurrentCaller() caller: Caller, @IdParam('batchId') batchId: string): Promise<BatchAnswer> {
    const row = await this.list.batch(batchId);
    const { cards, withdrawn } = row.facts.batch;
    const reservationIds = [...cards, ...withdrawn].map(({ reservationId }) => reservationId);
    const notices = await this.list.notices({ reservationIds, limit: 4 * reservationIds.length });
    if (notices.some(isWarned)) await this.views.record(batchId, this.actors.idOf(caller));
    const sessionIds = [...new Set(notices.map(({ session_id }) => session_id))];
    const advice = titleAdvices((await this.planned.sessions(sessionIds)).values());
    return batchAnswer(row, notices, await this.documents.listOf(batchId), advice);
  }

  @Post()
  @CommandRoute(PreparedAnswer, { 409: ['nothing-to-prepare', 'posting-settings-missing'] }, 201)
  prepare(@CurrentCall() call: Call, @Body() body: SelectionBody) {
    return this.commands.execute(new PrepareNoticeBatch(call, plain(body)));
  }

  @Post(':batchId/approve')
  @CommandRoute(BatchChangedAnswer, {
    403: ['own-batch'],
    404: ['not-found'],
    409: ['batch-not-prepared', 'batch-changed', 'warnings-not-viewed', 'second-look-too-early'],
  })
  approve(@CurrentCall() call: Call, @IdParam('batchId') batchId: string, @Body() { count, hash }: ApproveBody) {
    return this.commands.execute(new ApproveNoticeBatch(call, batchId, count, hash));
  }

  @Post(':batchId/send-back')
  @CommandRoute(BatchChangedAnswer, { 404: ['not-found'], 409: ['batch-not-prepared'] })
  sendBack(@CurrentCall() call: Call, @IdParam('batchId') batchId: string, @Body() { reasonCode }: SendBackBody) {
    return this.commands.execute(new SendBackNoticeBatch(call, batchId, reasonCode));
  }

  @Post(':batchId/printed')
  @CommandRoute(BatchChangedAnswer, { 404: ['not-found'], 409: ['batch-not-approved', 'sheets-do-not-balance'] })
  printed(@CurrentCall() call: Call, @IdParam('batchId') batchId: string, @Body() { good, spoiled }: PrintedBody) {
    return this.commands.execute(new RecordPrinted(call, batchId, good, spoiled));
  }

  @Post(':batchId/reprinted')
  @CommandRoute(BatchChangedAnswer, {
    403: ['second-person-needed'],
    404: ['not-found'],
    409: ['batch-not-printed', 'no-such-serials', 'sheets-do-not-balance'],
  })
  reprinted(@CurrentCall() call: Call, @IdParam('batchId') batchId: string, @Body() body: ReprintedBody) {
    const { fromSerial, toSerial, reason, spoiled } = body;
    return this.commands.execute(new RecordReprinted(call, batchId, { fromSerial, toSerial }, reason, spoiled));
  }

  @Post(':batchId/posted')
  @CommandRoute(BatchChangedAnswer, {
    403: ['second-person-needed'],
    404: ['not-found'],
    409: [
      ...['batch-posted', 'batch-not-printed', 'pull-list-open', 'not-on-pull-list', 'count-differs'],
      ...['too-few-for-stock', 'posted-in-future', 'posting-settings-missing'],
    ],
  })
  posted(@CurrentCall() call: Call, @IdParam('batchId') batchId: string, @Body() body: PostedBody) {
    return this.commands.execute(new RecordPosted(call, batchId, plain(body)));
  }
}
