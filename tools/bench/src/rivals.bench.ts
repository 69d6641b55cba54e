import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { newId } from '#kernel/ids.js';
import { RehearsalLog } from '#platform/rehearsal/rehearsal-log.js';
import { testDatabase } from '#servers/test-database.js';
import pg from 'pg';
import { appendLoad, event500 } from './append-load.js';
import type { Bench } from './bench.js';
import { perSecond } from './load.js';
import { paired } from './paired.js';
import { judge } from './result.js';

const CLIENTS = 32;
const SLICE = 700;
/** A package of its own, so that nobody installs other stores who does not run this bench. */
const RIVALS = join(import.meta.dirname, '../../../../tools/bench/rivals');

interface Rival {
  readonly name: string;
  readonly limit: number;
  append(client: number): Promise<unknown>;
  close(): Promise<void>;
}

/** Our append with all its guarantees beside the appends of other stores on PostgreSQL, really run. */
export const rivals: Bench = async function* ({ progress }) {
  if (!existsSync(join(RIVALS, 'node_modules'))) {
    progress('installing the rivals');
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: RIVALS, stdio: 'ignore' });
  }
  const log = await RehearsalLog.make();
  const lanes = await log.openLanes();
  const ours = appendLoad(lanes, false);
  try {
    for (const open of [emmett, messageDb]) {
      const rival = await open();
      progress(rival.name);
      const measured = await paired(
        () => perSecond(CLIENTS, SLICE, (client) => rival.append(client)),
        () => perSecond(CLIENTS, SLICE, ours),
      );
      yield judge(
        {
          bench: 'rivals',
          candidate: 'lanes, 500-byte events',
          baseline: rival.name,
          clients: CLIENTS,
          unit: 'commits/s',
          limit: rival.limit,
          direction: 'atLeast',
        },
        measured,
      );
      await rival.close();
    }
  } finally {
    await log.close();
  }
};

interface EmmettStore {
  appendToStream(
    stream: string,
    events: unknown[],
    options: { expectedStreamVersion: bigint | string },
  ): Promise<unknown>;
  close(): Promise<void>;
  schema: { migrate(): Promise<unknown> };
}

async function emmett(): Promise<Rival> {
  const require = createRequire(join(RIVALS, 'package.json'));
  const module = (await import(pathToFileURL(require.resolve('@event-driven-io/emmett-postgresql')).href)) as {
    getPostgreSQLEventStore(url: string): EmmettStore;
  };
  const database = await testDatabase();
  const store = module.getPostgreSQLEventStore(database.url);
  await store.schema.migrate();
  return {
    name: 'emmett-postgresql 0.42.0 appendToStream, a new stream each',
    limit: 8,
    append: () =>
      store.appendToStream(`bench-${newId()}`, [event500()], { expectedStreamVersion: 'STREAM_DOES_NOT_EXIST' }),
    close: async () => {
      await store.close();
      await database.drop();
    },
  };
}

/** The SQL of the package, in the order of its own install script; psql is not needed for it. */
const MESSAGE_DB_SQL = [
  'schema/message-store', 'extensions/pgcrypto', 'tables/messages', 'types/message',
  'functions/message-store-version', 'functions/hash-64', 'functions/acquire-lock', 'functions/category',
  'functions/is-category', 'functions/id', 'functions/cardinal-id', 'functions/stream-version', 'functions/write-message',
  'indexes/messages-id', 'indexes/messages-stream', 'indexes/messages-category',
]; // prettier-ignore

async function messageDb(): Promise<Rival> {
  const database = await testDatabase();
  const pool = new pg.Pool({
    connectionString: database.url,
    max: CLIENTS,
    options: '-c search_path=message_store,public',
  });
  for (const file of MESSAGE_DB_SQL) {
    await pool.query(await readFile(join(RIVALS, 'node_modules/@eventide/message-db/database', `${file}.sql`), 'utf8'));
  }
  return {
    name: 'message-db 1.3.1 write_message, a category a client',
    limit: 2.5,
    append: (client) => {
      const { type, data } = event500();
      return pool.query({
        name: 'write',
        text: 'select write_message($1::varchar, $2::varchar, $3::varchar, $4::jsonb)',
        values: [newId(), `category${client}-${newId()}`, type, JSON.stringify(data)],
      });
    },
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
}
