import { Body, Controller, Get, Inject, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#contracts/access/call.js';
import { Refusal } from '#kernel/refusal.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { CommandRoute, QuestionRoute } from '#platform/hosting/route.js';
import { invalidBody } from '#platform/service/validation.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { sessionIdOf } from '../desk/ids.js';
import { plain } from '#platform/hosting/plain.js';
import { Rows } from '#platform/hosting/rows.js';
import { ChangeClassSession, ReviseClassSession, ScheduleClassSession } from './change-class-session.commands.js';
import {
  CallOffBody,
  EndingBody,
  RaiseCapacityBody,
  SessionAnswer,
  SessionBody,
  SessionChanged,
  SessionRevisionBody,
} from './class-session.body.js';
import type { SessionPlan } from './class-session.commands.js';
import type { SessionRow } from './class-session.row.js';

@ApiTags('sessions')
@Controller('sessions')
export class ClassSessionsHttp {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(Rows) private readonly rows: Rows,
  ) {}

  @Get(':sessionId')
  @QuestionRoute(SessionAnswer, { 404: ['not-found'] })
  async read(@IdParam('sessionId') sessionId: string): Promise<SessionAnswer> {
    const row = await this.rows.first<SessionRow>(
      'session',
      'select state, plan from class_session where session_id = $1',
      [sessionId],
    );
    if (row === undefined) throw new Refusal('not-found', 'not-found', 'There is no such session.');
    return { ...row.plan, state: row.state } as SessionAnswer;
  }

  @Post()
  @CommandRoute(SessionChanged, { 404: ['not-found'], 409: ['session-code-taken'], 410: ['term-erased'] }, 201)
  schedule(@CurrentCall() call: Call, @Body() body: SessionBody) {
    const plan = planFrom(sessionIdOf(body.termId, body.sessionCode), body);
    return this.commands.execute(new ScheduleClassSession(call, plan));
  }

  @Put(':sessionId')
  @CommandRoute(SessionChanged, {
    404: ['not-found'],
    409: ['confirmation-needed', 'session-fixed', 'session-not-open'],
    410: ['term-erased'],
  })
  revise(@CurrentCall() call: Call, @IdParam('sessionId') sessionId: string, @Body() body: SessionRevisionBody) {
    const { confirmAffected, agreementNumber, ...rest } = body;
    const plan = planFrom(sessionId, rest);
    return this.commands.execute(new ReviseClassSession(call, plan, confirmAffected, agreementNumber));
  }

  @Post(':sessionId/close')
  @CommandRoute(SessionChanged, { 404: ['not-found'], 409: ['session-not-open'], 410: ['term-erased'] })
  close(@CurrentCall() call: Call, @IdParam('sessionId') sessionId: string, @Body() body: EndingBody) {
    const { reason, ...rest } = plain(body);
    return this.commands.execute(new ChangeClassSession(call, sessionId, { do: 'close', ...rest }, reason));
  }

  @Post(':sessionId/call-off')
  @CommandRoute(SessionChanged, { 404: ['not-found'], 410: ['term-erased'] })
  callOff(@CurrentCall() call: Call, @IdParam('sessionId') sessionId: string, @Body() body: CallOffBody) {
    const { reason, ...rest } = plain(body);
    return this.commands.execute(new ChangeClassSession(call, sessionId, { do: 'callOff', ...rest }, reason));
  }

  @Post(':sessionId/raise-capacity')
  @CommandRoute(SessionChanged, {
    404: ['not-found'],
    409: ['capacity-not-raised', 'session-not-open'],
    410: ['term-erased'],
  })
  raise(@CurrentCall() call: Call, @IdParam('sessionId') sessionId: string, @Body() body: RaiseCapacityBody) {
    const { reason, ...rest } = plain(body);
    return this.commands.execute(new ChangeClassSession(call, sessionId, { do: 'raiseCapacity', ...rest }, reason));
  }
}

/** @throws Refusal `invalid-body` for dates out of order and classes that end before they begin */
export function planFrom(sessionId: string, body: SessionBody): SessionPlan {
  const wrong = body.dates.flatMap(({ date, startsAt, endsAt }, nth) => [
    ...(endsAt <= startsAt ? [{ field: `dates.${nth}.endsAt`, rules: ['afterStart'] }] : []),
    ...(nth > 0 && date <= body.dates[nth - 1]!.date ? [{ field: `dates.${nth}.date`, rules: ['inOrder'] }] : []),
  ]);
  if (wrong.length > 0) throw invalidBody(wrong);
  return { sessionId, ...plain(body) };
}
