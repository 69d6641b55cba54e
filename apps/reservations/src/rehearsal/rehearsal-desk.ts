import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase } from '#servers/test-database.js';
import { newId } from '#kernel/ids.js';
import type { Role } from '#contracts/access/roles.js';
import { startService, type RunningService } from '#platform/service/bootstrap.js';
import { CALLER_HEADER } from '#platform/service/caller.js';
import { CallerSigner } from '#platform/service/caller-token.js';
import { ServiceLog } from '#platform/service/logging.js';
import { readSettings } from '#platform/service/settings.js';
import { serveOpenApi } from '#platform/service/openapi.js';
import { ReservationsModule, SERVICE } from '../app.module.js';
import { reservationsVariables } from '../settings.js';

export interface Answer {
  readonly status: number;
  // What comes back is looked at by the spec that asked
  // eslint-disable-next-line typescript/no-explicit-any
  readonly body: any;
  readonly position: string | null;
}

/** The service as it runs, on a database and a key directory of its own; asked as the gateway would ask. */
export interface RehearsalDesk {
  readonly url: string;
  readonly databaseUrl: string;
  readonly keyDirectory: string;
  /**
   * @param body sent as JSON, or as it is when it is a file
   * @param key the Idempotency-Key; a fresh one unless given, none when null
   */
  ask(method: string, path: string, body?: unknown, as?: Role | Role[], key?: string | null): Promise<Answer>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** @param capacityUrl where alternatives are asked for; nobody is there unless given */
export async function openRehearsalDesk({
  capacityUrl = 'http://127.0.0.1:9',
  holdSeconds = 300,
  log = new ServiceLog({ service: SERVICE, level: 'error' }),
} = {}): Promise<RehearsalDesk> {
  const database = await testDatabase();
  const keyDirectory = mkdtempSync(join(tmpdir(), 'uketsuke-keys-'));
  const pair = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const signer = await CallerSigner.open(pair.privateKey);
  const settings = readSettings(reservationsVariables, {
    UKETSUKE_MARK: 'demo',
    DATABASE_URL: database.url,
    PORT: '0',
    SHUTDOWN_DELAY_MS: '0',
    GATEWAY_PUBLIC_KEY: pair.publicKey,
    CAPACITY_URL: capacityUrl,
    KEY_DIRECTORY: keyDirectory,
    HOLD_SECONDS: String(holdSeconds),
  });
  const start = () =>
    startService({
      name: SERVICE,
      module: ReservationsModule.of(settings),
      settings,
      log,
      configure: (app) => serveOpenApi(app, SERVICE),
      ownsProcess: false,
    });
  let service: RunningService = await start();
  return {
    get url() {
      return service.url;
    },
    databaseUrl: database.url,
    keyDirectory,
    async ask(method, path, body, as = 'operator', key = newId()) {
      const roles = typeof as === 'string' ? [as] : as;
      const token = await signer.sign({ accountId: `spec-${roles.join('-')}`, roles, handler: true });
      const response = await fetch(service.url + path, {
        method,
        headers: {
          [CALLER_HEADER]: token,
          ...(key !== null && { 'idempotency-key': key }),
          ...(body !== undefined && { 'content-type': body instanceof Blob ? body.type : 'application/json' }),
        },
        ...(body !== undefined && { body: body instanceof Blob ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        body: text === '' ? undefined : JSON.parse(text),
        position: response.headers.get('uketsuke-position'),
      };
    },
    async restart() {
      await service.stop();
      service = await start();
    },
    async close() {
      await service.stop();
      await database.drop();
      await rm(keyDirectory, { recursive: true });
    },
  };
}
