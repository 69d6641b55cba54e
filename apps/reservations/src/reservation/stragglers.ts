import { Inject, Injectable } from '@nestjs/common';
import type { Call } from '#contracts/access/call.js';
import { newId } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import { decided } from '#platform/hosting/decided.js';
import { AccessLog } from '#vault/access-log.js';
import { classSession } from '../class-session/class-session.decider.js';
import { Desk } from '../desk/desk.js';
import { personStream, sessionStream } from '../desk/streams.js';
import { correctedParts, type Applicant, type Corrected } from '../person/applicant.js';
import type { PersonRow } from '../person/person.row.js';
import { Persons, recordKey } from '../person/persons.js';
import { Places } from './places.js';
import { placeRow, type PlaceRow } from './reservation.row.js';

/** More corrections than one person gets while somebody waits. */
const TRIES = 5;

/**
 * Seats that a correction has not reached. A booking for somebody known and a correction of that person share no
 * stream, so either may pass the other: the seat would keep the old record, and its card the old address. (§8.21)
 */
@Injectable()
export class Stragglers {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(Places) private readonly places: Places,
    @Inject(Persons) private readonly persons: Persons,
    @Inject(AccessLog) private readonly accessLog: AccessLog,
  ) {}

  /**
   * Corrects every seat of the person that names an older record than the one that stands. To be called after a commit
   * that may have passed another by: of two, the later one sees the earlier. Again it changes nothing.
   * @throws Refusal `unavailable`
   */
  async bringUp(call: Call, personId: string): Promise<void> {
    for (let tries = 1; tries <= TRIES; tries++) {
      const person = (await this.persons.find([personId])).get(personId);
      // Erased: nobody's card is made any more
      if (person === undefined) return;
      const behind = (await this.places.ofPerson(personId)).filter((one) => one.person_version < person.version);
      if (behind.length === 0) return;
      const partsOf = await this.differences(call, person, behind);
      await Promise.all(behind.map((place) => this.correct(call, person, place, partsOf(place))));
    }
    throw new RecordMoved();
  }

  /** What is different in the record that stands, by the version that a seat names. */
  private async differences(call: Call, { person_id: personId, version }: PersonRow, behind: readonly PlaceRow[]) {
    const { correlationId } = call.metadata;
    await this.accessLog.write({
      ...{ accountId: call.caller.accountId, action: 'correct', purpose: 'correction', subjects: [personId] },
      outcome: 'done',
      ...(correlationId !== undefined && { correlationId }),
    });
    const versions = new Set([version, ...behind.map(({ person_version }) => person_version)]);
    const records = await this.persons.records([...versions].map((one) => ({ personId, version: one })));
    const record = (of: number): Applicant | undefined => records.get(recordKey({ personId, version: of }));
    return ({ person_version }: PlaceRow): Corrected[] => {
      const [before, after] = [record(person_version), record(version)];
      return before === undefined || after === undefined ? [] : correctedParts(before, after);
    };
  }

  private async correct(call: Call, person: PersonRow, place: PlaceRow, corrected: readonly Corrected[]) {
    const [stream, erasable] = [sessionStream(place.session_id), personStream(place.person_id)];
    const command = {
      do: 'correct',
      reservationId: place.reservation_id,
      personVersion: person.version,
      ...(person.postal_code_missing && { postalCodeMissing: true as const }),
      ...{ corrected, origin: {} },
    } as const;
    await this.desk.submit(
      { ...call, commandId: newId(), body: null },
      {
        writes: [stream],
        checks: [erasable],
        decide: (states) => {
          const session = states.of(stream);
          const seat = session.seats.get(place.reservation_id);
          const isReached = seat === undefined || seat.personVersion >= person.version;
          if (isReached || states.of(erasable).erased) return { events: [], answer: null };
          const { events, after } = decided(classSession, command, session);
          const revision = after.seats.get(place.reservation_id)!.reservationRevision;
          const sides = [placeRow({ ...place, revision, person_version: person.version })];
          return { events: [[stream, events]], sides, answer: null };
        },
      },
    );
  }
}

/** Somebody else corrected, booked or moved the person meanwhile, again and again. */
export class RecordMoved extends Refusal {
  constructor() {
    super('unavailable', 'unavailable', 'The record of this person is being changed just now. Ask again.', {
      retryAfterSeconds: 1,
    });
    this.name = 'RecordMoved';
  }
}
