import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase, type TestDatabase } from '#servers/test-database.js';
import type { Role } from '#contracts/access/roles.js';
import { newId } from '#kernel/ids.js';
import { openPool } from '#platform/log/connection.js';
import { askAgain } from '#platform/rehearsal/ask-again.js';
import { startService, type RunningService } from '#platform/service/bootstrap.js';
import { CALLER_HEADER } from '#platform/service/caller.js';
import { CallerSigner } from '#platform/service/caller-token.js';
import { ServiceLog } from '#platform/service/logging.js';
import { serveOpenApi } from '#platform/service/openapi.js';
import { readSettings } from '#platform/service/settings.js';
import { WAIT_FOR_HEADER } from '#platform/subscription/position-token.js';
import { NoticesModule, SERVICE } from '../app.module.js';
import { noticesVariables } from '../settings.js';
import { AppProcess } from '#platform/rehearsal/app-process.js';

export interface Answer {
  readonly status: number;
  // What comes back is looked at by the spec that asked
  // eslint-disable-next-line typescript/no-explicit-any
  readonly body: any;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly position: string | null;
}

export interface Asking {
  /** Whose account: another name is another person. */
  readonly account?: string;
  readonly key?: string;
  readonly handler?: boolean;
  readonly waitFor?: string | null;
  /** Another process of notices than the one in here. */
  readonly of?: AppProcess;
}

/** A broker, and what sets the topics of one spec apart on it. */
export interface Travelling {
  readonly KAFKA_BROKERS: string;
  readonly KAFKA_TOPIC_PREFIX: string;
}

/** Reservations and notices as they run, on databases and keys of their own; asked as the gateway would ask. */
export class NoticesDesk {
  private constructor(
    private readonly databases: readonly TestDatabase[],
    private readonly folder: string,
    private readonly reservations: AppProcess,
    private readonly signer: CallerSigner,
    private readonly environment: Readonly<Record<string, string>>,
    private readonly start: () => Promise<RunningService>,
    private service: RunningService | undefined,
  ) {}

  /** @param kafka how events travel; absent, each service reads the other's log */
  static async open(kafka?: Travelling): Promise<NoticesDesk> {
    const [theirs, own] = [await testDatabase(), await testDatabase()];
    const folder = mkdtempSync(join(tmpdir(), 'uketsuke-notices-'));
    const pair = generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const common = {
      UKETSUKE_MARK: 'demo',
      PORT: '0',
      SHUTDOWN_DELAY_MS: '0',
      GATEWAY_PUBLIC_KEY: pair.publicKey,
      KEY_DIRECTORY: join(folder, 'keys'),
      ...kafka,
    };
    const reservations = await AppProcess.start('reservations', {
      ...common,
      ...{ DATABASE_URL: theirs.url, CAPACITY_URL: 'http://127.0.0.1:9', LOG_LEVEL: 'info' },
    });
    const environment = {
      ...common,
      ...{ DATABASE_URL: own.url, RESERVATIONS_URL: reservations.url, SPOOL_DIRECTORY: join(folder, 'spool') },
      ...(kafka === undefined && { RESERVATIONS_LOG_URL: theirs.url }),
    };
    const settings = readSettings(noticesVariables, environment);
    const start = () =>
      startService({
        name: SERVICE,
        module: NoticesModule.of(settings),
        settings,
        log: new ServiceLog({ service: SERVICE, level: 'error' }),
        ownsProcess: false,
        configure: (app) => serveOpenApi(app, SERVICE),
      });
    const signer = await CallerSigner.open(pair.privateKey);
    const service = await start();
    return new NoticesDesk([theirs, own], folder, reservations, signer, environment, start, service);
  }

  get url(): string {
    return this.running.url;
  }

  get spool(): string {
    return join(this.folder, 'spool');
  }

  get app(): RunningService['app'] {
    return this.running.app;
  }

  private get running(): RunningService {
    if (this.service === undefined) throw new Error('Notices was stopped; start it, or ask another process of it.');
    return this.service;
  }

  /** @param as roles, of an account that is named after them unless `account` says otherwise */
  async ask(method: string, path: string, body?: unknown, as: Role = 'operator', asking: Asking = {}): Promise<Answer> {
    const { account = as, key = newId(), handler = true, waitFor, of } = asking;
    const own = /^\/(notices|templates|health|openapi)/.test(path);
    const service = own ? (of ?? this.running) : this.reservations;
    const response = await fetch(service.url + path, {
      method,
      headers: {
        [CALLER_HEADER]: await this.signer.sign({ accountId: account, roles: [as], handler }),
        'idempotency-key': key,
        ...(waitFor && { [WAIT_FOR_HEADER]: waitFor }),
        ...(body !== undefined && { 'content-type': body instanceof Blob ? body.type : 'application/json' }),
      },
      ...(body !== undefined && { body: body instanceof Blob ? body : JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      ...{ status: response.status, headers: response.headers, bytes },
      body: isJson ? JSON.parse(bytes.toString()) : undefined,
      position: response.headers.get('uketsuke-position'),
    };
  }

  /** The same, which must be accepted, once it has arrived here. @throws Error with the problem */
  async must(...asked: Parameters<NoticesDesk['ask']>): Promise<Answer> {
    const answer = await askAgain(() => this.ask(...asked));
    if (answer.status < 300) return answer;
    throw new Error(`${asked[0]} ${asked[1]} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  }

  /** Events of the notices service, by stream. */
  async events(): Promise<{ stream: string; type: string; data: Record<string, unknown> }[]> {
    return this.query('select stream, type, data from events order by at, p, seq');
  }

  async query<Row>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return this.on('notices', async (pool) => (await pool.query(sql, values)).rows as Row[]);
  }

  /** On the database of a service. */
  async on<Result>(
    service: 'reservations' | 'notices',
    work: (pool: ReturnType<typeof openPool>) => Promise<Result>,
  ): Promise<Result> {
    const pool = openPool({ url: this.databases[service === 'notices' ? 1 : 0]!.url, name: 'spec' }, 1);
    try {
      return await work(pool);
    } finally {
      await pool.end();
    }
  }

  /**
   * One more process of notices on the same database and the same spool, which can be killed.
   * @param fileBytes the most that its disk takes of a file
   */
  another(fileBytes?: number): Promise<AppProcess> {
    return AppProcess.start('notices', { ...this.environment, LOG_LEVEL: 'info' }, fileBytes);
  }

  async restart(): Promise<void> {
    await this.stop();
    this.service = await this.start();
  }

  /** The process in here; others go on. */
  async stop(): Promise<void> {
    await this.service?.stop();
    this.service = undefined;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.reservations.stop();
    for (const database of this.databases) await database.drop();
    await rm(this.folder, { recursive: true });
  }
}
