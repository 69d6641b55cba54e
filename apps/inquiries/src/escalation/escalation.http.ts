import { Body, Controller, Get, Headers, Inject, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Call, Caller } from '#contracts/access/call.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { CommandRoute, QuestionRoute } from '#platform/hosting/route.js';
import { CurrentCaller } from '#platform/service/caller.js';
import { WAIT_FOR_HEADER } from '#platform/subscription/position-token.js';
import { CaseList, nextOf, type Case } from '../case-list/case-list.js';
import { CaseListQuery } from '../case-list/case-list.body.js';
import { escalationTable } from '../case-list/cases.projector.js';
import { Notes } from '../note/notes.js';
import {
  AnswerBody,
  CallBackBody,
  CloseEscalationBody,
  EscalationAnswer,
  EscalationChanged,
  EscalationsAnswer,
  OpenEscalationBody,
  SendToCityBody,
  type ContactBody,
  type EscalationLine,
} from './escalation.body.js';
import { OpenEscalation, StepEscalation, type Step } from './escalation.commands.js';
import type { Escalation } from './escalation.js';

const STEP = { 404: ['not-found'], 409: ['escalation-step'], 410: ['term-erased'] } as const;

/** Questions that the desk cannot answer by itself. (R037) */
@ApiTags('escalations')
@Controller('escalations')
export class EscalationsHttp {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(CaseList) private readonly cases: CaseList,
    @Inject(Notes) private readonly notes: Notes,
  ) {}

  /** 起票 */
  @Post()
  @CommandRoute(EscalationChanged, { 400: ['names-in-question'], 409: ['no-term'], 410: ['term-erased'] }, 201)
  open(@CurrentCall() call: Call, @Body() body: OpenEscalationBody) {
    return this.commands.execute(new OpenEscalation(call, body));
  }

  /** 責任者確認 */
  @Post(':escalationId/confirm')
  @CommandRoute(EscalationChanged, STEP)
  confirm(@CurrentCall() call: Call, @IdParam('escalationId') escalationId: string) {
    return this.step(call, escalationId, { do: 'confirm' });
  }

  /** 委託者照会中; once more is a reminder. */
  @Post(':escalationId/send-to-city')
  @CommandRoute(EscalationChanged, STEP)
  sendToCity(@CurrentCall() call: Call, @IdParam('escalationId') escalationId: string, @Body() body: SendToCityBody) {
    return this.step(call, escalationId, { do: 'sendToCity', means: body.means });
  }

  /** 指示受領: entered by the 責任者, who knows it or was told on the telephone. */
  @Post(':escalationId/answer')
  @CommandRoute(EscalationChanged, STEP)
  answer(@CurrentCall() call: Call, @IdParam('escalationId') escalationId: string, @Body() body: AnswerBody) {
    const { answeredBy, means, instruction } = body;
    return this.step(call, escalationId, { do: 'answer', answeredBy, means }, instruction);
  }

  /** 折り返し */
  @Post(':escalationId/call-back')
  @CommandRoute(EscalationChanged, { ...STEP, 409: ['escalation-step', 'no-callback-wanted', 'too-many-attempts'] })
  callBack(@CurrentCall() call: Call, @IdParam('escalationId') escalationId: string, @Body() body: CallBackBody) {
    return this.step(call, escalationId, { do: 'callBack', result: body.result });
  }

  /** 完了 */
  @Post(':escalationId/close')
  @CommandRoute(EscalationChanged, { ...STEP, 409: ['escalation-step', 'cannot-close'] })
  close(@CurrentCall() call: Call, @IdParam('escalationId') escalationId: string, @Body() body: CloseEscalationBody) {
    return this.step(call, escalationId, { do: 'close', result: body.result });
  }

  @Get()
  @QuestionRoute(EscalationsAnswer)
  async list(@Query() query: CaseListQuery, @Headers(WAIT_FOR_HEADER) position?: string): Promise<EscalationsAnswer> {
    const asked = query.toQuery();
    const found = await (await this.cases.upTo(position)).list(escalationTable, asked);
    return { escalations: found.map(lineOf), ...nextOf(found, asked) };
  }

  /** With the words that belong to it; who reads them stands in the access log. */
  @Get(':escalationId')
  @QuestionRoute(EscalationAnswer, { 404: ['not-found'] })
  async read(
    @CurrentCaller() caller: Caller,
    @IdParam('escalationId') escalationId: string,
    @Headers(WAIT_FOR_HEADER) position?: string,
  ): Promise<EscalationAnswer> {
    const found = await (await this.cases.upTo(position)).one(escalationTable, escalationId);
    const notes = await this.notes.open(caller, 'escalation', [escalationId]);
    const words = Object.fromEntries(notes.map(({ kind, content }) => [kind, content]));
    const text = (kind: string) => (words[kind] ? { [kind]: words[kind]['text'] } : {});
    return {
      ...{ ...lineOf(found), steps: [...found.steps] },
      ...{ ...text('question'), ...text('background'), ...text('instruction') },
      ...(words['contact'] && { contact: words['contact'] as unknown as ContactBody }),
    };
  }

  private step(call: Call, escalationId: string, step: Step, instruction?: string) {
    return this.commands.execute(new StepEscalation(call, escalationId, step, instruction));
  }
}

function lineOf({ id, state, overdue, opened_at }: Case<Escalation>): EscalationLine {
  const { sheetNumber, category, urgent, callbackWanted, sessionId, reservationId } = state.opened!;
  return {
    ...{ escalationId: id, state: state.state, sheetNumber, category, overdue, callbackWanted },
    ...{ urgent: urgent ?? false, attempts: state.attempts.length, openedAt: new Date(opened_at).toISOString() },
    ...(state.dueAt !== undefined && { dueAt: state.dueAt }),
    ...(sessionId !== undefined && { sessionId }),
    ...(reservationId !== undefined && { reservationId }),
    ...(state.result !== undefined && { result: state.result }),
  };
}
