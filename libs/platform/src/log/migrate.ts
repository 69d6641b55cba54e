import { DataSource, type MigrationInterface } from 'typeorm';

/** Any number: it keeps two processes from migrating one database at once. */
const ADVISORY_KEY = 7_402_026;

/**
 * Brings a database up to the migrations given, each in a transaction of its own. A second process waits for the first.
 * @returns the names of the migrations that ran
 */
export async function migrate(url: string, migrations: readonly (new () => MigrationInterface)[]): Promise<string[]> {
  const source = new DataSource({
    type: 'postgres',
    url,
    applicationName: 'uketsuke-migrate',
    migrations: [...migrations],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
  });
  await source.initialize();
  try {
    const lock = source.createQueryRunner();
    await lock.query(`select pg_advisory_lock(${ADVISORY_KEY})`);
    try {
      return (await source.runMigrations()).map(({ name }) => name);
    } finally {
      await lock.query(`select pg_advisory_unlock(${ADVISORY_KEY})`);
      await lock.release();
    }
  } finally {
    await source.destroy();
  }
}
