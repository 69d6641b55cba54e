import { Inject, Injectable } from '@nestjs/common';
import { unattendedCall } from '#contracts/access/call.js';
import type { NoticeReturned } from '#contracts/notices/notice.events.js';
import type { NoticesEvent } from '#contracts/notices/notices.events.js';
import type { ContactAttempted, ContactListStarted } from '#contracts/reservations/contact-list.events.js';
import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import { idFrom } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import type { PlannedSession } from '#plan/plan.row.js';
import { Planned } from '#plan/planned.js';
import { Rows } from '#platform/hosting/rows.js';
import type { HeardEvent } from '#platform/subscription/subscriber.js';
import { CASES } from '../case-list/cases.projector.js';
import { Desk } from '../desk/desk.js';
import { forgetDrafts } from '../draft/forgotten-drafts.js';
import { callbackStream } from '../desk/streams.js';
import { DeskClock, type DeskDay } from '../reception/desk-clock.js';
import { callback } from './callback.decider.js';
import type { CallbackCommand } from './callback.js';
import { callBy, lapsesFrom } from './lapsing.policy.js';

const JOBS = 'a94f0c61-2d3b-4e8a-97c5-6b1e8f2d7a04';

export const callbackOfNotice = (noticeId: string) => idFrom(JOBS, 'notice', noticeId);
export const callbackOfList = (contactListId: string, reservationId: string) =>
  idFrom(JOBS, 'contact-list', contactListId, reservationId);

type Heard = ReservationsEvent | NoticesEvent;

/** What others tell that makes somebody call, or makes a call needless. Each event acts once, however often it comes. */
@Injectable()
export class CallbackJobs {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(DeskClock) private readonly clock: DeskClock,
    @Inject(Planned) private readonly planned: Planned,
    @Inject(Rows) private readonly rows: Rows,
  ) {}

  async react(heard: HeardEvent, commandId: string): Promise<void> {
    const event = heard as unknown as Heard;
    switch (event.type) {
      case 'NoticeReturned':
        return this.returned(event.data, heard.at, commandId);
      case 'ContactListStarted':
        return this.listStarted(event.data, heard.at, commandId);
      case 'ContactAttempted':
        return this.listAttempted(event.data, commandId);
      case 'ReservationCancelled':
        return this.cancelled(event.data.reservationId, commandId);
      case 'ClassSessionCalledOff':
        return this.calledOff(event.data.sessionId, commandId);
      case 'PersonErased':
        return this.forget('person_id', event.data.personId);
      case 'TermErased':
        await this.forget('term_id', event.data.termId);
        return forgetDrafts(this.rows, event.data.termId, heard.at);
      default:
        return;
    }
  }

  /** 返戻: the person is called by the end of the next business day, to ask where the notice should go. (§8.6) */
  private async returned(data: NoticeReturned['data'], at: number, commandId: string): Promise<void> {
    const { noticeId, reservationId, reservationRevision, sessionId, personId } = data;
    const request = {
      ...{ cause: 'returnedMail' as const, noticeId, reservationId, reservationRevision, sessionId, personId },
      ...(await this.timesOf('returnedMail', sessionId, at)),
    };
    await this.submit(commandId, [{ do: 'request', callbackId: callbackOfNotice(noticeId), request }]);
  }

  /** 一斉連絡: everybody on the list. It is worked there; here it stands among all that have to be called. (§8.14) */
  private async listStarted(data: ContactListStarted['data'], at: number, commandId: string): Promise<void> {
    const { contactListId, sessionId, reservationIds } = data;
    const times = await this.timesOf('contactList', sessionId, at);
    const commands = reservationIds.map((reservationId): CallbackCommand => {
      const request = { cause: 'contactList' as const, contactListId, reservationId, sessionId, ...times };
      return { do: 'request', callbackId: callbackOfList(contactListId, reservationId), request };
    });
    await this.submit(commandId, commands);
  }

  private listAttempted({ contactListId, reservationId, result }: ContactAttempted['data'], commandId: string) {
    return this.submit(commandId, [{ do: 'hear', callbackId: callbackOfList(contactListId, reservationId), result }]);
  }

  /** Whoever cancelled needs no notice; who has to be told of a change is told all the same. */
  private async cancelled(reservationId: string, commandId: string): Promise<void> {
    const open = await this.openCallbacks('reservation_id', reservationId, 'returnedMail');
    await this.submit(commandId, open.map((callbackId) => ({ do: 'withdraw', callbackId }))); // prettier-ignore
  }

  /** In a session that does not take place no seat becomes free. */
  private async calledOff(sessionId: string, commandId: string): Promise<void> {
    const open = await this.openCallbacks('session_id', sessionId, 'vacancyWish');
    await this.submit(commandId, open.map((callbackId) => ({ do: 'withdraw', callbackId }))); // prettier-ignore
  }

  /** What was sealed about somebody goes with the person or the term; without the keys it was unreadable already. */
  private async forget(column: 'person_id' | 'term_id', id: string): Promise<void> {
    await this.rows.all(`forget-${column}`, `delete from answer_note where ${column} = $1`, [id]);
  }

  private async openCallbacks(column: 'reservation_id' | 'session_id', id: string, cause: string): Promise<string[]> {
    const rows = await this.rows.all<{ id: string }>(
      `open-callbacks-by-${column}`,
      `select id from ${CASES}.callback where ${column} = $1 and cause = $2 and open order by id`,
      [id, cause],
    );
    return rows.map((row) => row.id);
  }

  private async timesOf(cause: 'returnedMail' | 'contactList', sessionId: string, at: number) {
    const session = (await this.planned.sessions([sessionId])).get(sessionId)?.session;
    const day = await this.dayAt(at);
    if (day === undefined) return {};
    const dueAt = new Date(callBy(at, session?.plan.dates, day.hours)).toISOString();
    return { dueAt, ...(session && this.lapse(cause, session, day)) };
  }

  private lapse(cause: 'returnedMail' | 'contactList', { plan }: PlannedSession, { hours }: DeskDay) {
    return { termId: plan.termId, lapsesAt: new Date(lapsesFrom(cause, plan.dates, hours)).toISOString() };
  }

  /** Undefined where no term is known yet: streams arrive in any order, and the call has to be made all the same. */
  private async dayAt(at: number): Promise<DeskDay | undefined> {
    const dayAt = await this.clock.read();
    try {
      return dayAt(at);
    } catch (thrown) {
      if (thrown instanceof Refusal) return undefined;
      throw thrown;
    }
  }

  private async submit(commandId: string, commands: readonly CallbackCommand[]): Promise<void> {
    if (commands.length === 0) return;
    const streams = commands.map(({ callbackId }) => callbackStream(callbackId));
    await this.desk.submit(unattendedCall('callback-jobs', commandId), {
      writes: streams,
      decide: (states) => ({
        events: commands.map((command, i) => [streams[i]!, callback.decide(command, states.of(streams[i]!))] as const),
        answer: null,
      }),
    });
  }
}
