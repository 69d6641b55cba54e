import type { MigrationInterface, QueryRunner } from 'typeorm';
import { documentTable } from '../document/document.row.js';
import { templateTable } from '../template/notice-template.row.js';

/** Rows that commit with the events they belong to; what lists are read from is a projection (`notice-list`). */
export class Notices1764000001003 implements MigrationInterface {
  readonly name = 'Notices1764000001003';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create sequence batch_number;
      create table posting_settings (valid_from text primary key, settings jsonb not null);

      -- Keys of digests: a digest tells nothing once its row is gone. (design §6)
      create table digest_key (
        notice_id uuid, batch_id uuid, person_id uuid not null, term_id uuid not null, session_version integer not null,
        wrapped_key bytea not null,
        primary key (notice_id, batch_id)
      );
      create index digest_key_of_person on digest_key (person_id);
      create index digest_key_of_term on digest_key (term_id);
      create index digest_key_of_batch on digest_key (batch_id);
      ${documentTable}
      ${templateTable}
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      'drop table digest_key, posting_settings, notice_document, notice_template, template_choice; drop sequence batch_number, template_version',
    );
  }
}
