import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { grantReader } from '#platform/log/reader-role.js';
import { startPostgres } from '#servers/postgres.js';
import { ServerProblem } from '#servers/server-problem.js';
import type { DeskDirectory } from './desk-directory.js';

const { escapeIdentifier, escapeLiteral } = pg;
const READER = 'uketsuke_reader';

export interface DeskDatabases {
  /** As its owner, a role that owns nothing else. */
  readonly urlOf: (service: string) => string;
  readonly readerUrl: string;
  /** False as long as reservations has not made its log. */
  grantReader(): Promise<boolean>;
  stop(): Promise<void>;
  /** Never, where the server is somebody else's. */
  readonly gone: Promise<void>;
}

/** A database and a role of its own for each service, in a PostgreSQL of our own or in yours. */
export async function openDatabases(
  directory: DeskDirectory,
  services: readonly string[],
  passwords: Readonly<Record<string, string>>,
  ownServer: string | undefined,
): Promise<DeskDatabases> {
  const logFile = join(directory.logs, 'postgres.log');
  const embedded =
    ownServer === undefined
      ? await startPostgres({
          dataDir: directory.path('postgres'),
          settings: { max_connections: '200' },
          onLog: (line) => appendFileSync(logFile, `${line}\n`, { mode: 0o600 }),
        })
      : undefined;
  const adminUrl = embedded?.url ?? ownServer!;
  const urlFor = (service: string, role: string, password: string) => {
    const url = new URL(adminUrl);
    url.pathname = `/uketsuke_${service}`;
    url.username = role;
    url.password = encodeURIComponent(password);
    return url.href;
  };
  const urlOf = (service: string) => urlFor(service, `uketsuke_${service}`, passwords[service]!);
  try {
    await makeDatabases(adminUrl, services, passwords);
  } catch (error) {
    await embedded?.stop();
    throw ownServer === undefined ? error : problemOf(error);
  }
  return {
    urlOf,
    readerUrl: urlFor('reservations', READER, passwords['reader']!),
    async grantReader() {
      const admin = new URL(adminUrl);
      admin.pathname = '/uketsuke_reservations';
      if (!(await hasLog(admin.href))) return false;
      await grantReader(admin.href, READER, passwords['reader']!);
      return true;
    },
    stop: async () => embedded?.stop(),
    gone: embedded?.whenGone() ?? new Promise(() => undefined),
  };
}

async function makeDatabases(
  adminUrl: string,
  services: readonly string[],
  passwords: Readonly<Record<string, string>>,
): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select datname as name from pg_database union all select rolname from pg_roles`,
    );
    for (const service of services) {
      const name = escapeIdentifier(`uketsuke_${service}`);
      const there = rows.filter((row) => row.name === `uketsuke_${service}`).length;
      if (there === 0) await client.query(`create role ${name}`);
      await client.query(`alter role ${name} with login password ${escapeLiteral(passwords[service]!)}`);
      if (there === 2) continue;
      // Who is no superuser must be in a role to give it a database.
      await client.query(`grant ${name} to current_user`);
      await client.query(`create database ${name} owner ${name}`);
      await client.query(`revoke connect, temporary on database ${name} from public`);
    }
  } finally {
    await client.end();
  }
}

async function hasLog(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ there: boolean }>(
      `select to_regclass('published_events') is not null as there`,
    );
    return rows[0]!.there;
  } finally {
    await client.end();
  }
}

/** Not the message of PostgreSQL: it may quote the address. */
function problemOf(error: unknown): ServerProblem {
  const { code = 'unknown' } = error as { code?: string };
  return new ServerProblem(
    `DATABASE_URL cannot be used (${code}): it must be a PostgreSQL that answers, and a user who may make roles and databases.`,
  );
}
