import { Inject, Injectable } from '@nestjs/common';
import { Rows } from '#platform/hosting/rows.js';
import type { SideTable, SideWrite } from '#platform/log/side-table.js';
import { KeyDirectory } from '#vault/key-directory.js';
import { unwrapPersonKey, wrapPersonKey } from '#vault/sealing.js';

const table: SideTable = {
  name: 'digest_key',
  key: { notice_id: 'uuid', batch_id: 'uuid' },
  columns: { person_id: 'uuid', term_id: 'uuid', wrapped_key: 'bytea' },
};

/** The keys of digests: wrapped by the term's, removed with the person; without its key a digest tells nothing. (design §6) */
@Injectable()
export class DigestKeys {
  constructor(
    @Inject(Rows) private readonly rows: Rows,
    @Inject(KeyDirectory) private readonly keys: KeyDirectory,
  ) {}

  row(of: { noticeId: string; batchId: string; personId: string; termId: string }, key: Uint8Array): SideWrite {
    const wrapped = wrapPersonKey(this.keys.keysOf(of.termId), of.noticeId, key);
    return {
      table,
      key: { notice_id: of.noticeId, batch_id: of.batchId },
      row: { person_id: of.personId, term_id: of.termId, wrapped_key: wrapped },
    };
  }

  /** Those of a batch, by notice. @throws Refusal `term-erased` */
  async ofBatch(batchId: string): Promise<Map<string, Uint8Array>> {
    const rows = await this.rows.all<{ notice_id: string; term_id: string; wrapped_key: Buffer }>(
      'digest-keys-of-batch',
      'select notice_id, term_id, wrapped_key from digest_key where batch_id = $1',
      [batchId],
    );
    return new Map(
      rows.map((row) => [
        row.notice_id,
        unwrapPersonKey(this.keys.keysOf(row.term_id), row.notice_id, row.wrapped_key),
      ]),
    );
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
