import { Inject, Injectable } from '@nestjs/common';
import { dateAt } from '#calendar/civil-time.js';
import type { Call } from '#contracts/access/call.js';
import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import { systemClock } from '#kernel/clock.js';
import { idFrom } from '#kernel/ids.js';
import { asReservationsEvent } from '#plan/plan.projector.js';
import { Planned, type SessionFacts } from '#plan/planned.js';
import type { HeardEvent } from '#platform/subscription/subscriber.js';
import { KeyDirectory } from '#vault/key-directory.js';
import { Spool } from '../document/spool.js';
import { Expectations } from '../expectation/expectations.js';
import { DigestKeys } from '../notice-batch/digest-keys.js';
import { NoticeList } from '../notice-list/notice-list.js';
import { isOnCard } from './card-news.policy.js';
import type { NextNotice, Seat } from './notice.js';
import type { NoticeCommand } from './notice.decider.js';
import { NoticeDesk } from './notice-desk.js';

/** What follows from the events of reservations, once each: who must be told of what. Never built again. (design §3) */
@Injectable()
export class NoticeJobs {
  constructor(
    @Inject(NoticeDesk) private readonly desk: NoticeDesk,
    @Inject(NoticeList) private readonly list: NoticeList,
    @Inject(Planned) private readonly planned: Planned,
    @Inject(Expectations) private readonly expectations: Expectations,
    @Inject(KeyDirectory) private readonly keys: KeyDirectory,
    @Inject(DigestKeys) private readonly digestKeys: DigestKeys,
    @Inject(Spool) private readonly spool: Spool,
  ) {}

  async react(heard: HeardEvent, commandId: string): Promise<void> {
    const event = asReservationsEvent(heard);
    const call = callOf(heard, commandId);
    switch (event.type) {
      case 'ReservationMade':
        return this.seat(call, event.data, event.data.sessionId, true);
      case 'ReservationMovedIn':
      case 'ReservationMovedOut':
        return this.seat(call, event.data, event.data.toSessionId, true);
      case 'ApplicantCorrected':
        return this.seat(call, event.data, event.data.sessionId, isOnCard(event));
      case 'ReservationCancelled': {
        const { reservationId, reservationRevision: revision } = event.data;
        return this.send(call, reservationId, { do: 'end', reservationId, reason: 'cancelled', revision });
      }
      case 'ClassSessionRevised':
        return isOnCard(event) ? this.reviseSession(call, event.data.sessionId) : undefined;
      case 'VenueRevised':
        return isOnCard(event) ? this.reviseSessions(call, { venueId: event.data.venueId }) : undefined;
      case 'CourseRevised':
        return isOnCard(event) ? this.reviseSessions(call, { courseId: event.data.courseId }) : undefined;
      case 'ClassSessionCalledOff':
        return this.callOff(call, event.data.sessionId);
      case 'PersonErased':
        return this.erase(call, { personId: event.data.personId });
      case 'TermErased':
        return this.eraseTerm(call, event.data.termId);
    }
  }

  private async seat(call: Call, data: Seated, sessionId: string, isOnCard: boolean): Promise<void> {
    const { reservationId, reservationRevision: revision, personId, personVersion, postalCodeMissing } = data;
    if (this.keys.isErased('person', personId)) {
      return this.send(call, reservationId, { do: 'end', reservationId, reason: 'erased', revision });
    }
    const seat: Seat = { sessionId, personId, personVersion, ...(postalCodeMissing && { postalCodeMissing }) };
    const { isOver, next } = await this.next(call, sessionId, reservationId);
    return this.send(call, reservationId, { do: 'seat', reservationId, revision, seat, isOnCard, isOver, next });
  }

  private async reviseSession(call: Call, sessionId: string): Promise<void> {
    for (const { reservation_id: reservationId } of await this.list.attendees({ sessionId })) {
      const one = forOne(call, reservationId);
      const ahead = await this.next(one, sessionId, reservationId);
      await this.send(one, reservationId, { do: 'reviseSession', reservationId, sessionId, ...ahead });
    }
  }

  private async reviseSessions(call: Call, of: Parameters<Planned['sessionsWith']>[0]): Promise<void> {
    for (const sessionId of await this.planned.sessionsWith(of)) await this.reviseSession(call, sessionId);
  }

  private async callOff(call: Call, sessionId: string): Promise<void> {
    for (const { reservation_id: reservationId } of await this.list.attendees({ sessionId })) {
      await this.send(forOne(call, reservationId), reservationId, { do: 'callOff', reservationId, sessionId });
    }
  }

  private async erase(call: Call, of: { personId?: string; sessionId?: string }): Promise<void> {
    for (const { reservation_id: reservationId, person_id: personId } of await this.list.attendees({
      ...of,
      isEnded: true,
    })) {
      const batchIds = await this.digestKeys.batchesOf(personId);
      const sides = await this.digestKeys.removalOf(personId);
      const one = forOne(call, reservationId);
      const command: NoticeCommand = { do: 'end', reservationId, reason: 'erased' };
      await this.desk.submit(one, reservationId, () => command, () => null, sides); // prettier-ignore
      await this.spool.deleteOfBatches(batchIds, 'person-erased');
    }
  }

  private async eraseTerm(call: Call, termId: string): Promise<void> {
    await this.spool.deleteOfTerm(termId);
    for (const sessionId of (await this.planned.sessionsOfTerm(termId)).keys()) await this.erase(call, { sessionId });
    await this.digestKeys.forgetTerm(termId);
  }

  private async send(call: Call, reservationId: string, command: NoticeCommand): Promise<void> {
    await this.desk.submit(
      call,
      reservationId,
      () => command,
      () => null,
    );
  }

  /** The notice that would become due, and whether it is too late for any. */
  private async next(call: Call, sessionId: string, reservationId: string) {
    const now = systemClock.now();
    const facts = (await this.planned.sessions([sessionId])).get(sessionId);
    const expectation = await this.expectations.find(facts, now);
    const { arriveBy, predictedArrival, lane } = expectation ?? {};
    const next: NextNotice = {
      noticeId: idFrom(call.commandId, 'notice', reservationId),
      ...(lane && { expected: { arriveBy: arriveBy!, predictedArrival: predictedArrival!, lane } }),
    };
    return { next, isOver: isOver(facts, dateAt(now)) };
  }
}

type Seated = Extract<
  ReservationsEvent,
  { type: 'ReservationMade' | 'ApplicantCorrected' | 'ReservationMovedIn' }
>['data'];

/** What has not been heard of yet is not over. */
function isOver(facts: SessionFacts | undefined, today: string): boolean {
  return facts !== undefined && (facts.session.state === 'calledOff' || facts.session.plan.dates.at(-1)!.date < today);
}

function callOf({ eventId, metadata }: HeardEvent, commandId: string): Call {
  const { correlationId } = metadata;
  return {
    caller: { accountId: 'notices', roles: [], handler: false },
    commandId,
    metadata: { causationId: eventId, ...(correlationId !== undefined && { correlationId }) },
    body: null,
  };
}

/** One event, a command for each reservation that it is about. */
function forOne(call: Call, reservationId: string): Call {
  return { ...call, commandId: idFrom(call.commandId, reservationId) };
}
