import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import pg from 'pg';
import { connectionConfig } from './connection.js';

const { escapeIdentifier, escapeLiteral } = pg;
const ITERATIONS = 4_096;

/**
 * Makes, or brings back to what it may do, the role through which other services read the log: the published events,
 * the counters and the log's id, and nothing else. It may listen, since to that everybody may who can connect.
 * @param ownerUrl a role that may make roles and owns the log
 * @param password printable ASCII; PostgreSQL gets its verifier, so that no statement it logs holds the password
 */
export async function grantReader(ownerUrl: string, roleName: string, password: string): Promise<void> {
  if (!/^[\x21-\x7e]{16,200}$/.test(password)) {
    throw new Error(`The password of ${roleName} must be 16 to 200 printable ASCII characters without spaces.`);
  }
  const client = new pg.Client(connectionConfig({ url: ownerUrl, name: 'uketsuke-grant' }));
  await client.connect();
  try {
    await client.query('begin');
    // Two services that are set up at once
    await client.query(`select pg_advisory_xact_lock(hashtextextended('grant-reader', 0))`);
    await makeRole(client, roleName, password);
    await grant(client, escapeIdentifier(roleName));
    await client.query('commit');
  } finally {
    await client.end();
  }
}

async function makeRole(client: pg.Client, roleName: string, password: string): Promise<void> {
  const { rows } = await client.query<{ owner: boolean; member: boolean; strong: boolean }>(
    `select r.rolname = current_user as owner, exists (select from pg_auth_members m where m.member = r.oid) as member,
       rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls as strong
     from pg_roles r where r.rolname = $1`,
    [roleName],
  );
  const existing = rows[0];
  if (existing?.owner) throw new Error(`${roleName} owns the log: a reader must be a role of its own.`);
  if (existing?.member) throw new Error(`${roleName} has the rights of another role: a reader must have none.`);
  const role = escapeIdentifier(roleName);
  if (existing === undefined) await client.query(`create role ${role}`);
  // Only a superuser may say so, and only of a role that was made more than a reader is it needed.
  const weaker = existing?.strong ? 'nosuperuser nocreatedb nocreaterole noreplication nobypassrls' : '';
  await client.query(`alter role ${role} with login ${weaker} password ${escapeLiteral(scramVerifier(password))}`);
  await client.query(`alter role ${role} set default_transaction_read_only = on`);
}

async function grant(client: pg.Client, role: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  const database = escapeIdentifier(rows[0]!.name);
  // What everybody has got by default: temporary tables, and the functions of the log
  await client.query(`revoke all on database ${database} from public, ${role}`);
  await client.query(`grant connect on database ${database} to ${role}`);
  await client.query(`revoke all on all tables in schema public from ${role}`);
  await client.query(`revoke all on all sequences in schema public from ${role}`);
  await client.query(`revoke all on all functions in schema public from public, ${role}`);
  await client.query(`revoke create on schema public from public, ${role}`);
  await client.query(`grant usage on schema public to ${role}`);
  await client.query(`grant select on published_events, partitions, log to ${role}`);
}

/** RFC 5803: what PostgreSQL keeps of a password, and accepts in its place. */
export function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256');
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${storedKey}:${hmac('Server Key').toString('base64')}`;
}
