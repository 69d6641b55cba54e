import type { AnyCatalogue } from '#contracts/event-catalogue.js';
import { inquiriesEvents, type InquiriesEvent } from '#contracts/inquiries/inquiries.events.js';
import { noticesEvents, type NoticesEvent } from '#contracts/notices/notices.events.js';
import { reservationsEvents, type ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import { dateAt, timeAt } from '#calendar/civil-time.js';
import type { HeardEvent } from '#platform/subscription/subscriber.js';

/** The services whose logs the numbers are made of. */
export const SOURCES = ['reservations', 'notices', 'inquiries'] as const;
export type Source = (typeof SOURCES)[number];

const CATALOGUES: Readonly<Record<Source, AnyCatalogue>> = {
  reservations: reservationsEvents,
  notices: noticesEvents,
  inquiries: inquiriesEvents,
};

/** An event in today's version; what it throws parks the stream. */
export function readAnyEvent(heard: HeardEvent): HeardEvent {
  const { source, type, schemaVersion, data } = heard;
  const read = CATALOGUES[source as Source].read(type, schemaVersion, data);
  return read.data === data ? heard : { ...heard, data: read.data as object };
}

/** An event that is one of its source's, with its place. */
export type Heard<Event> = HeardEvent & Event;

export function fromReservations(batch: readonly HeardEvent[]): Heard<ReservationsEvent>[] {
  return batch.filter(({ source }) => source === 'reservations') as Heard<ReservationsEvent>[];
}

export function fromNotices(batch: readonly HeardEvent[]): Heard<NoticesEvent>[] {
  return batch.filter(({ source }) => source === 'notices') as Heard<NoticesEvent>[];
}

export function fromInquiries(batch: readonly HeardEvent[]): Heard<InquiriesEvent>[] {
  return batch.filter(({ source }) => source === 'inquiries') as Heard<InquiriesEvent>[];
}

/** The day an event counts for: when the wish arrived, if it was keyed in later. (§8.17) */
export function dayOf(heard: HeardEvent, receivedAt?: string): string {
  return dateAt(receivedAt === undefined ? heard.at : Date.parse(receivedAt));
}

/** The half hour an instant falls in, `09:30`. */
export function slotOf(instant: string): string {
  const time = timeAt(Date.parse(instant));
  return `${time.slice(0, 2)}:${time.slice(3) < '30' ? '00' : '30'}`;
}
