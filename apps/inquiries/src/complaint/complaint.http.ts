import { Body, Controller, Get, Headers, Inject, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Call, Caller } from '#contracts/access/call.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { CommandRoute, QuestionRoute } from '#platform/hosting/route.js';
import { CurrentCaller } from '#platform/service/caller.js';
import { WAIT_FOR_HEADER } from '#platform/subscription/position-token.js';
import { CaseListQuery } from '../case-list/case-list.body.js';
import { CaseList, nextOf, type Case } from '../case-list/case-list.js';
import { complaintTable } from '../case-list/cases.projector.js';
import type { ContactBody } from '../escalation/escalation.body.js';
import { Notes, type OpenedNote } from '../note/notes.js';
import {
  CloseComplaintBody,
  ComplaintAnswer,
  ComplaintChanged,
  ComplaintNoteBody,
  ComplaintsAnswer,
  RaiseComplaintBody,
  ToldToCityBody,
  type ComplaintLine,
} from './complaint.body.js';
import { RaiseComplaint, StepComplaint } from './complaint.commands.js';
import { dueOfComplaint } from './complaint.decider.js';
import { answerOf } from './complaint.handlers.js';
import { CITY_CHECKLIST, type Complaint } from './complaint.js';

const STEP = { 404: ['not-found'], 409: ['complaint-closed'], 410: ['term-erased'] } as const;

/** Complaints: in a report by the end of the next business day, urgent ones by telephone at once. (R043, R044) */
@ApiTags('complaints')
@Controller('complaints')
export class ComplaintsHttp {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(CaseList) private readonly cases: CaseList,
    @Inject(Notes) private readonly notes: Notes,
  ) {}

  @Post()
  @CommandRoute(ComplaintChanged, { 400: ['not-yet-received'], 409: ['no-term'], 410: ['term-erased'] }, 201)
  raise(@CurrentCall() call: Call, @Body() body: RaiseComplaintBody) {
    return this.commands.execute(new RaiseComplaint(call, body));
  }

  @Post(':complaintId/urgent')
  @CommandRoute(ComplaintChanged, STEP)
  markUrgent(@CurrentCall() call: Call, @IdParam('complaintId') complaintId: string) {
    return this.commands.execute(new StepComplaint(call, complaintId, { do: 'markUrgent' }));
  }

  /** A call to the city: when, who, what. */
  @Post(':complaintId/city-calls')
  @CommandRoute(
    ComplaintChanged,
    { ...STEP, 400: ['told-at-impossible'], 409: ['complaint-closed', 'not-urgent'] },
    201,
  )
  tellCity(@CurrentCall() call: Call, @IdParam('complaintId') complaintId: string, @Body() body: ToldToCityBody) {
    const { who = '', what = '', toldAt, means, reached, checklist } = body;
    const step = { do: 'tellCity', means, reached, checklist, ...(toldAt !== undefined && { toldAt }) } as const;
    const words = { kind: 'cityCall', content: { text: what, who } } as const;
    return this.commands.execute(new StepComplaint(call, complaintId, step, words));
  }

  /** 対応経過・結果・再発防止・委託者への依頼 */
  @Post(':complaintId/notes')
  @CommandRoute(ComplaintChanged, STEP, 201)
  note(@CurrentCall() call: Call, @IdParam('complaintId') complaintId: string, @Body() body: ComplaintNoteBody) {
    const { part, text } = body;
    const words = { kind: part, content: { text } };
    return this.commands.execute(new StepComplaint(call, complaintId, { do: 'note', part }, words));
  }

  /** The 責任者 reports it to the city, in the 日次報告書 of today. */
  @Post(':complaintId/report')
  @CommandRoute(ComplaintChanged, { ...STEP, 409: ['already-reported'] })
  report(@CurrentCall() call: Call, @IdParam('complaintId') complaintId: string) {
    return this.commands.execute(new StepComplaint(call, complaintId, { do: 'report' }));
  }

  @Post(':complaintId/close')
  @CommandRoute(ComplaintChanged, { ...STEP, 409: ['complaint-closed', 'complaint-not-reported', 'city-not-told'] })
  close(@CurrentCall() call: Call, @IdParam('complaintId') complaintId: string, @Body() body: CloseComplaintBody) {
    return this.commands.execute(new StepComplaint(call, complaintId, { do: 'close', result: body.result }));
  }

  @Get()
  @QuestionRoute(ComplaintsAnswer)
  async list(@Query() query: CaseListQuery, @Headers(WAIT_FOR_HEADER) position?: string): Promise<ComplaintsAnswer> {
    const asked = query.toQuery();
    const found = await (await this.cases.upTo(position)).list(complaintTable, asked);
    return { complaints: found.map(lineOf), ...nextOf(found, asked) };
  }

  /** With its words and the checklist for the call to the city; who reads them stands in the access log. */
  @Get(':complaintId')
  @QuestionRoute(ComplaintAnswer, { 404: ['not-found'] })
  async read(
    @CurrentCaller() caller: Caller,
    @IdParam('complaintId') complaintId: string,
    @Headers(WAIT_FOR_HEADER) position?: string,
  ): Promise<ComplaintAnswer> {
    const found = await (await this.cases.upTo(position)).one(complaintTable, complaintId);
    const opened = await this.notes.open(caller, 'complaint', [complaintId]);
    const contact = opened.find(({ kind }) => kind === 'contact')?.content;
    return {
      ...{ ...lineOf(found), steps: [...found.steps] },
      notes: opened.filter(({ kind }) => kind !== 'contact').map(noteOf),
      ...(contact && { contact: contact as unknown as ContactBody }),
      checklist: Object.entries(CITY_CHECKLIST).map(([point, text]) => ({ point, text })),
    };
  }
}

function lineOf({ id, state, overdue }: Case<Complaint>): ComplaintLine {
  const { category, receivedAt } = state.raised!;
  const dueAt = dueOfComplaint(state);
  const minutes = state.told.find(({ reached }) => reached)?.minutesToReach;
  return {
    ...{ ...answerOf(id, state), category, receivedAt, overdue },
    ...(dueAt !== undefined && { dueAt }),
    ...(minutes !== undefined && { minutesToReach: minutes }),
    ...(state.reported && { onTime: state.reported.onTime }),
    ...(state.result !== undefined && { result: state.result }),
  };
}

function noteOf({ kind, writtenAt, content }: OpenedNote) {
  const { text = '', who } = content;
  return { part: kind, writtenAt, text, ...(who && { who }) };
}
