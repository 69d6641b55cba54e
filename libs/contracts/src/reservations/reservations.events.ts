import { EventCatalogue } from '../event-catalogue.js';
import type { EventOf } from '../event-contract.js';
import { Internal } from '../internal.events.js';
import {
  CapacityRaised,
  ClassSessionCalledOff,
  ClassSessionClosed,
  ClassSessionRevised,
  ClassSessionScheduled,
} from './class-session.events.js';
import { ContactAttempted, ContactListStarted } from './contact-list.events.js';
import { CourseDefined, CourseRevised } from './course.events.js';
import { HoldExtended, HoldReleased, SeatHeld } from './hold.events.js';
import { AlternativesDeclined, AlternativesOffered, AlternativesTaken } from './offer.events.js';
import { PersonErased } from './person.events.js';
import {
  ApplicantCorrected,
  ReservationCancelled,
  ReservationMade,
  ReservationMovedIn,
  ReservationMovedOut,
} from './reservation.events.js';
import { TermClosed, TermErased, TermOpened, TermPlanned, TermReadinessChecked, TermRevised } from './term.events.js';
import { VenueRegistered, VenueRevised } from './venue.events.js';

const contracts = [
  TermPlanned,
  TermRevised,
  TermReadinessChecked,
  TermOpened,
  TermClosed,
  TermErased,
  VenueRegistered,
  VenueRevised,
  CourseDefined,
  CourseRevised,
  ClassSessionScheduled,
  ClassSessionRevised,
  ClassSessionClosed,
  ClassSessionCalledOff,
  CapacityRaised,
  SeatHeld,
  HoldExtended,
  HoldReleased,
  ReservationMade,
  ReservationMovedOut,
  ReservationMovedIn,
  ReservationCancelled,
  ApplicantCorrected,
  AlternativesOffered,
  AlternativesTaken,
  AlternativesDeclined,
  PersonErased,
  ContactListStarted,
  ContactAttempted,
  Internal,
];

/** Everything on the topic `reservations.events`, and nothing else. */
export const reservationsEvents = new EventCatalogue(contracts);

/** Any event of the reservations service, in its newest version. */
export type ReservationsEvent = EventOf<(typeof contracts)[number]>;
