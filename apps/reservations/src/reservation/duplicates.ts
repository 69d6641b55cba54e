import { Inject, Injectable } from '@nestjs/common';
import type { Call, Caller } from '#contracts/access/call.js';
import { Refusal } from '#kernel/refusal.js';
import { AccessLog } from '#vault/access-log.js';
import { HiddenPersons, seesRestricted } from '../person/hidden-persons.js';
import type { PersonRow } from '../person/person.row.js';
import { Persons } from '../person/persons.js';
import type { AttendeeWish } from './reservation.commands.js';

/** Who is known already: the same telephone and the same kana (design §4). */
@Injectable()
export class Duplicates {
  constructor(
    @Inject(Persons) private readonly persons: Persons,
    @Inject(HiddenPersons) private readonly hidden: HiddenPersons,
    @Inject(AccessLog) private readonly accessLog: AccessLog,
  ) {}

  /**
   * @param likenesses of those who were not named by id, in the order of the wishes
   * @returns for each wish the one person who it is after all; undefined for somebody new
   * @throws Refusal `possible-duplicate`, `cannot-tell` when the one person is under 照会制限
   */
  async of(
    call: Call,
    termId: string,
    wishes: readonly AttendeeWish[],
    likenesses: readonly (string | undefined)[],
  ): Promise<(PersonRow | undefined)[]> {
    const asked = wishes.map((wish, nth) => undecided(wish, likenesses[nth]));
    const alike = await this.persons.alike(termId, [...new Set(asked.filter((one) => one !== undefined))]);
    if (alike.size === 0) return wishes.map(() => undefined);
    const found = [...alike.values()].flat();
    await this.accessLog.write({
      ...{ accountId: call.caller.accountId, action: 'search', purpose: 'duplicate-check', subjects: found },
      outcome: 'found',
      ...(call.metadata.correlationId !== undefined && { correlationId: call.metadata.correlationId }),
    });
    const persons = await this.persons.find(found);
    return Promise.all(
      wishes.map(async ({ duplicateDecision }, nth) => {
        const candidates = alike.get(asked[nth] ?? '') ?? [];
        if (candidates.length === 0) return undefined;
        const [only, ...others] = candidates;
        if (duplicateDecision !== 'samePerson' || others.length > 0) {
          throw possibleDuplicate(candidates, persons, call.caller);
        }
        const person = persons.get(only!);
        if (!isHidden(person, call.caller)) return person;
        throw await this.hidden.refusal(call.caller, only!, 'booking');
      }),
    );
  }

  /** @returns the refusal for somebody who was found sitting in the session when the seat was given */
  async inSession(caller: Caller, personId: string): Promise<Refusal> {
    return possibleDuplicate([personId], await this.persons.find([personId]), caller);
  }
}

/** @returns the likeness, unless the operator has said that it is somebody else */
export function undecided({ duplicateDecision }: AttendeeWish, likeness: string | undefined): string | undefined {
  return duplicateDecision === undefined || duplicateDecision === 'samePerson' ? likeness : undefined;
}

/** Those under 照会制限 are left out before an operator, as in a search. (§8.10) */
function possibleDuplicate(
  personIds: readonly string[],
  persons: ReadonlyMap<string, PersonRow>,
  caller: Caller,
): Refusal {
  const seen = personIds.filter((personId) => !isHidden(persons.get(personId), caller));
  const restricted = seen.length < personIds.length;
  return new Refusal(
    'possible-duplicate',
    'conflict',
    restricted
      ? 'Somebody with the same telephone and kana is known to the supervisor only: hand the call over.'
      : 'Somebody with the same telephone and kana is known. Send the personId, or a duplicateDecision.',
    {
      candidates: seen.map((personId) => ({ personId, match: 'phoneAndKana' })),
      ...(restricted && { restricted }),
    },
  );
}

function isHidden(person: PersonRow | undefined, caller: Caller): boolean {
  return person?.restricted === true && !seesRestricted(caller);
}
