import { Body, Controller, Get, Headers, Inject, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#contracts/access/call.js';
import { PersonsClient } from '#plan/persons-client.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { CommandRoute, QuestionRoute } from '#platform/hosting/route.js';
import { WAIT_FOR_HEADER } from '#platform/subscription/position-token.js';
import { Bookings } from '../booking/bookings.js';
import { CaseList, nextOf, type Case } from '../case-list/case-list.js';
import { callbackTable } from '../case-list/cases.projector.js';
import type { ContactBody } from '../escalation/escalation.body.js';
import { Notes } from '../note/notes.js';
import {
  CallbackAnswer,
  CallbackAttemptBody,
  CallbackChanged,
  CallbacksAnswer,
  CallbacksQuery,
  CloseCallbackBody,
  RequestCallbackBody,
  type CallbackLine,
} from './callback.body.js';
import { RequestCallback, StepCallback } from './callback.commands.js';
import { FreeSeats } from './free-seats.js';
import { answerOf } from './callback.handlers.js';
import type { Callback } from './callback.js';

/** 折り返し: returned notices, 一斉連絡, 空き連絡希望, promises. (§8.6, §8.14, §8.15) */
@ApiTags('call-backs')
@Controller('callbacks')
export class CallbacksHttp {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(CaseList) private readonly cases: CaseList,
    @Inject(Notes) private readonly notes: Notes,
    @Inject(Bookings) private readonly bookings: Bookings,
    @Inject(PersonsClient) private readonly persons: PersonsClient,
    @Inject(FreeSeats) private readonly freeSeats: FreeSeats,
  ) {}

  @Post()
  @CommandRoute(CallbackChanged, { 404: ['not-found'], 409: ['no-term', 'session-over'], 410: ['term-erased'] }, 201)
  request(@CurrentCall() call: Call, @Body() body: RequestCallbackBody) {
    return this.commands.execute(new RequestCallback(call, body));
  }

  @Post(':callbackId/attempts')
  @CommandRoute(CallbackChanged, { 404: ['not-found'], 409: ['callback-closed', 'worked-elsewhere'] }, 201)
  attempt(@CurrentCall() call: Call, @IdParam('callbackId') callbackId: string, @Body() body: CallbackAttemptBody) {
    return this.commands.execute(new StepCallback(call, callbackId, { do: 'attempt', result: body.result }));
  }

  @Post(':callbackId/close')
  @CommandRoute(CallbackChanged, { 404: ['not-found'], 409: ['callback-closed', 'cannot-close'] })
  close(@CurrentCall() call: Call, @IdParam('callbackId') callbackId: string, @Body() body: CloseCallbackBody) {
    return this.commands.execute(new StepCallback(call, callbackId, { do: 'close', result: body.result }));
  }

  @Get()
  @QuestionRoute(CallbacksAnswer)
  async list(@Query() query: CallbacksQuery, @Headers(WAIT_FOR_HEADER) position?: string): Promise<CallbacksAnswer> {
    const asked = query.toQuery();
    const found = await (await this.cases.upTo(position)).list(callbackTable, asked);
    const free = await this.freeSeats.of(wishedSessionsOf(found));
    return { callbacks: found.map((one) => lineOf(one, free)), ...nextOf(found, asked) };
  }

  /** With whom to call; who looks stands in the access log, here or where the reservation is. */
  @Get(':callbackId')
  @QuestionRoute(CallbackAnswer, { 404: ['not-found'] })
  async read(
    @CurrentCall() call: Call,
    @IdParam('callbackId') callbackId: string,
    @Headers(WAIT_FOR_HEADER) position?: string,
  ): Promise<CallbackAnswer> {
    const found = await (await this.cases.upTo(position)).one(callbackTable, callbackId);
    const contact = await this.contactOf(found, call);
    const free = await this.freeSeats.of(wishedSessionsOf([found]));
    return { ...lineOf(found, free), steps: [...found.steps], ...(contact && { contact }) };
  }

  private async contactOf({ id, state }: Case<Callback>, call: Call): Promise<ContactBody | undefined> {
    const { reservationId } = state.requested!;
    if (reservationId === undefined) {
      const [note] = await this.notes.open(call.caller, 'call-back', [id], ['contact']);
      return note?.content as ContactBody | undefined;
    }
    const booking = (await this.bookings.find([reservationId])).get(reservationId);
    if (!booking?.personId || !booking.personVersion) return undefined;
    const person = { personId: booking.personId, version: booking.personVersion };
    const [record] = (await this.persons.resolve([person], 'call-back', call.callerToken)).values();
    if (record === undefined) return undefined;
    return { name: `${record.familyName} ${record.givenName}`, phoneNumber: record.phoneNumber ?? '' };
  }
}

function wishedSessionsOf(found: readonly Case<Callback>[]): string[] {
  const wishes = found.filter(({ state }) => state.state === 'open' && state.requested!.cause === 'vacancyWish');
  return [...new Set(wishes.flatMap(({ state }) => state.requested!.sessionId ?? []))];
}

function lineOf({ id, state, overdue, opened_at }: Case<Callback>, free: ReadonlyMap<string, number>): CallbackLine {
  const { cause, dueAt, sessionId, reservationId, contactListId, noticeId } = state.requested!;
  return {
    ...{ ...answerOf(id, state), cause, overdue, attempts: [...state.attempts] },
    requestedAt: new Date(opened_at).toISOString(),
    ...(state.state === 'open' && dueAt !== undefined && { dueAt }),
    ...(sessionId !== undefined && { sessionId }),
    ...(cause === 'vacancyWish' &&
      state.state === 'open' &&
      free.has(sessionId!) && { seatsFree: free.get(sessionId!)! }),
    ...(reservationId !== undefined && { reservationId }),
    ...(contactListId !== undefined && { contactListId }),
    ...(noticeId !== undefined && { noticeId }),
  };
}
