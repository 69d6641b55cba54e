import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import type { ApplyContext } from '#platform/subscription/subscriber.js';
import { appendRows } from '../ledger/append.js';
import { dayOf, type Heard } from '../ledger/heard.js';
import { foldVersions, type Touch } from '../ledger/versions.js';
import { SEAT, type BookingKind, type BookingRow, type SeatRow } from './booking.row.js';

type Placed = Extract<
  ReservationsEvent,
  { type: 'ReservationMade' | 'ReservationMovedIn' | 'ReservationMovedOut' | 'ReservationCancelled' | 'ApplicantCorrected' }
>; // prettier-ignore

const KINDS: Readonly<Record<Placed['type'], BookingKind>> = {
  ReservationMade: 'made',
  ReservationMovedIn: 'movedIn',
  ReservationMovedOut: 'movedOut',
  ReservationCancelled: 'cancelled',
  ApplicantCorrected: 'corrected',
};

/** Counts bookings, changes and cancellations, and keeps who sits where. */
export async function foldBookings(context: ApplyContext, batch: readonly Heard<ReservationsEvent>[]): Promise<void> {
  const placed = batch.filter((heard): heard is Heard<Placed> => heard.type in KINDS);
  if (placed.length === 0) return;
  await appendRows(context, 'booking', placed.map(bookingOf));
  await foldVersions<SeatRow>(context, SEAT, placed.map(seatTouch));
}

function bookingOf(heard: Heard<Placed>): BookingRow {
  const { p, seq, at, data, type } = heard;
  const receivedAt = data.receivedAt;
  return {
    ...{ p, seq, at: new Date(at).toISOString(), day: dayOf(heard, receivedAt), kind: KINDS[type] },
    session_id: sessionOf(heard),
    reservation_id: data.reservationId,
    revision: data.reservationRevision,
    channel: data.channel ?? null,
    reason: type === 'ReservationCancelled' ? data.reasonCode : null,
    call_id: data.callId ?? null,
    received_at: receivedAt ?? new Date(at).toISOString(),
  };
}

function seatTouch(heard: Heard<Placed>): Touch<SeatRow> {
  const sessionId = sessionOf(heard);
  const { reservationId, reservationRevision } = heard.data;
  return {
    key: `${sessionId}/${reservationId}`,
    heard,
    after: (before) => {
      // A person may come back to a session: what counts is the newest event of the reservation in it
      if (before !== undefined && reservationRevision <= before.revision) return before;
      if (heard.type === 'ReservationCancelled') {
        return before && { ...before, revision: reservationRevision, gone: true };
      }
      const { personId, personVersion, partyId, channel } = heard.data;
      return {
        ...{ session_id: sessionId, reservation_id: reservationId, revision: reservationRevision },
        ...{ person_id: personId, person_version: personVersion },
        party_id: partyId ?? before?.party_id ?? null,
        channel: before?.channel ?? channel ?? null,
        gone: heard.type === 'ReservationMovedOut' || (heard.type === 'ApplicantCorrected' && before?.gone === true),
      };
    },
  };
}

/** The session whose roster the event changes: of a move each half has its own. */
function sessionOf({ type, data }: Placed): string {
  if (type === 'ReservationMovedIn') return data.toSessionId;
  return type === 'ReservationMovedOut' ? data.fromSessionId : data.sessionId;
}
