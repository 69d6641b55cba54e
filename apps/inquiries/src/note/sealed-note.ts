import { idFrom } from '#kernel/ids.js';
import type { SideTable, SideWrite } from '#platform/log/side-table.js';
import { newPersonKey, seal, wrapPersonKey } from '#vault/sealing.js';
import type { TermKeys } from '#vault/term-keys.js';

/** Free text by or about a person, and whom to call, are sealed and commit with their events (design §1.1, §4). */
export const noteTable: SideTable = {
  name: 'answer_note',
  key: { note_id: 'uuid' },
  columns: {
    ...{ owner_id: 'uuid', term_id: 'uuid', person_id: 'uuid', kind: 'text', written_at: 'bigint' },
    ...{ wrapped_key: 'bytea', sealed: 'bytea' },
  },
};

/** What a note is: `contact` is a name and a telephone number, `topic` the words of an unlisted question. */
export type NoteKind =
  | 'inquiry'
  | 'topic'
  | 'contact'
  | 'question'
  | 'background'
  | 'instruction'
  | 'complaint'
  | 'cityCall'
  | 'course'
  | 'result'
  | 'prevention'
  | 'request';

export interface Note {
  /** The command that brought it, and what it is about. */
  readonly commandId: string;
  readonly ownerId: string;
  readonly kind: NoteKind;
  /** Whose erasure takes it along, where it is about a booked person. */
  readonly personId?: string | undefined;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly content: object;
}

const NOTES = 'c0d3f7a2-49b5-4c1e-9a06-7e5b1d8f2a64';

/** The note under a key of its own, which is wrapped by the term's and goes with the row or the term. */
export function sealedNote(keys: TermKeys, { commandId, ownerId, kind, personId, at, content }: Note): SideWrite {
  const key = newPersonKey();
  return {
    table: noteTable,
    key: { note_id: idFrom(NOTES, commandId, ownerId, kind) },
    row: {
      ...{ owner_id: ownerId, term_id: keys.termId, person_id: personId ?? null, kind, written_at: at },
      wrapped_key: wrapPersonKey(keys, ownerId, key),
      sealed: seal(key, { personId: ownerId, version: 1, kind }, content),
    },
  };
}

/** Takes a note away: what it said is gone with its key. */
export function erasedNote(noteId: string): SideWrite {
  return { table: noteTable, key: { note_id: noteId } };
}
