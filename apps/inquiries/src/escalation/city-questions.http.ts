import { Body, Controller, Get, Headers, Inject, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Call, Caller } from '#contracts/access/call.js';
import { Planned, type SessionFacts } from '#plan/planned.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { CommandRoute, QuestionRoute } from '#platform/hosting/route.js';
import { CurrentCaller } from '#platform/service/caller.js';
import { WAIT_FOR_HEADER } from '#platform/subscription/position-token.js';
import { CaseList, type Case } from '../case-list/case-list.js';
import { escalationTable } from '../case-list/cases.projector.js';
import { Notes } from '../note/notes.js';
import { CityAnswerBody, CityQuestionsAnswer, CityQuestionsQuery, EscalationChanged, type CityQuestion } from './escalation.body.js'; // prettier-ignore
import { StepEscalation } from './escalation.commands.js';
import type { Escalation } from './escalation.js';

/** 市へ確認中: what the 責任者 has asked the city, as the city reads and answers it. It names nobody. (§4.3) */
@ApiTags('escalations')
@Controller('city-questions')
export class CityQuestionsHttp {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(CaseList) private readonly cases: CaseList,
    @Inject(Notes) private readonly notes: Notes,
    @Inject(Planned) private readonly planned: Planned,
  ) {}

  /** What waits for an answer first, then what was answered. */
  @Get()
  @QuestionRoute(CityQuestionsAnswer)
  async list(
    @CurrentCaller() caller: Caller,
    @Query() { limit = 500, after }: CityQuestionsQuery,
    @Headers(WAIT_FOR_HEADER) position?: string,
  ): Promise<CityQuestionsAnswer> {
    const found = await this.sentToCity(await this.cases.upTo(position), limit + 1, after);
    const asked = found.slice(0, limit);
    const ids = asked.map(({ id }) => id);
    // What the 責任者 answered without the city was written for the desk, and may name somebody
    const answered = asked.filter(({ state }) => state.answeredBy === 'city').map(({ id }) => id);
    const notes = [
      ...(await this.notes.open(caller, 'city-question', ids, ['question'], true)),
      ...(await this.notes.open(caller, 'city-question', answered, ['instruction'], true)),
    ];
    const textOf = (id: string, kind: string) =>
      notes.findLast((note) => note.ownerId === id && note.kind === kind)?.content['text'];
    const sessionIds = asked.flatMap(({ state }) => state.opened?.sessionId ?? []);
    const facts = await this.planned.sessions(sessionIds);
    const questions = asked.map(
      (one) =>
      questionOf(one, textOf(one.id, 'question'), textOf(one.id, 'instruction'), facts.get(one.state.opened!.sessionId ?? '')), // prettier-ignore
    );
    return {
      questions: questions.toSorted((a, b) => Number(a.state !== 'withCity') - Number(b.state !== 'withCity')),
      ...(found.length > limit && { next: asked.at(-1)!.id }),
    };
  }

  /** Among all escalations, those that went to the city: from behind `after` on, at most so many. */
  private async sentToCity(cases: CaseList, most: number, after?: string): Promise<Case<Escalation>[]> {
    const sent: Case<Escalation>[] = [];
    for (let from = after; ;) {
      const all = await cases.list(escalationTable, { limit: 500, after: from });
      sent.push(...all.filter(({ steps }) => steps.some(({ type }) => type === 'EscalationSentToCity')));
      if (all.length < 500 || sent.length >= most) return sent.slice(0, most);
      from = all.at(-1)!.id;
    }
  }

  /** 指示, by the city itself. */
  @Post(':escalationId/answer')
  @CommandRoute(EscalationChanged, { 404: ['not-found'], 409: ['escalation-step'], 410: ['term-erased'] })
  answer(@CurrentCall() call: Call, @IdParam('escalationId') escalationId: string, @Body() body: CityAnswerBody) {
    const step = { do: 'answer', answeredBy: 'city', means: 'inbox' } as const;
    return this.commands.execute(new StepEscalation(call, escalationId, step, body.instruction));
  }
}

function questionOf(
  { id, state, steps }: Case<Escalation>,
  question: string | undefined,
  instruction: string | undefined,
  facts: SessionFacts | undefined,
): CityQuestion {
  const { sheetNumber, category, urgent } = state.opened!;
  const at = (type: string) => steps.find((step) => step.type === type)?.at;
  const [askedAt, answeredAt] = [at('EscalationSentToCity'), at('EscalationAnswered')];
  return {
    ...{ escalationId: id, sheetNumber, category, urgent: urgent ?? false, state: state.state },
    ...(askedAt !== undefined && { askedAt }),
    ...(answeredAt !== undefined && { answeredAt }),
    ...(state.state === 'withCity' && state.dueAt !== undefined && { dueAt: state.dueAt }),
    ...(question !== undefined && { question }),
    ...(instruction !== undefined && { instruction }),
    ...(facts && { sessionCode: facts.session.plan.sessionCode }),
    ...(facts?.course && { courseTitle: facts.course.plan.title }),
    ...(facts?.venue && { venueName: facts.venue.plan.name }),
  };
}
