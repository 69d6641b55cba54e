import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '#contracts/access/call.js';
import { Refusal } from '#kernel/refusal.js';
import { currentCorrelationId } from '#platform/service/correlation.js';
import { invalidBody } from '#platform/service/validation.js';
import type { AccessAction } from '#vault/access-entry.js';
import { AccessLog } from '#vault/access-log.js';
import { kanaQuery, phoneIndex } from '#vault/blind-index.js';
import { KeyDirectory } from '#vault/key-directory.js';
import { open } from '#vault/sealing.js';
import { Rows } from '#platform/hosting/rows.js';
import { readReceiptNumber } from '../reservation/receipt-numbers.js';
import { PLACE_COLUMNS, type PlaceRow } from '../reservation/reservation.row.js';
import type { Applicant } from './applicant.js';
import type { SearchBody, TellBody } from './disclosure.body.js';
import { HiddenPersons, seesRestricted } from './hidden-persons.js';
import type { PersonRow } from './person.row.js';
import { Persons, recordKey, type PersonVersion } from './persons.js';
import { mayBeTold, type Passed } from './telling.policy.js';

/** Hits an operator can look through with somebody on the line. */
const SHOWN = 50;

/** Everything that lets personal data out of the vault; each writes the access log before its answer leaves (P11). */
@Injectable()
export class Disclosures {
  constructor(
    @Inject(Rows) private readonly rows: Rows,
    @Inject(Persons) private readonly persons: Persons,
    @Inject(HiddenPersons) private readonly hidden: HiddenPersons,
    @Inject(KeyDirectory) private readonly keys: KeyDirectory,
    @Inject(AccessLog) private readonly accessLog: AccessLog,
  ) {}

  /** @returns places with the records behind them, newest first; operators do not see persons under 照会制限 */
  async search(caller: Caller, body: SearchBody) {
    return this.hits(caller, await this.placesFor(body), body.purpose);
  }

  /**
   * Active bookings of others in the term who gave the same telephone number or were booked in the same call: whom a
   * corrected address may concern as well. The operator asks, and corrects each. (§8.6)
   */
  async household(caller: Caller, { person_id, party_id, term_id }: PlaceRow) {
    await this.hidden.refuse(caller, person_id, 'household');
    const person = await this.persons.one(person_id);
    const found = await this.rows.all<PlaceRow>(
      'household',
      `select ${PLACE_COLUMNS.replaceAll(/(\w+)/g, 'r.$1')} from reservation_place r join person p using (person_id)
       where r.state = 'active' and r.term_id = $1 and r.person_id <> $2 and (p.phone_index = $3 or r.party_id = $4)
       order by r.receipt_number limit 1000`,
      [term_id, person_id, person.phone_index, party_id],
    );
    return this.hits(caller, found, 'household');
  }

  private async hits(caller: Caller, found: readonly PlaceRow[], purpose: string) {
    const persons = await this.persons.find(found.map(({ person_id }) => person_id));
    const visible = found.filter(({ person_id }) => seesRestricted(caller) || !persons.get(person_id)?.restricted);
    const shown = visible.slice(0, SHOWN);
    const records = await this.persons.records(shown.map(versionOf));
    await this.log(caller, 'search', purpose, [...new Set(found.map(({ person_id }) => person_id))]);
    return {
      hits: shown.map((place) => ({ place, applicant: records.get(recordKey(versionOf(place))) })),
      more: visible.length > SHOWN,
      restricted: visible.length < found.length,
    };
  }

  /** @throws Refusal `cannot-tell` 403: お答えできません; call back the registered number, or hand to the supervisor */
  async tell(caller: Caller, place: PlaceRow, { requester, spoken }: TellBody) {
    const person = await this.persons.one(place.person_id);
    if (person.restricted && !seesRestricted(caller)) {
      throw await this.hidden.refusal(caller, place.person_id, requester);
    }
    const applicant = (await this.persons.records([versionOf(place)])).get(recordKey(versionOf(place)))!;
    const registered = {
      ...{ applicant, receiptNumber: place.receipt_number },
      classDates: await this.classDates(place.session_id),
      proxyNames: await this.proxyNames(person, place.reservation_id),
    };
    const { told, passed } = mayBeTold(requester, spoken, registered);
    await this.log(caller, 'disclose', requester, [place.person_id], told ? outcomeOf(passed) : 'cannot-tell');
    if (!told) throw cannotTell();
    return { applicant, passed };
  }

  /** Names for documents, in batches, each of the version its event named (design §6). */
  async resolve(caller: Caller, wanted: readonly PersonVersion[], purpose: string): Promise<Map<string, Applicant>> {
    if (!caller.handler) throw new Refusal('forbidden', 'forbidden', 'Personal data is only for designated handlers.');
    const records = await this.persons.records(wanted);
    const seen = wanted.filter((one) => records.has(recordKey(one)));
    await this.log(caller, 'resolve', purpose, [...new Set(seen.map(({ personId }) => personId))]);
    return records;
  }

  private async placesFor(body: SearchBody): Promise<PlaceRow[]> {
    const { phoneNumber, kana, receiptNumber, sessionId } = body;
    if ([phoneNumber, kana, receiptNumber, sessionId].every((one) => one === undefined)) {
      throw invalidBody([{ field: 'phoneNumber', rules: ['oneOfFour'] }]);
    }
    const number = receiptNumber === undefined ? undefined : readReceiptNumber(receiptNumber);
    if (receiptNumber !== undefined && number === undefined) {
      throw invalidBody([{ field: 'receiptNumber', rules: ['checkDigit'] }]);
    }
    const terms = await this.rows.all<{ term_id: string }>(
      'live-terms',
      `select term_id from term where state <> 'erased'`,
    );
    const keys = terms
      .filter(({ term_id }) => !this.keys.isErased('term', term_id))
      .map(({ term_id }) => this.keys.keysOf(term_id));
    const phones = keys
      .map((one) => phoneNumber && phoneIndex(one, phoneNumber))
      .filter((one) => one instanceof Uint8Array);
    const kanas = keys.map((one) => kana && kanaQuery(one, kana)).filter((one) => one instanceof Uint8Array);
    // Who was erased has no row: their booking is still found by its number and in its session, without a name (R041)
    return this.rows.all<PlaceRow>(
      'search',
      `select ${PLACE_COLUMNS.replaceAll(/(\w+)/g, 'r.$1')} from reservation_place r left join person p using (person_id)
       where ($1::bytea[] is null or p.phone_index = any ($1))
         and ($2::text[] is null or string_to_array(p.kana_prefixes, ' ') && $2)
         and ($3::text is null or r.receipt_number = $3)
         and ($4::uuid is null or r.session_id = $4)
       order by r.state, r.receipt_number limit 1000`,
      [
        phoneNumber === undefined ? null : phones,
        kana === undefined ? null : kanas.map((one) => Buffer.from(one).toString('hex')),
        number ?? null,
        sessionId ?? null,
      ],
    );
  }

  private async classDates(sessionId: string): Promise<string[]> {
    const row = await this.rows.first<{ dates: { date: string }[] }>(
      'dates-of-session',
      `select plan -> 'dates' as dates from class_session where session_id = $1`,
      [sessionId],
    );
    return row?.dates.map(({ date }) => date) ?? [];
  }

  private async proxyNames(person: PersonRow, reservationId: string): Promise<string[]> {
    const { person_id: personId } = person;
    const notes = await this.rows.all<{ sealed: Buffer }>(
      'proxies-of-person',
      `select sealed from sealed_note where owner_id = $1 and kind = 'proxy'`,
      [personId],
    );
    const personKey = this.persons.keyOf(person);
    return notes
      .map(({ sealed }) =>
        open<{ reservationId: string; proxy: { name: string } }>(
          personKey,
          { personId, version: 1, kind: 'proxy' },
          sealed,
        ),
      )
      .filter((note) => note.reservationId === reservationId)
      .map(({ proxy }) => proxy.name);
  }

  private async log(
    caller: Caller,
    action: AccessAction,
    purpose: string,
    subjects: readonly string[],
    outcome = subjects.length > 0 ? 'found' : 'none',
  ): Promise<void> {
    const correlationId = currentCorrelationId();
    const { accountId } = caller;
    await this.accessLog.write({
      ...{ accountId, action, purpose, subjects, outcome },
      ...(correlationId !== undefined && { correlationId }),
    });
  }
}

function versionOf({ person_id, person_version }: PlaceRow): PersonVersion {
  return { personId: person_id, version: person_version };
}

/** A code for the access log: which checks the caller passed. */
function outcomeOf(passed: readonly Passed[]): string {
  return `told-${passed.join('-')}`.slice(0, 60);
}

function cannotTell(): Refusal {
  return new Refusal('cannot-tell', 'forbidden', 'お答えできません。登録の電話番号へ折り返してください。', {
    reason: 'not-verified',
    callBack: 'registered',
  });
}
