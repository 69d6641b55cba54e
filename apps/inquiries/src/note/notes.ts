import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '#contracts/access/call.js';
import { Refusal } from '#kernel/refusal.js';
import { Rows } from '#platform/hosting/rows.js';
import { currentCorrelationId } from '#platform/service/correlation.js';
import { AccessLog } from '#vault/access-log.js';
import { KeyDirectory } from '#vault/key-directory.js';
import { open, unwrapPersonKey } from '#vault/sealing.js';
import type { NoteKind } from './sealed-note.js';

export interface OpenedNote {
  readonly noteId: string;
  readonly ownerId: string;
  readonly kind: NoteKind;
  /** UTC, as `Date.toISOString` writes it. */
  readonly writtenAt: string;
  // What was sealed; who asked for its kind knows its shape
  readonly content: Readonly<Record<string, string>>;
}

interface NoteRow {
  readonly note_id: string;
  readonly owner_id: string;
  readonly term_id: string;
  readonly kind: NoteKind;
  readonly written_at: number;
  readonly wrapped_key: Buffer;
  readonly sealed: Buffer;
}

/** Everything that lets sealed words of this service out; each writes the access log before its answer leaves (P11). */
@Injectable()
export class Notes {
  constructor(
    @Inject(Rows) private readonly rows: Rows,
    @Inject(KeyDirectory) private readonly keys: KeyDirectory,
    @Inject(AccessLog) private readonly accessLog: AccessLog,
  ) {}

  /**
   * The notes of some owners, oldest first; those of an erased term are gone.
   * @param purpose a code of why, `escalation`
   * @param nameless the kinds that name nobody by rule, and may be read by whoever is no handler
   * @throws Refusal `forbidden` 403 for whoever is no designated handler
   */
  async open(
    caller: Caller,
    purpose: string,
    ownerIds: readonly string[],
    kinds?: readonly NoteKind[],
    nameless = false,
  ): Promise<OpenedNote[]> {
    if (!caller.handler && !nameless) {
      throw new Refusal('forbidden', 'forbidden', 'Personal data is only for trained and designated handlers.');
    }
    const rows = await this.rows.all<NoteRow>(
      'notes-of-owners',
      `select note_id, owner_id, term_id, kind, written_at::float8, wrapped_key, sealed from answer_note
       where owner_id = any ($1) and ($2::text[] is null or kind = any ($2)) order by written_at, note_id`,
      [ownerIds, kinds ?? null],
    );
    const standing = rows.filter(({ term_id }) => !this.keys.isErased('term', term_id));
    await this.log(caller, purpose, [...new Set(standing.map(({ owner_id }) => owner_id))]);
    return standing.map((row) => this.opened(row));
  }

  /**
   * The term under whose keys an owner's notes are sealed.
   * @throws Refusal `not-found` 404 when nothing is sealed for it
   */
  async termOf(ownerId: string): Promise<string> {
    const row = await this.rows.first<{ term_id: string }>(
      'term-of-notes',
      'select term_id from answer_note where owner_id = $1 limit 1',
      [ownerId],
    );
    if (row === undefined) throw new Refusal('not-found', 'not-found', 'There is nothing under this id.');
    return row.term_id;
  }

  /** Which notes there are, without opening them. */
  async idsOf(ownerId: string, kind: NoteKind): Promise<string[]> {
    const rows = await this.rows.all<{ note_id: string }>(
      'note-ids-of-owner',
      'select note_id from answer_note where owner_id = $1 and kind = $2',
      [ownerId, kind],
    );
    return rows.map(({ note_id }) => note_id);
  }

  private opened({ note_id, owner_id, term_id, kind, written_at, wrapped_key, sealed }: NoteRow): OpenedNote {
    const key = unwrapPersonKey(this.keys.keysOf(term_id), owner_id, wrapped_key);
    return {
      ...{ noteId: note_id, ownerId: owner_id, kind, writtenAt: new Date(written_at).toISOString() },
      content: open(key, { personId: owner_id, version: 1, kind }, sealed),
    };
  }

  private async log({ accountId }: Caller, purpose: string, subjects: readonly string[]): Promise<void> {
    const correlationId = currentCorrelationId();
    await this.accessLog.write({
      ...{ accountId, action: 'resolve', purpose, subjects, outcome: subjects.length > 0 ? 'found' : 'none' },
      ...(correlationId !== undefined && { correlationId }),
    });
  }
}
