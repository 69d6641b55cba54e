import { reservationsEvents, type ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import type { Decider } from '#kernel/decider.js';
import type { StreamRef, StreamType } from '#platform/lane/lane-command.js';
import { streamRef } from '#platform/lane/lane-command.js';
import { classSession } from '../class-session/class-session.decider.js';
import { contactList } from '../contact-list/contact-list.decider.js';
import { course } from '../course/course.decider.js';
import { offer } from '../offer/offer.decider.js';
import { person } from '../person/person.decider.js';
import { term } from '../term/term.decider.js';
import { venue } from '../venue/venue.decider.js';

// What is decided together, and under which name it stands in the log (design §4).

const sessions = streamType('class-session', classSession);
const terms = streamType('term', term);
const venues = streamType('venue', venue);
const courses = streamType('course', course);
const offers = streamType('offer', offer);
const persons = streamType('person', person);
const contactLists = streamType('contact-list', contactList);

export const sessionStream = (sessionId: string) => streamRef(sessions, sessionId);
export const termStream = (termId: string) => streamRef(terms, termId);
export const venueStream = (venueId: string) => streamRef(venues, venueId);
export const courseStream = (courseId: string) => streamRef(courses, courseId);
export const personStream = (personId: string) => streamRef(persons, personId);
export const offerStream = (offerId: string) => streamRef(offers, offerId);
export const contactListStream = (contactListId: string) => streamRef(contactLists, contactListId);

/** What a decision writes: checked strictly against its contract before it goes into the log. */
export function written(
  stream: StreamRef,
  events: readonly ReservationsEvent[],
): { readonly stream: StreamRef; readonly events: readonly ReservationsEvent[] } {
  for (const event of events) reservationsEvents.write(event.type, event.data);
  return { stream, events };
}

function streamType<State>(
  category: string,
  decider: Pick<Decider<State, never, ReservationsEvent>, 'initialState' | 'evolve'>,
): StreamType<State, ReservationsEvent> {
  return {
    category,
    initialState: decider.initialState,
    evolve: decider.evolve,
    read: ({ type, schemaVersion, data }) => reservationsEvents.read(type, schemaVersion, data),
    schemaVersion: (type) => reservationsEvents.latest(type),
  };
}
