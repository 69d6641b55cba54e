import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { grantReader, scramVerifier } from '#platform/log/reader-role.js';
import { newId } from '#kernel/ids.js';
import { startPostgres } from '#servers/postgres.js';
import { ServerProblem } from '#servers/server-problem.js';
import type { DeskDirectory } from './desk-directory.js';
import { markDatabase, type Mark } from './desk-mark.js';

const { escapeIdentifier, escapeLiteral } = pg;
const READER = 'uketsuke_reader';

export interface DeskDatabases {
  /** As its owner, a role that owns nothing else. */
  readonly urlOf: (service: string) => string;
  /** As the role that may read what a service publishes, and nothing else. */
  readonly readerUrlOf: (source: string) => string;
  /** False as long as the service has not made its log. */
  grantReader(source: string): Promise<boolean>;
  stop(): Promise<void>;
  /** Never, where the server is somebody else's. */
  readonly gone: Promise<void>;
}

/** A database and a role of its own for each service, in a PostgreSQL of our own or in yours. */
export async function openDatabases(
  directory: DeskDirectory,
  services: readonly string[],
  passwords: Readonly<Record<string, string>>,
  mark: Mark,
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
  const ownedBy = (service: string) => withDatabase(adminUrl, service);
  const urlFor = (service: string, role: string, password: string) => {
    const url = new URL(ownedBy(service));
    url.username = role;
    url.password = encodeURIComponent(password);
    return url.href;
  };
  const urlOf = (service: string) => urlFor(service, `uketsuke_${service}`, passwords[service]!);
  try {
    await makeDatabases(adminUrl, services);
    // Before any password is changed: the databases of another desk are left as they are.
    const deskId = directory.kept(directory.path('desk-id'), newId).trim();
    for (const service of services) await markDatabase(ownedBy(service), mark, deskId);
    await setPasswords(adminUrl, services, passwords);
  } catch (error) {
    await embedded?.stop();
    throw ownServer === undefined || error instanceof ServerProblem ? error : problemOf(error);
  }
  const granted = new Set<string>();
  let granting: Promise<void> = Promise.resolve();
  return {
    urlOf,
    readerUrlOf: (source) => urlFor(source, READER, passwords['reader']!),
    grantReader: (source) => {
      // One after another: the reader is one role for all databases, and PostgreSQL refuses to change it twice at once
      granting = granting
        .catch(() => undefined)
        .then(async () => {
          if (granted.has(source)) return;
          const address = ownedBy(source);
          if (!(await hasLog(address))) return;
          await grantReader(address, READER, passwords['reader']!);
          granted.add(source);
        });
      return granting.then(() => granted.has(source));
    },
    stop: async () => embedded?.stop(),
    gone: embedded?.whenGone() ?? new Promise(() => undefined),
  };
}

async function makeDatabases(adminUrl: string, services: readonly string[]): Promise<void> {
  await asking(adminUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select datname as name from pg_database union all select rolname from pg_roles`,
    );
    for (const service of services) {
      const name = escapeIdentifier(`uketsuke_${service}`);
      const there = rows.filter((row) => row.name === `uketsuke_${service}`).length;
      if (there === 0) await client.query(`create role ${name}`);
      if (there === 2) continue;
      // Who is no superuser must be in a role to give it a database.
      await client.query(`grant ${name} to current_user`);
      await client.query(`create database ${name} owner ${name}`);
      await client.query(`revoke connect, temporary on database ${name} from public`);
    }
  });
}

/** As verifiers, so that no statement that PostgreSQL logs holds a password. */
async function setPasswords(
  adminUrl: string,
  services: readonly string[],
  passwords: Readonly<Record<string, string>>,
): Promise<void> {
  await asking(adminUrl, async (client) => {
    for (const service of services) {
      const verifier = escapeLiteral(scramVerifier(passwords[service]!));
      await client.query(`alter role ${escapeIdentifier(`uketsuke_${service}`)} with login password ${verifier}`);
    }
  });
}

async function asking<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function hasLog(url: string): Promise<boolean> {
  return asking(url, async (client) => {
    const { rows } = await client.query<{ there: boolean }>(
      `select to_regclass('published_events') is not null as there`,
    );
    return rows[0]!.there;
  });
}

function withDatabase(adminUrl: string, service: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/uketsuke_${service}`;
  return url.href;
}

/** Not the message of PostgreSQL: it may quote the address. */
function problemOf(error: unknown): ServerProblem {
  const { code = 'unknown' } = error as { code?: string };
  return new ServerProblem(
    `DATABASE_URL cannot be used (${code}): it must be a PostgreSQL that answers, and a user who may make roles and databases.`,
  );
}
