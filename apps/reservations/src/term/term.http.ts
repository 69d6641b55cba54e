import { Body, Controller, Get, Inject, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Refusal } from '#kernel/refusal.js';
import { businessDays } from '#calendar/business-days.js';
import type { Call } from '#contracts/access/call.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { CommandRoute, QuestionRoute } from '#platform/hosting/route.js';
import { invalidBody } from '#platform/service/validation.js';
import { termIdOf } from '../desk/ids.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { plain } from '#platform/hosting/plain.js';
import { Rows } from '#platform/hosting/rows.js';
import { READINESS_ITEMS } from '#contracts/reservations/term.events.js';
import { ChangeTerm, CheckReadiness } from './term.commands.js';
import { ReadinessBody, TermAnswer, TermBody, TermChanged, TermsAnswer } from './term.body.js';
import type { TermPlan } from './term.decider.js';
import type { TermRow } from './term.row.js';

@ApiTags('terms')
@Controller('terms')
export class TermsHttp {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(Rows) private readonly rows: Rows,
  ) {}

  @Get()
  @QuestionRoute(TermsAnswer)
  async list(): Promise<TermsAnswer> {
    const rows = await this.rows.all<TermRow>(
      'terms',
      `select state, plan, readiness from term order by plan ->> 'fiscalYear', (plan ->> 'termNo')::int`,
    );
    return { terms: rows.map(termAnswer) };
  }

  @Get(':termId')
  @QuestionRoute(TermAnswer, { 404: ['not-found'] })
  async read(@IdParam('termId') termId: string): Promise<TermAnswer> {
    const row = await this.rows.first<TermRow>('term', 'select state, plan, readiness from term where term_id = $1', [
      termId,
    ]);
    if (row === undefined) throw new Refusal('not-found', 'not-found', 'There is no such term.');
    return termAnswer(row);
  }

  @Post()
  @CommandRoute(TermChanged, { 409: ['term-exists'], 410: ['term-erased'] }, 201)
  plan(@CurrentCall() call: Call, @Body() body: TermBody) {
    const termId = termIdOf(body.fiscalYear, body.termNo);
    return this.commands.execute(new ChangeTerm(call, termId, { do: 'plan', plan: planOf(termId, body) }));
  }

  @Put(':termId')
  @CommandRoute(TermChanged, { 404: ['not-found'], 410: ['term-erased'] })
  revise(@CurrentCall() call: Call, @IdParam('termId') termId: string, @Body() body: TermBody) {
    if (termId !== termIdOf(body.fiscalYear, body.termNo)) {
      throw invalidBody([{ field: 'termNo', rules: ['fixed'] }]);
    }
    return this.commands.execute(new ChangeTerm(call, termId, { do: 'revise', plan: planOf(termId, body) }));
  }

  /** 開設準備: who looked and what was found stands in the term. (R039) */
  @Post(':termId/readiness')
  @CommandRoute(TermChanged, { 404: ['not-found'], 410: ['term-erased'] })
  check(@CurrentCall() call: Call, @IdParam('termId') termId: string, @Body() body: ReadinessBody) {
    return this.commands.execute(new CheckReadiness(call, termId, body));
  }

  @Post(':termId/open')
  @CommandRoute(TermChanged, { 404: ['not-found'], 409: ['term-not-ready'], 410: ['term-erased'] })
  open(@CurrentCall() call: Call, @IdParam('termId') termId: string) {
    return this.commands.execute(new ChangeTerm(call, termId, { do: 'open', termId }));
  }

  @Post(':termId/close')
  @CommandRoute(TermChanged, { 404: ['not-found'], 410: ['term-erased'] })
  close(@CurrentCall() call: Call, @IdParam('termId') termId: string) {
    return this.commands.execute(new ChangeTerm(call, termId, { do: 'close', termId }));
  }
}

function termAnswer({ plan, state, readiness }: TermRow): TermAnswer {
  const { from, to, exceptions } = plan.reception;
  const items = READINESS_ITEMS.map((item) => ({ item, ready: false, ...readiness[item] }));
  return { ...plan, state, openDays: businessDays(from, to, exceptions), readiness: items } as TermAnswer;
}

/** @throws Refusal `invalid-body` for periods that end before they begin */
function planOf(termId: string, body: TermBody): TermPlan {
  const { reception, bookableClasses, dispatchWindow } = body;
  const wrong = [
    ...(reception.to < reception.from ? ['reception.to'] : []),
    ...(reception.closesAt <= reception.opensAt ? ['reception.closesAt'] : []),
    ...(bookableClasses.to !== undefined && bookableClasses.to < bookableClasses.from ? ['bookableClasses.to'] : []),
    ...(dispatchWindow.to < dispatchWindow.from ? ['dispatchWindow.to'] : []),
  ];
  if (wrong.length > 0) throw invalidBody(wrong.map((field) => ({ field, rules: ['notBeforeStart'] })));
  return { termId, ...plain(body) } as TermPlan;
}
