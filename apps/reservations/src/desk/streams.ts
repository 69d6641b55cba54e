import { reservationsEvents, type ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import { streamTypesIn } from '#platform/hosting/event-streams.js';
import { streamRef } from '#platform/lane/lane-command.js';
import { classSession } from '../class-session/class-session.decider.js';
import { contactList } from '../contact-list/contact-list.decider.js';
import { course } from '../course/course.decider.js';
import { offer } from '../offer/offer.decider.js';
import { person } from '../person/person.decider.js';
import { term } from '../term/term.decider.js';
import { venue } from '../venue/venue.decider.js';

// What is decided together, and under which name it stands in the log (design §4).

const streamType = streamTypesIn<ReservationsEvent>(reservationsEvents);

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
