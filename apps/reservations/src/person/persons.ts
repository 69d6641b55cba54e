import { Inject, Injectable } from '@nestjs/common';
import { Refusal } from '#kernel/refusal.js';
import { KeyDirectory } from '#vault/key-directory.js';
import { open, unwrapPersonKey } from '#vault/sealing.js';
import { Rows } from '#platform/hosting/rows.js';
import type { Applicant } from './applicant.js';
import { PERSON_COLUMNS, type PersonRow } from './person.row.js';
import { likenessOf } from './sealed-person.js';

/** A version of a record: what an event names. */
export interface PersonVersion {
  readonly personId: string;
  readonly version: number;
}

/** The name of one version among many records. */
export function recordKey({ personId, version }: PersonVersion): string {
  return `${personId}.${version}`;
}

/** The persons of the desk, as far as they may be known without opening a record. */
@Injectable()
export class Persons {
  constructor(
    @Inject(Rows) private readonly rows: Rows,
    @Inject(KeyDirectory) private readonly keys: KeyDirectory,
  ) {}

  async find(personIds: readonly string[]): Promise<Map<string, PersonRow>> {
    if (personIds.length === 0) return new Map();
    const rows = await this.rows.all<PersonRow>(
      'persons',
      `select ${PERSON_COLUMNS} from person where person_id = any ($1)`,
      [personIds],
    );
    return new Map(rows.map((row) => [row.person_id, row]));
  }

  /** @throws Refusal `person-erased` 410, `not-found` 404 */
  async one(personId: string): Promise<PersonRow> {
    if (this.keys.isErased('person', personId)) {
      throw new Refusal('person-erased', 'gone', 'The data of this person has been erased.', { personId });
    }
    const row = (await this.find([personId])).get(personId);
    if (row !== undefined) return row;
    throw new Refusal('not-found', 'not-found', 'There is no such person.', { personId });
  }

  /** Persons of a term with the same telephone and the same kana. @returns person ids by likeness */
  async alike(termId: string, likenesses: readonly string[]): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    if (likenesses.length === 0) return found;
    const [phones, kanas] = [0, 1].map((part) => likenesses.map((one) => Buffer.from(one.split(' ')[part]!, 'base64')));
    const rows = await this.rows.all<PersonRow>(
      'persons-alike',
      `select ${PERSON_COLUMNS} from person
       join unnest($2::bytea[], $3::bytea[]) w(phone, kana) on phone_index = w.phone and kana_index = w.kana
       where term_id = $1 order by person_id`,
      [termId, phones, kanas],
    );
    for (const row of rows) {
      const likeness = likenessOf(row.phone_index, row.kana_index)!;
      found.set(likeness, [...(found.get(likeness) ?? []), row.person_id]);
    }
    return found;
  }

  /** @throws Refusal `term-erased` 410 */
  keyOf({ person_id, term_id, wrapped_key }: PersonRow): Uint8Array {
    return unwrapPersonKey(this.keys.keysOf(term_id), person_id, wrapped_key);
  }

  /**
   * Opens records. Who calls this writes the access log before the answer leaves (P11).
   * @returns by `recordKey`; persons that were erased are not in it
   */
  async records(wanted: readonly PersonVersion[]): Promise<Map<string, Applicant>> {
    const persons = await this.find(wanted.map(({ personId }) => personId));
    const rows = await this.rows.all<{ person_id: string; version: number; sealed: Buffer }>(
      'person-records',
      `select r.person_id, r.version, r.sealed from person_record r
       join unnest($1::uuid[], $2::int[]) w(person_id, version) using (person_id, version)`,
      [wanted.map(({ personId }) => personId), wanted.map(({ version }) => version)],
    );
    return new Map(
      rows.flatMap(({ person_id: personId, version, sealed }) => {
        const person = persons.get(personId);
        if (person === undefined) return [];
        const record = open<Applicant>(this.keyOf(person), { personId, version, kind: 'record' }, sealed);
        return [[recordKey({ personId, version }), record] as const];
      }),
    );
  }
}
