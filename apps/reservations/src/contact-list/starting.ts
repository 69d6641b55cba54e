import type { ContactListStarted } from '#contracts/reservations/contact-list.events.js';
import { fold } from '#kernel/decider.js';
import { idFrom } from '#kernel/ids.js';
import type { States, StreamRef } from '#platform/lane/lane-command.js';
import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import type { SideWrite } from '#platform/log/side-table.js';
import type { ClassSession } from '../class-session/class-session.js';
import { contactListStream } from '../desk/streams.js';
import { contactList } from './contact-list.decider.js';
import { contactListRow } from './contact-list.row.js';

const LISTS = '4a0d3b52-6f47-4c39-8f0f-0b1e7f2d9c53';

/** The list that a change of a session by the city starts, in one commit with it; none when nobody is booked. */
export class ContactListStart {
  readonly contactListId: string;
  readonly stream;

  constructor(
    commandId: string,
    private readonly sessionId: string,
  ) {
    this.contactListId = idFrom(LISTS, commandId, sessionId);
    this.stream = contactListStream(this.contactListId);
  }

  decide(
    states: States,
    session: ClassSession,
    cause: ContactListStarted['data']['cause'],
    now: number,
  ): {
    readonly events: readonly (readonly [StreamRef, readonly ReservationsEvent[]])[];
    readonly sides: readonly SideWrite[];
    readonly contactListId?: string;
  } {
    const { contactListId, sessionId } = this;
    const reservationIds = [...session.seats.keys()];
    if (reservationIds.length === 0) return { events: [], sides: [] };
    const list = { contactListId, sessionId, cause, reservationIds };
    const before = states.of(this.stream);
    const events = contactList.decide({ do: 'start', list }, before);
    const sides = [contactListRow(fold(contactList, events, before), now)];
    return { events: [[this.stream, events]], sides, contactListId };
  }
}
