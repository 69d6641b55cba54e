import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the log has been sent to its topic; in the database of the log, so that it is restored with it. */
export class Relay1764000000003 implements MigrationInterface {
  name = 'Relay1764000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table relay (
        p integer primary key references partitions (p),
        next_seq bigint not null default 1,
        -- up to here the topic was read back and found complete: so many records hold every number below
        audited_offset bigint not null default 0,
        audited_seq bigint not null default 1
      ) with (fillfactor = 10);
      insert into relay (p) select p from partitions;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table relay');
  }
}
