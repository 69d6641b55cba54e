import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Rows that commit with the events they belong to: what is asked for by id, and the one sealed place of personal data
 * (design §6). All but the sealed ones are a fold of the log; `verify` holds them to it.
 */
export class Reservations1764000001001 implements MigrationInterface {
  readonly name = 'Reservations1764000001001';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table term (term_id uuid primary key, state text not null, plan jsonb not null);
      create table venue (venue_id uuid primary key, name text not null, facts jsonb not null);
      create table course (course_id uuid primary key, title text not null, texts jsonb not null);
      create table class_session (
        session_id uuid primary key, term_id uuid not null, session_code text not null, state text not null,
        plan jsonb not null, unique (term_id, session_code)
      );

      create table hold (hold_id uuid primary key, session_id uuid not null, expires_at bigint not null);
      create index hold_expiry on hold (expires_at);

      create sequence receipt_number_block;
      create table reservation_place (
        reservation_id uuid primary key, session_id uuid not null, revision integer not null, state text not null,
        receipt_number text not null unique, term_id uuid not null, person_id uuid not null,
        person_version integer not null, party_id uuid, channel text not null
      );
      create index reservation_of_person on reservation_place (person_id);
      create index reservation_in_session on reservation_place (session_id);

      create table person (
        person_id uuid primary key, term_id uuid not null, version integer not null, wrapped_key bytea not null,
        postal_code_missing boolean not null, phone_index bytea, kana_index bytea not null, kana_prefixes text not null
      );
      create index person_by_phone on person (phone_index) where phone_index is not null;
      create index person_by_kana on person (kana_index);
      create index person_by_prefix on person using gin (string_to_array(kana_prefixes, ' '));
      create table person_restriction (person_id uuid primary key);
      create table person_record (
        person_id uuid, version integer, sealed bytea not null, primary key (person_id, version)
      );
      create table sealed_note (
        note_id uuid primary key, owner_id uuid not null, term_id uuid not null, kind text not null, wrapped_key bytea,
        sealed bytea not null
      );
      create index note_of_owner on sealed_note (owner_id);

      create table erasure_order (
        subject_id uuid primary key, kind text not null, instruction_number text not null, asked_by text not null,
        asked_as text not null, asked_at bigint not null
      );

      create table contact_list (
        contact_list_id uuid primary key, session_id uuid not null, cause text not null,
        started_at bigint not null, reservations jsonb not null
      );
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table contact_list, erasure_order, sealed_note, person_record, person_restriction, person, reservation_place, hold, class_session, course,
        venue, term;
      drop sequence receipt_number_block;
    `);
  }
}
