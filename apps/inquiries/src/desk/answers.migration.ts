import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The sealed words of this half of the service, and the numbers that its papers carry. */
export class Answers1764000004002 implements MigrationInterface {
  readonly name = 'Answers1764000004002';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table answer_note (
        note_id uuid primary key, owner_id uuid not null, term_id uuid not null, person_id uuid, kind text not null,
        written_at bigint not null, wrapped_key bytea not null, sealed bytea not null
      );
      create index answer_note_of_owner on answer_note (owner_id);
      create index answer_note_of_person on answer_note (person_id) where person_id is not null;
      create index answer_note_of_term on answer_note (term_id);
      create sequence escalation_sheet_number;
      create sequence complaint_number;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table answer_note;
      drop sequence escalation_sheet_number, complaint_number;
    `);
  }
}
