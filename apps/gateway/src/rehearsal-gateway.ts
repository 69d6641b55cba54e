import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { testDatabase } from '#servers/test-database.js';
import { BEHIND_THE_GATEWAY } from '#contracts/access/endpoint.js';
import type { Role } from '#contracts/access/roles.js';
import { ServiceLog } from '#platform/service/logging.js';
import { readSettings } from '#platform/service/settings.js';
import { gatewayVariables } from './gateway.settings.js';
import { startGateway } from './gateway.js';
import { startRehearsalService, type RehearsalService } from './rehearsal-service.js';

export interface RehearsalGateway {
  readonly url: string;
  readonly behind: RehearsalService;
  readonly keyDirectory: string;
  readonly databaseUrl: string;
  readonly rows: (sql: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;
  /** The cookie of an account of that role, as `cookie` header. */
  signIn(role: Role): Promise<string>;
  ask(route: string, options?: Question): Promise<Response>;
  stop(): Promise<void>;
}

export interface Question {
  readonly as?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export const passwordOf = (role: Role): string => `the-${role}-comes-in-here`;

/** A gateway on a database of its own with an account a role, before a small service. */
export async function startRehearsalGateway(environment: Record<string, string> = {}): Promise<RehearsalGateway> {
  const scratch = mkdtempSync(join(tmpdir(), 'uketsuke-gateway-'));
  const demoAccounts = join(scratch, 'demo-accounts.json');
  const roles: Role[] = ['operator', 'supervisor', 'manager', 'city', 'privacyOfficer', 'auditor', 'administrator'];
  const accounts = roles.map((role) => ({ accountId: role.toLowerCase(), role, password: passwordOf(role) }));
  writeFileSync(demoAccounts, JSON.stringify(accounts));
  const database = await testDatabase();
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const log = new ServiceLog({ service: 'gateway', destination: { write: () => undefined } });
  const behind = await startRehearsalService(publicKey.export({ type: 'spki', format: 'pem' }) as string, log);
  const settings = readSettings(gatewayVariables, {
    ...{ UKETSUKE_MARK: 'demo', PORT: '0', SHUTDOWN_DELAY_MS: '0', DATABASE_URL: database.url },
    ...Object.fromEntries(BEHIND_THE_GATEWAY.map((service) => [`${service.toUpperCase()}_URL`, behind.url])),
    DEMO_ACCOUNTS_FILE: demoAccounts,
    KEY_DIRECTORY: join(scratch, 'keys'),
    GATEWAY_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    ...environment,
  });
  const gateway = await startGateway(settings, { log, ownsProcess: false });
  const pool = new pg.Pool({ connectionString: database.url, max: 2 });

  const ask = (route: string, { as, body, headers = {} }: Question = {}): Promise<Response> => {
    const [method, path] = route.split(' ') as [string, string];
    const json = body !== undefined && { 'content-type': 'application/json' };
    return fetch(gateway.url + path, {
      method,
      headers: { ...json, ...(as !== undefined && { cookie: as }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  };
  return {
    url: gateway.url,
    behind,
    keyDirectory: settings.keyDirectory,
    databaseUrl: database.url,
    ask,
    rows: async (sql, values) => (await pool.query<Record<string, unknown>>(sql, values)).rows,
    async signIn(role) {
      const body = { accountId: role.toLowerCase(), password: passwordOf(role) };
      const answer = await ask('POST /api/sign-in', { body });
      if (answer.status !== 200) throw new Error(`${role} could not sign in: ${await answer.text()}`);
      return cookieIn(answer);
    },
    async stop() {
      await pool.end();
      await gateway.stop();
      await behind.stop();
      await database.drop();
      rmSync(scratch, { recursive: true });
    },
  };
}

export function cookieIn(answer: Response): string {
  return answer.headers.getSetCookie()[0]!.split(';')[0]!;
}
