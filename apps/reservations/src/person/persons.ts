import { Inject, Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { Refusal } from '#kernel/refusal.js';
import { KeyDirectory } from '#vault/key-directory.js';
import { open, unwrapPersonKey } from '#vault/sealing.js';
import { Rows } from '#platform/hosting/rows.js';
import type { Applicant } from './applicant.js';
import { PERSON_COLUMNS, type PersonRow } from './person.row.js';

/** A version of a record: what an event names. */
export interface PersonVersion {
  readonly personId: string;
  readonly version: number;
}

interface Alike {
  readonly termId: string;
  readonly likeness: string;
}

/** The name of one version among many records. */
export function recordKey({ personId, version }: PersonVersion): string {
  return `${personId}.${version}`;
}

/** The persons of the desk, as far as they may be known without opening a record. */
@Injectable()
export class Persons {
  private readonly alikes = new DataLoader((wanted: readonly Alike[]) => this.findAlike(wanted), {
    cache: false,
    maxBatchSize: 500,
    batchScheduleFn: (ask) => setImmediate(ask),
  });

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
    if (this.keys.isErased('person', personId)) throw personErased(personId);
    const row = (await this.find([personId])).get(personId);
    if (row !== undefined) return row;
    throw new Refusal('not-found', 'not-found', 'There is no such person.', { personId });
  }

  /** Persons of a term with the same telephone and the same kana. @returns person ids by likeness */
  async alike(termId: string, likenesses: readonly string[]): Promise<Map<string, string[]>> {
    const found = await Promise.all(likenesses.map((likeness) => this.alikes.load({ termId, likeness })));
    return new Map(
      likenesses.map((likeness, nth) => [likeness, found[nth]!] as const).filter(([, of]) => of.length > 0),
    );
  }

  /** What all who book in one turn of the event loop ask, in one question. */
  private async findAlike(wanted: readonly Alike[]): Promise<string[][]> {
    const part = (nth: number) => wanted.map(({ likeness }) => Buffer.from(likeness.split(' ')[nth]!, 'base64'));
    const rows = await this.rows.all<{ nth: number; person_id: string }>(
      'persons-alike',
      `select w.nth::int, p.person_id
       from unnest($1::uuid[], $2::bytea[], $3::bytea[]) with ordinality w(term_id, phone, kana, nth)
       join lateral (
         select person_id from person
         where phone_index = w.phone and kana_index = w.kana and term_id = w.term_id order by person_id limit 100
       ) p on true`,
      [wanted.map(({ termId }) => termId), part(0), part(1)],
    );
    const found = wanted.map((): string[] => []);
    for (const { nth, person_id } of rows) found[nth - 1]!.push(person_id);
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

export function personErased(personId: string): Refusal {
  return new Refusal('person-erased', 'gone', 'The data of this person has been erased.', { personId });
}
