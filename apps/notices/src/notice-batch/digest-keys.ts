import { Inject, Injectable } from '@nestjs/common';
import { Rows, ServiceDatabase } from '#platform/hosting/rows.js';
import type { SideTable, SideWrite } from '#platform/log/side-table.js';
import { KeyDirectory } from '#vault/key-directory.js';
import { unwrapPersonKey, wrapPersonKey } from '#vault/sealing.js';
import type { CardDraft } from './cards.js';

const table: SideTable = {
  name: 'digest_key',
  key: { notice_id: 'uuid', batch_id: 'uuid' },
  columns: { person_id: 'uuid', term_id: 'uuid', session_version: 'integer', wrapped_key: 'bytea' },
};

/** A key, and the version of the session's stream that its digest binds. */
export interface DigestKey {
  readonly key: Uint8Array;
  readonly sessionVersion: number;
}

/** The keys of digests: wrapped by the term's, removed with the person; without its key a digest tells nothing. (design §6) */
@Injectable()
export class DigestKeys {
  constructor(
    @Inject(Rows) private readonly rows: Rows,
    @Inject(ServiceDatabase) private readonly database: ServiceDatabase,
    @Inject(KeyDirectory) private readonly keys: KeyDirectory,
  ) {}

  row(batchId: string, { notice, termId, sessionVersion }: CardDraft, key: Uint8Array): SideWrite {
    const { notice_id, person_id } = notice;
    const wrapped_key = wrapPersonKey(this.keys.keysOf(termId), notice_id, key);
    return {
      table,
      key: { notice_id, batch_id: batchId },
      row: { person_id, term_id: termId, session_version: sessionVersion, wrapped_key },
    };
  }

  /** Those of a batch, by notice. @throws Refusal `term-erased` */
  async ofBatch(batchId: string): Promise<Map<string, DigestKey>> {
    const rows = await this.rows.all<{
      notice_id: string;
      term_id: string;
      session_version: number;
      wrapped_key: Buffer;
    }>(
      'digest-keys-of-batch',
      'select notice_id, term_id, session_version, wrapped_key from digest_key where batch_id = $1',
      [batchId],
    );
    return new Map(
      rows.map(({ notice_id, term_id, session_version: sessionVersion, wrapped_key }) => [
        notice_id,
        { key: unwrapPersonKey(this.keys.keysOf(term_id), notice_id, wrapped_key), sessionVersion },
      ]),
    );
  }

  /** Batches in which a card of the person lies or lay. */
  async batchesOf(personId: string): Promise<string[]> {
    const rows = await this.rows.all<{ batch_id: string }>(
      'batches-of-person',
      'select distinct batch_id from digest_key where person_id = $1',
      [personId],
    );
    return rows.map(({ batch_id }) => batch_id);
  }

  /** Those that no attendee leads to any more as well; the key that wraps them is destroyed already. */
  async forgetTerm(termId: string): Promise<void> {
    await this.database.pool.query('delete from digest_key where term_id = $1', [termId]);
  }

  async removalOf(personId: string): Promise<SideWrite[]> {
    const rows = await this.rows.all<{ notice_id: string; batch_id: string }>(
      'digest-keys-of-person',
      'select notice_id, batch_id from digest_key where person_id = $1',
      [personId],
    );
    return rows.map((key) => ({ table, key }));
  }
}
