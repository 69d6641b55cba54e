import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { newId } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import { KeyDirectory } from '#vault/key-directory.js';
import { seatOf } from '../class-session/class-session.js';
import { classSession } from '../class-session/class-session.decider.js';
import { decided } from '#platform/hosting/decided.js';
import { Desk } from '../desk/desk.js';
import { sealedNote } from '../desk/note.js';
import { SessionTerms } from '../desk/session-terms.js';
import { sessionStream, termStream } from '../desk/streams.js';
import { holdRows } from '../hold/hold.row.js';
import { Guidance } from '../offer/guidance.js';
import { Persons } from '../person/persons.js';
import { Places } from './places.js';
import { refuseUnreceived } from './received.js';
import { CancelReservation, MoveReservation } from './reservation.commands.js';
import { placeRow, type PlaceRow } from './reservation.row.js';

/** A change gives the new seat or keeps the old one, never neither or both (R017, design §4). */
@CommandHandler(MoveReservation)
export class MoveReservationHandler implements ICommandHandler<MoveReservation> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(Places) private readonly places: Places,
    @Inject(SessionTerms) private readonly terms: SessionTerms,
    @Inject(Guidance) private readonly guidance: Guidance,
  ) {}

  async execute(command: MoveReservation) {
    const { call, reservationId, toSessionId, origin } = command;
    const toTerm = await this.terms.termOf(toSessionId);
    const { person_id: personId, session_id: leavingSessionId } = await this.places.of(reservationId);
    const { callId } = origin;
    return this.guidance.guiding(
      call,
      { sessionId: toSessionId, seats: 1, personId, leavingSessionId, ...(callId !== undefined && { callId }) },
      this.places.inItsLane(reservationId, (place) => this.move(command, place, toTerm)),
    );
  }

  private move({ call, reservationId, toSessionId, holdId, origin }: MoveReservation, place: PlaceRow, toTerm: string) {
    const [from, to] = [sessionStream(place.session_id), sessionStream(toSessionId)];
    const term = termStream(toTerm);
    const move = { moveId: newId(), fromSessionId: place.session_id, toSessionId, origin };
    return this.desk.submit(call, {
      writes: [from, to],
      checks: [term],
      decide: (states, now) => {
        refuseUnreceived(origin, now);
        const { reservationRevision, ...seat } = seatOf(states.of(from), reservationId);
        if (place.session_id === toSessionId) throw alreadyThere(reservationId);
        if (place.term_id !== toTerm) throw otherTerm();
        const revision = reservationRevision + 1;
        const arriving = { reservationId, ...seat, reservationRevision: revision };
        const arrived = decided(
          classSession,
          { do: 'moveIn', arriving, ...move, now, term: states.of(term), ...(holdId !== undefined && { holdId }) },
          states.of(to),
        );
        const left = decided(classSession, { do: 'moveOut', reservationId, ...move }, states.of(from));
        return {
          events: [
            [to, arrived.events],
            [from, left.events],
          ],
          sides: [
            placeRow({ ...place, session_id: toSessionId, revision, person_version: seat.personVersion }),
            ...holdRows(toSessionId, arrived.events, arrived.after),
          ],
          answer: { reservationId, sessionId: toSessionId, receiptNumber: place.receipt_number, revision },
        };
      },
    });
  }
}

@CommandHandler(CancelReservation)
export class CancelReservationHandler implements ICommandHandler<CancelReservation> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(Places) private readonly places: Places,
    @Inject(Persons) private readonly persons: Persons,
    @Inject(KeyDirectory) private readonly keys: KeyDirectory,
  ) {}

  execute(command: CancelReservation) {
    return this.places.inItsLane(command.reservationId, (place) => this.cancel(command, place));
  }

  private async cancel({ call, reservationId, reasonCode, note, origin }: CancelReservation, place: PlaceRow) {
    const stream = sessionStream(place.session_id);
    const keys = note === undefined ? undefined : this.keys.keysOf(place.term_id);
    const notes = keys === undefined ? [] : [await this.sealed(place, call.commandId, keys, note!)];
    return this.desk.submit(call, {
      writes: [stream],
      ...(keys !== undefined && { commandKey: keys.commandKey }),
      decide: (states, now) => {
        refuseUnreceived(origin, now);
        const { events, after } = decided(
          classSession,
          { do: 'cancel', reservationId, reasonCode, origin },
          states.of(stream),
        );
        const { reservationRevision: revision, personVersion } = after.cancelled.get(reservationId)!;
        return {
          events: [[stream, events]],
          sides: [placeRow({ ...place, state: 'cancelled', revision, person_version: personVersion }), ...notes],
          answer: { reservationId, sessionId: place.session_id, receiptNumber: place.receipt_number, revision },
        };
      },
    });
  }

  private async sealed(place: PlaceRow, commandId: string, keys: ReturnType<KeyDirectory['keysOf']>, note: string) {
    if (this.keys.isErased('person', place.person_id)) throw noteOfErased(place.person_id);
    const person = await this.persons.one(place.person_id);
    const content = { reservationId: place.reservation_id, note };
    const what = { commandId, ownerId: place.person_id, kind: 'cancelNote', content } as const;
    return sealedNote(keys, what, this.persons.keyOf(person));
  }
}

function noteOfErased(personId: string): Refusal {
  const detail = 'The data of this person has been erased, and no note can be sealed for them: cancel without a note.';
  return new Refusal('person-erased', 'gone', detail, { personId });
}

function alreadyThere(reservationId: string): Refusal {
  return new Refusal('already-reserved', 'conflict', 'The reservation is in this session already.', { reservationId });
}

function otherTerm(): Refusal {
  return new Refusal('session-not-open', 'conflict', 'A reservation moves within its term only.', {
    reason: 'other-term',
  });
}
