import type { SideWrite } from '#platform/log/side-table.js';
import { kanaIndex, kanaPrefixes, phoneIndex } from '#vault/blind-index.js';
import { newPersonKey, seal, wrapPersonKey } from '#vault/sealing.js';
import type { TermKeys } from '#vault/term-keys.js';
import { newId } from '#kernel/ids.js';
import type { Applicant } from './applicant.js';
import { personRecordTable, personTable } from './person.row.js';

/** A version of a person's record: by what it is found, and what is committed with the events that name it. */
export interface SealedPerson {
  readonly personId: string;
  readonly version: number;
  readonly personKey: Uint8Array;
  /** Same telephone and same kana; undefined without a telephone, which proves nothing. */
  readonly likeness: string | undefined;
  readonly postalCodeMissing: boolean;
  /** Sealed when the first asks: whoever is refused a seat is not sealed at all. */
  readonly sides: () => readonly SideWrite[];
}

/** What a further version of a record keeps from the one before. */
export interface Keeping {
  readonly personId: string;
  readonly version: number;
  readonly personKey: Uint8Array;
}

/** @param keeping absent for somebody new */
export function sealPerson(keys: TermKeys, applicant: Applicant, keeping?: Keeping): SealedPerson {
  const personId = keeping?.personId ?? newId();
  const version = (keeping?.version ?? 0) + 1;
  const personKey = keeping?.personKey ?? newPersonKey();
  const { familyNameKana, givenNameKana, phoneNumber } = applicant;
  const phone = phoneNumber === undefined ? undefined : phoneIndex(keys, phoneNumber);
  const kana = kanaIndex(keys, familyNameKana, givenNameKana);
  const postalCodeMissing = applicant.postalCode === undefined;
  const sealing = (): SideWrite[] => {
    const prefixes = kanaPrefixes(keys, familyNameKana, givenNameKana);
    const row = {
      term_id: keys.termId,
      version,
      wrapped_key: wrapPersonKey(keys, personId, personKey),
      postal_code_missing: postalCodeMissing,
      phone_index: phone ?? null,
      kana_index: kana,
      kana_prefixes: prefixes.map((prefix) => Buffer.from(prefix).toString('hex')).join(' '),
    };
    const sealed = seal(personKey, { personId, version, kind: 'record' }, applicant);
    return [
      { table: personTable, key: { person_id: personId }, row },
      { table: personRecordTable, key: { person_id: personId, version }, row: { sealed } },
    ];
  };
  let sides: SideWrite[] | undefined;
  return {
    ...{ personId, version, personKey, postalCodeMissing },
    likeness: likenessOf(phone, kana),
    sides: () => (sides ??= sealing()),
  };
}

/** Equal for the same telephone and the same kana; undefined without a telephone. (design §4) */
export function likenessOf(phone: Uint8Array | null | undefined, kana: Uint8Array): string | undefined {
  if (phone === null || phone === undefined) return undefined;
  return `${Buffer.from(phone).toString('base64')} ${Buffer.from(kana).toString('base64')}`;
}
