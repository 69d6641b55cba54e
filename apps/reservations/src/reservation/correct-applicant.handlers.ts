import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import { correctedBy } from '#kernel/correction.js';
import type { StreamRef } from '#platform/lane/lane-command.js';
import type { SideWrite } from '#platform/log/side-table.js';
import { invalidBody } from '#platform/service/validation.js';
import { AccessLog } from '#vault/access-log.js';
import { KeyDirectory } from '#vault/key-directory.js';
import { seatOf } from '../class-session/class-session.js';
import { classSession } from '../class-session/class-session.decider.js';
import { decided } from '#platform/hosting/decided.js';
import { Desk } from '../desk/desk.js';
import { personStream, sessionStream, termStream } from '../desk/streams.js';
import { asKept, correctedParts, flawsOf } from '../person/applicant.js';
import { Likenesses } from '../person/likenesses.js';
import { personErased, Persons, recordKey } from '../person/persons.js';
import { sealPerson } from '../person/sealed-person.js';
import { Places } from './places.js';
import { refuseUnreceived } from './received.js';
import { missingIn } from './required-fields.js';
import { CorrectApplicant } from './reservation.commands.js';
import { placeRow, type PlaceRow } from './reservation.row.js';
import { RecordMoved, Stragglers } from './stragglers.js';

const TRIES = 5;

@CommandHandler(CorrectApplicant)
export class CorrectApplicantHandler implements ICommandHandler<CorrectApplicant> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(Places) private readonly places: Places,
    @Inject(Persons) private readonly persons: Persons,
    @Inject(Likenesses) private readonly likenesses: Likenesses,
    @Inject(KeyDirectory) private readonly keys: KeyDirectory,
    @Inject(AccessLog) private readonly accessLog: AccessLog,
    @Inject(Stragglers) private readonly stragglers: Stragglers,
  ) {}

  async execute(command: CorrectApplicant) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.places.inItsLane(command.reservationId, async (place) => {
          await this.stragglers.bringUp(command.call, place.person_id);
          const corrected = await this.correct(command, place);
          await this.stragglers.bringUp(command.call, place.person_id);
          return corrected;
        });
      } catch (thrown) {
        if (!(thrown instanceof RecordMoved) || attempt === TRIES) throw thrown;
      }
    }
  }

  private async correct({ call, reservationId, changes, origin }: CorrectApplicant, place: PlaceRow) {
    const person = await this.persons.one(place.person_id);
    const { person_id: personId, version } = person;
    const before = (await this.persons.records([{ personId, version }])).get(recordKey({ personId, version }));
    if (before === undefined) throw new RecordMoved();
    const correlationId = call.metadata.correlationId;
    await this.accessLog.write({
      ...{ accountId: call.caller.accountId, action: 'correct', purpose: 'correction', subjects: [personId] },
      outcome: 'done',
      ...(correlationId !== undefined && { correlationId }),
    });
    const applicant = asKept(correctedBy(before, changes));
    const flaws = flawsOf(applicant);
    if (flaws.length > 0) throw invalidBody(flaws);
    const keys = this.keys.keysOf(place.term_id);
    const keeping = { personId, version, personKey: this.persons.keyOf(person) };
    const sealed = sealPerson(keys, applicant, keeping);
    const places = await this.places.ofPerson(personId);
    const erasable = personStream(personId);
    this.likenesses.remember(personId, sealed.version, sealed.likeness);
    const corrected = correctedParts(before, applicant);
    const term = termStream(place.term_id);
    return this.desk.submit(call, {
      writes: uniqueStreams([place, ...places]),
      checks: [erasable, term],
      commandKey: keys.commandKey,
      decide: (states, now) => {
        // The record that is written here would bring back whoever was erased since it was read
        if (states.of(erasable).erased) throw personErased(personId);
        refuseUnreceived(origin, now);
        // The reservation in hand first: cancelled or moved is told of it
        const seat = seatOf(states.of(sessionStream(place.session_id)), reservationId);
        if (seat.personVersion !== version) throw new RecordMoved();
        // What was missing before the term asked for it stands in no correction's way
        const emptied = missingIn(states.of(term), applicant).filter((field) => field in changes);
        if (emptied.length > 0) throw invalidBody(emptied.map((field) => ({ field, rules: ['requiredByTerm'] })));
        if (corrected.length === 0) {
          return { events: [], answer: { reservationId, personVersion: version, corrected } };
        }
        const events: [StreamRef, readonly ReservationsEvent[]][] = [];
        const sides: SideWrite[] = [...sealed.sides()];
        for (const one of places) {
          const stream = sessionStream(one.session_id);
          const current = states.of(stream).seats.get(one.reservation_id);
          if (current?.personVersion !== version) throw new RecordMoved();
          const command = {
            do: 'correct',
            reservationId: one.reservation_id,
            personVersion: sealed.version,
            ...(sealed.postalCodeMissing && { postalCodeMissing: true as const }),
            ...{ corrected, origin },
          } as const;
          const { events: happened, after } = decided(classSession, command, states.of(stream));
          events.push([stream, happened]);
          const revision = after.seats.get(one.reservation_id)!.reservationRevision;
          sides.push(placeRow({ ...one, revision, person_version: sealed.version }));
        }
        return { events, sides, answer: { reservationId, personVersion: sealed.version, corrected } };
      },
    });
  }
}

function uniqueStreams(places: readonly PlaceRow[]): StreamRef[] {
  return [...new Set(places.map(({ session_id }) => session_id))].map((sessionId) => sessionStream(sessionId));
}
