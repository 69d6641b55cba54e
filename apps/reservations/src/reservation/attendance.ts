import { Inject, Injectable } from '@nestjs/common';
import type { Call } from '#contracts/access/call.js';
import { newId } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import type { SideWrite } from '#platform/log/side-table.js';
import { invalidBody, type WrongField } from '#platform/service/validation.js';
import type { TermKeys } from '#vault/term-keys.js';
import type { Attendee } from '../class-session/class-session.commands.js';
import { twiceInBooking } from '../class-session/class-session.js';
import { flawsOf, asKept, type Applicant } from '../person/applicant.js';
import { HiddenPersons, seesRestricted } from '../person/hidden-persons.js';
import { Likenesses } from '../person/likenesses.js';
import type { PersonRow } from '../person/person.row.js';
import { Persons } from '../person/persons.js';
import { likenessOf, sealPerson } from '../person/sealed-person.js';
import { Duplicates, undecided } from './duplicates.js';
import { ReceiptNumbers } from './receipt-numbers.js';
import type { AttendeeWish } from './reservation.commands.js';

/** One who is to have a seat, numbered and looked up, before the rule has been asked. */
export interface Prepared {
  readonly attendee: Attendee;
  readonly receiptNumber: string;
  readonly personKey: Uint8Array;
  /** Rows that commit with the booking: none for somebody who is known. Asked for when the seat is given. */
  readonly sides: () => readonly SideWrite[];
  /** What must not sit in the session already; undefined when nothing tells, or the operator has decided. */
  readonly unlike: string | undefined;
  /** Absent for somebody who is known by id. */
  readonly applicant?: Applicant;
}

/** Makes attendees out of what was asked for: who is known, who is new, and who may be both (design §4). */
@Injectable()
export class Attendance {
  constructor(
    @Inject(Persons) private readonly persons: Persons,
    @Inject(Likenesses) private readonly likenesses: Likenesses,
    @Inject(ReceiptNumbers) private readonly receiptNumbers: ReceiptNumbers,
    @Inject(Duplicates) private readonly duplicates: Duplicates,
    @Inject(HiddenPersons) private readonly hidden: HiddenPersons,
  ) {}

  /**
   * @throws Refusal `invalid-body`, `not-found`, `person-erased`, `possible-duplicate` with the candidates,
   * `already-reserved`, `cannot-tell`
   */
  async prepare(call: Call, keys: TermKeys, wishes: readonly AttendeeWish[]): Promise<Prepared[]> {
    const applicants = wishes.map(({ applicant }) => applicant && asKept(applicant));
    refuseFlaws(wishes, applicants);
    const known = await this.known(call, wishes, applicants, keys);
    const sealed = wishes.map((_, nth) =>
      known[nth] === undefined && applicants[nth] !== undefined ? sealPerson(keys, applicants[nth]) : undefined,
    );
    const alike = await this.duplicates.of(
      call,
      keys.termId,
      wishes,
      sealed.map((one) => one?.likeness),
    );
    refuseTwins(
      wishes.map((wish, nth) => (alike[nth] === undefined ? undecided(wish, sealed[nth]?.likeness) : undefined)),
    );
    return Promise.all(
      wishes.map(async (wish, nth): Promise<Prepared> => {
        const person = known[nth] ?? alike[nth];
        const receiptNumber = await this.receiptNumbers.draw();
        if (person !== undefined) return this.ofKnown(person, receiptNumber);
        const { personId, version, personKey, likeness, sides, postalCodeMissing } = sealed[nth]!;
        this.likenesses.remember(personId, version, likeness);
        return {
          attendee: {
            ...{ reservationId: newId(), personId, personVersion: version },
            ...(postalCodeMissing && { postalCodeMissing: true as const }),
          },
          ...{ receiptNumber, personKey, sides, applicant: applicants[nth]! },
          unlike: undecided(wish, likeness),
        };
      }),
    );
  }

  private ofKnown(person: PersonRow, receiptNumber: string): Prepared {
    const { person_id: personId, version: personVersion } = person;
    const attendee = {
      ...{ reservationId: newId(), personId, personVersion },
      ...(person.postal_code_missing && { postalCodeMissing: true as const }),
    };
    return { attendee, receiptNumber, personKey: this.persons.keyOf(person), sides: () => [], unlike: undefined };
  }

  /** Those who were named by id; of this term, and no other person than the applicant beside it. */
  private async known(
    { caller }: Call,
    wishes: readonly AttendeeWish[],
    applicants: readonly (Applicant | undefined)[],
    keys: TermKeys,
  ): Promise<(PersonRow | undefined)[]> {
    const named = wishes.flatMap(({ personId }) => (personId === undefined ? [] : [personId]));
    const found = await this.persons.find(named);
    return Promise.all(
      wishes.map(async ({ personId }, nth) => {
        if (personId === undefined) return undefined;
        const person = found.get(personId) ?? (await this.persons.one(personId));
        if (person.term_id !== keys.termId) {
          throw new Refusal('not-found', 'not-found', 'This person is not of this term.', { personId });
        }
        // Before the applicant is compared: also that it is the same telephone is told to the supervisor only
        if (person.restricted && !seesRestricted(caller)) throw await this.hidden.refusal(caller, personId, 'booking');
        const applicant = applicants[nth];
        const likeness = likenessOf(person.phone_index, person.kana_index);
        if (applicant !== undefined && sealPerson(keys, applicant).likeness !== likeness) {
          throw invalidBody([{ field: `attendees.${nth}.applicant`, rules: ['samePerson'] }]);
        }
        return person;
      }),
    );
  }
}

/** Two new ids for one telephone and kana are one person: neither of them sits in the session yet, so no seat tells. */
function refuseTwins(likenesses: readonly (string | undefined)[]): void {
  const told = likenesses.filter((one) => one !== undefined);
  if (new Set(told).size < told.length) throw twiceInBooking();
}

function refuseFlaws(wishes: readonly AttendeeWish[], applicants: readonly (Applicant | undefined)[]): void {
  const wrong: WrongField[] = wishes.flatMap(({ personId, applicant }, nth) => {
    if (personId === undefined && applicant === undefined) {
      return [{ field: `attendees.${nth}`, rules: ['personIdOrApplicant'] }];
    }
    const flaws = applicants[nth] === undefined ? [] : flawsOf(applicants[nth]);
    return flaws.map(({ field, rules }) => ({ field: `attendees.${nth}.applicant.${field}`, rules }));
  });
  if (wrong.length > 0) throw invalidBody(wrong);
}
