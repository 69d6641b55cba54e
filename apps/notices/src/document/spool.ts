import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { systemClock } from '#kernel/clock.js';
import { newId } from '#kernel/ids.js';
import { isAlive } from '#office/file/whole-file.js';
import { ServiceDatabase } from '#platform/hosting/rows.js';
import { AccessLog } from '#vault/access-log.js';
import { KeyDirectory } from '#vault/key-directory.js';
import { BrokenSeal, unwrapPersonKey, wrapPersonKey } from '#vault/sealing.js';
import { KEPT_MS, type DocumentRow } from './document.row.js';
import { newFileKey, readSealed, writeSealed } from './sealed-file.js';

/** Where the spool lies; outside every database and every dump. */
export abstract class SpoolFolder {
  abstract readonly path: string;
}

export type NewDocument = Pick<
  DocumentRow,
  'batch_id' | 'term_id' | 'name' | 'root' | 'cards' | 'content_type' | 'page_check'
>;

const SEALED = '.sealed';
const WORK = 'work-';
/** Of the process that writes there: `work-1234-Xy3b0a`, `<document>.sealed.1234-0.draft`. */
const WRITER = /^work-(\d+)-|\.(\d+)-\d+\.draft$/;
/** A sealed file gets its row within moments; one without is left by a process that was killed in between. */
const ROWLESS_MS = 60_000;

/**
 * Documents between their making and their printing: sealed files, each under a key of its own that the term's wraps; they
 * are deleted after 24 hours, or at once with a person or a term, and each deletion leaves a record. (§4.4.5, §8.20)
 */
@Injectable()
export class Spool {
  constructor(
    @Inject(SpoolFolder) private readonly folder: SpoolFolder,
    @Inject(ServiceDatabase) private readonly database: ServiceDatabase,
    @Inject(KeyDirectory) private readonly keys: KeyDirectory,
    @Inject(AccessLog) private readonly accessLog: AccessLog,
  ) {}

  async open(): Promise<void> {
    await mkdir(this.folder.path, { recursive: true, mode: 0o700 });
    await chmod(this.folder.path, 0o700);
    // Nothing of ours is under way yet: what bears our number was left by a process that had it before
    await this.clean((pid) => pid !== process.pid && isAlive(pid));
  }

  /**
   * Removes what killed processes were making, and files that no row knows.
   * @param isWriting whether a process may still be at work; several may share the folder
   */
  async clean(isWriting: (pid: number) => boolean = isAlive): Promise<void> {
    const { rows } = await this.database.pool.query<Pick<DocumentRow, 'document_id'>>(
      'select document_id from notice_document where deleted_at is null',
    );
    const known = new Set(rows.map(({ document_id }) => nameOf(document_id)));
    for (const name of await readdir(this.folder.path)) {
      if (known.has(name)) continue;
      const path = join(this.folder.path, name);
      const writer = WRITER.exec(name);
      const isLeft = writer === null ? await this.isOld(path) : !isWriting(Number(writer[1] ?? writer[2]));
      if (isLeft) await rm(path, { recursive: true, force: true });
    }
  }

  private async isOld(path: string): Promise<boolean> {
    if (!path.endsWith(SEALED)) return true;
    const found = await stat(path).catch(() => undefined);
    return found !== undefined && found.mtimeMs < systemClock.now() - ROWLESS_MS;
  }

  /** A folder to write documents into; gone when `work` ends, whatever becomes of it. */
  async inWorkFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
    const folder = await mkdtemp(join(this.folder.path, `${WORK}${process.pid}-`));
    try {
      return await work(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async keep(document: NewDocument, contents: Uint8Array): Promise<DocumentRow> {
    const id = newId();
    const key = newFileKey();
    const wrapped = wrapPersonKey(this.keys.keysOf(document.term_id), id, key);
    await writeSealed(this.folder.path, nameOf(id), key, contents);
    const { rows } = await this.database.pool.query<DocumentRow>(
      `insert into notice_document (document_id, batch_id, term_id, name, root, cards, bytes, content_type, wrapped_key, page_check, made_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning *`,
      [
        ...[id, document.batch_id, document.term_id, document.name, document.root, document.cards],
        ...[contents.length, document.content_type, wrapped, document.page_check, systemClock.now()],
      ],
    );
    return rows[0]!;
  }

  /** The newest of a batch that is still there, by name. */
  async ofBatch(batchId: string): Promise<DocumentRow[]> {
    const { rows } = await this.database.pool.query<DocumentRow>(
      `select distinct on (name) * from notice_document where batch_id = $1 and deleted_at is null and made_at > $2
       order by name, made_at desc`,
      [batchId, systemClock.now() - KEPT_MS],
    );
    return rows;
  }

  /** The contents, or undefined when the file is gone or broken: then it is made again. @throws Refusal `term-erased` */
  async read(row: DocumentRow): Promise<Buffer | undefined> {
    const key = unwrapPersonKey(this.keys.keysOf(row.term_id), row.document_id, row.wrapped_key);
    try {
      return await readSealed(this.folder.path, nameOf(row.document_id), key);
    } catch (thrown) {
      const isGone = thrown instanceof BrokenSeal || (thrown as NodeJS.ErrnoException).code === 'ENOENT';
      if (!isGone) throw thrown;
      await this.delete([row], 'broken');
      return undefined;
    }
  }

  async deleteOfBatches(batchIds: readonly string[], because: string): Promise<void> {
    const { rows } = await this.database.pool.query<DocumentRow>(
      'select * from notice_document where batch_id = any ($1) and deleted_at is null',
      [batchIds],
    );
    await this.delete(rows, because);
  }

  async deleteOfTerm(termId: string): Promise<void> {
    const { rows } = await this.database.pool.query<DocumentRow>(
      'select * from notice_document where term_id = $1 and deleted_at is null',
      [termId],
    );
    await this.delete(rows, 'term-erased');
  }

  /** What has lain there for 24 hours. @returns how many */
  async deleteOld(now: number): Promise<number> {
    const { rows } = await this.database.pool.query<DocumentRow>(
      'select * from notice_document where deleted_at is null and made_at <= $1',
      [now - KEPT_MS],
    );
    await this.delete(rows, 'day-over');
    return rows.length;
  }

  /** The file, its key, and a record in the access log, which cannot be taken back. */
  private async delete(rows: readonly DocumentRow[], because: string): Promise<void> {
    for (const { document_id: id, batch_id: batchId } of rows) {
      await rm(join(this.folder.path, nameOf(id)), { force: true });
      await this.accessLog.write({
        ...{ accountId: 'notices', action: 'erase', purpose: `spool-${because}`, subjects: [id, batchId] },
        outcome: 'done',
      });
      await this.database.pool.query(
        `update notice_document set deleted_at = $2, deleted_because = $3, wrapped_key = null
         where document_id = $1 and deleted_at is null`,
        [id, systemClock.now(), because],
      );
    }
  }
}

function nameOf(documentId: string): string {
  return documentId + SEALED;
}
