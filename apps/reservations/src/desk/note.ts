import type { SideTable, SideWrite } from '#platform/log/side-table.js';
import { idFrom } from '#kernel/ids.js';
import { newPersonKey, seal, wrapPersonKey } from '#vault/sealing.js';
import type { TermKeys } from '#vault/term-keys.js';

/** Free text of any kind is sealed (design §1.1, §4): people write names into it. */
export const noteTable: SideTable = {
  name: 'sealed_note',
  key: { note_id: 'uuid' },
  columns: { owner_id: 'uuid', term_id: 'uuid', kind: 'text', wrapped_key: 'bytea', sealed: 'bytea' },
};

const NOTES = '0d8a4f0e-53cf-4b0f-8d0b-6a8a1a2f9b11';

export interface Note {
  /** The command that brought it, and what it is about. */
  readonly commandId: string;
  readonly ownerId: string;
  readonly kind: 'closeReason' | 'callOffReason' | 'raiseReason' | 'cancelNote' | 'declineReason' | 'proxy';
  readonly content: object;
}

/**
 * A note under the key of its person, or, when it is about no person, under a key of its own that goes with the term.
 * @param personKey absent for a note about a session
 */
export function sealedNote(
  keys: TermKeys,
  { commandId, ownerId, kind, content }: Note,
  personKey?: Uint8Array,
): SideWrite {
  const key = personKey ?? newPersonKey();
  return {
    table: noteTable,
    key: { note_id: idFrom(NOTES, commandId, ownerId, kind) },
    row: {
      owner_id: ownerId,
      term_id: keys.termId,
      kind,
      wrapped_key: personKey === undefined ? wrapPersonKey(keys, ownerId, key) : null,
      sealed: seal(key, { personId: ownerId, version: 1, kind }, content),
    },
  };
}
