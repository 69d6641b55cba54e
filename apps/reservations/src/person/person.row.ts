import type { SideTable } from '#platform/log/side-table.js';

/** One person of one term: the wrapped key, and what the record is found by. Goes when the person is erased. */
export const personTable: SideTable = {
  name: 'person',
  key: { person_id: 'uuid' },
  columns: {
    term_id: 'uuid',
    version: 'integer',
    wrapped_key: 'bytea',
    postal_code_missing: 'boolean',
    phone_index: 'bytea',
    kana_index: 'bytea',
    kana_prefixes: 'text',
  },
};

/** Every version of the record: a card that was posted names the one it was rendered from. */
export const personRecordTable: SideTable = {
  name: 'person_record',
  key: { person_id: 'uuid', version: 'integer' },
  columns: { sealed: 'bytea' },
};

export interface PersonRow {
  readonly person_id: string;
  readonly term_id: string;
  readonly version: number;
  readonly wrapped_key: Buffer;
  /** 照会制限: operators do not see this person. (§8.10) */
  readonly restricted: boolean;
  readonly postal_code_missing: boolean;
  readonly phone_index: Buffer | null;
  readonly kana_index: Buffer;
}

export const PERSON_COLUMNS = `person_id, term_id, version, wrapped_key, postal_code_missing, phone_index, kana_index,
  exists (select from person_restriction r where r.person_id = person.person_id) as restricted`;

/** Whoever has a row here is under 照会制限. */
export const restrictionTable: SideTable = { name: 'person_restriction', key: { person_id: 'uuid' }, columns: {} };
