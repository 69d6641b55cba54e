import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import type { Role } from '#contracts/access/roles.js';
import { inquiriesEvents } from '#contracts/inquiries/inquiries.events.js';
import { noticesEvents } from '#contracts/notices/notices.events.js';
import { reservationsEvents } from '#contracts/reservations/reservations.events.js';
import { newId } from '#kernel/ids.js';
import type { StreamRef } from '#platform/lane/lane-command.js';
import type { Lanes } from '#platform/lane/lanes.js';
import { publishTypes, readLogId } from '#platform/log/event-log.js';
import { RehearsalLog } from '#platform/rehearsal/rehearsal-log.js';
import { startService, type RunningService } from '#platform/service/bootstrap.js';
import { CALLER_HEADER } from '#platform/service/caller.js';
import { CallerSigner } from '#platform/service/caller-token.js';
import { ServiceLog } from '#platform/service/logging.js';
import { serveOpenApi } from '#platform/service/openapi.js';
import { readSettings } from '#platform/service/settings.js';
import { ServiceDatabase } from '#platform/hosting/rows.js';
import { Subscriptions } from '#platform/hosting/subscriptions.module.js';
import { formatPosition } from '#platform/subscription/position-token.js';
import { waitFor } from '#platform/subscription/wait-for.js';
import { testDatabase, type TestDatabase } from '#servers/test-database.js';
import { ReportingModule, SERVICE } from '../app.module.js';
import { SOURCES, type Source } from '../ledger/heard.js';
import { LEDGER } from '../ledger/ledger.projector.js';
import { reportingVariables } from '../settings.js';
import { OtherServices } from './other-services.js';
import type { Told } from './told.js';

type Positions = Parameters<typeof formatPosition>[0]['positions'];

const CATALOGUES = { reservations: reservationsEvents, notices: noticesEvents, inquiries: inquiriesEvents };

/** The reporting service over three real logs that a spec writes to. */
export class ReportDesk {
  private constructor(
    private readonly logs: Readonly<Record<Source, RehearsalLog>>,
    private readonly lanes: Readonly<Record<Source, Lanes>>,
    readonly database: TestDatabase,
    readonly service: RunningService,
    private readonly signer: CallerSigner,
    readonly folder: string,
    readonly others: OtherServices,
  ) {}

  static async open(log = new ServiceLog({ service: SERVICE, level: 'error' })): Promise<ReportDesk> {
    const made = await Promise.all(SOURCES.map((source) => openLog(source)));
    const logs = Object.fromEntries(made.map(({ source, log }) => [source, log])) as Record<Source, RehearsalLog>;
    const lanes = Object.fromEntries(made.map((one) => [one.source, one.lanes])) as Record<Source, Lanes>;
    const database = await testDatabase();
    const folder = await mkdtemp(join(tmpdir(), 'uketsuke-report-desk-'));
    const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const others = await OtherServices.open();
    const settings = readSettings(reportingVariables, {
      ...{ UKETSUKE_MARK: 'demo', DATABASE_URL: database.url, PORT: '0', SHUTDOWN_DELAY_MS: '0', LOG_LEVEL: 'error' },
      ...{ GATEWAY_PUBLIC_KEY: publicKey, KEY_DIRECTORY: folder },
      ...others.addresses,
      RESERVATIONS_LOG_URL: logs.reservations.url,
      NOTICES_LOG_URL: logs.notices.url,
      INQUIRIES_LOG_URL: logs.inquiries.url,
    });
    const service = await startService({
      ...{ name: SERVICE, module: ReportingModule.of(settings), settings, ownsProcess: false },
      log,
      configure: (app) => serveOpenApi(app, 'Uketsuke reporting'),
    });
    const signer = await CallerSigner.open(privateKey);
    return new ReportDesk(logs, lanes, database, service, signer, folder, others);
  }

  /** Writes events to their logs and waits until the service has counted them. */
  async tell(...story: readonly (Told | readonly Told[])[]): Promise<void> {
    const all = story.flat() as Told[];
    for (const source of SOURCES) {
      const own = all.filter((told) => told.source === source);
      if (own.length > 0) await this.heard(source, await this.write(source, own));
    }
  }

  /** Writes events and does not wait. */
  async tellUnheard(...story: readonly Told[]): Promise<void> {
    for (const told of story) await this.write(told.source, [told]);
  }

  /** Keeps the service from counting anything until the answer is called. */
  async holdLedger(): Promise<() => Promise<void>> {
    const client = await this.pool.connect();
    await client.query('begin; lock table position in exclusive mode');
    return async () => {
      await client.query('commit');
      client.release();
    };
  }

  /** Makes the events of a log older than they are. */
  ageEvents(source: Source, by: string): Promise<void> {
    return this.logs[source].tamper('update events set at = at - $1::interval', [by]);
  }

  async ask(
    path: string,
    options: {
      roles?: readonly Role[];
      as?: string;
      handler?: boolean;
      method?: string;
      body?: object | Uint8Array;
      headers?: Record<string, string>;
    } = {},
  ): Promise<Response> {
    const { roles = ['supervisor'], as = 'sv1', handler = true, method = 'GET', body, headers } = options;
    const isFile = body instanceof Uint8Array;
    const type = isFile ? 'application/octet-stream' : 'application/json';
    return fetch(`${this.service.url}${path}`, {
      method,
      headers: {
        [CALLER_HEADER]: await this.signer.sign({ accountId: as, roles, handler }),
        ...(body && { 'content-type': type }),
        ...headers,
      },
      ...(body && { body: isFile ? Buffer.from(body) : JSON.stringify(body) }),
    });
  }

  /** What stands in the database of the service. */
  async query<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<pg.QueryResult<Row>> {
    return this.pool.query<Row>(sql, values);
  }

  get pool(): pg.Pool {
    return this.service.app.get(ServiceDatabase).pool;
  }

  async close(): Promise<void> {
    const { clean } = await this.service.stop();
    await this.others.close();
    await Promise.all(SOURCES.map((source) => this.logs[source].close()));
    await this.database.drop();
    await rm(this.folder, { recursive: true });
    if (!clean) throw new Error('The service did not stop cleanly.');
  }

  private async write(source: Source, own: readonly Told[]): Promise<Positions> {
    const streams = new Map(own.map(({ stream }) => [stream, refOf(source, stream)]));
    const { positions } = await this.lanes[source].submit({
      ...{ commandId: newId(), account: 'spec', bodyHmac: Buffer.alloc(32), metadata: {} },
      ...{ writes: [...streams.values()], checks: [] },
      decide: () => ({
        events: [...streams].map(([name, stream]) => ({
          stream,
          events: own.filter((told) => told.stream === name).map(({ type, data }) => ({ type, data })) as never,
        })),
        answer: null,
      }),
    });
    return positions;
  }

  private async heard(source: Source, positions: Positions): Promise<void> {
    const logId = await readLogId(this.logs[source].pool);
    const subscription = this.service.app.get(Subscriptions).named(LEDGER);
    await waitFor(subscription, source, formatPosition({ logId, positions })!, 20_000);
  }
}

async function openLog(source: Source) {
  const log = await RehearsalLog.make();
  await publishTypes(log.pool, [...CATALOGUES[source].types()]);
  return { source, log, lanes: await log.openLanes() };
}

/** A stream that takes whatever it is told. */
function refOf(source: Source, stream: string): StreamRef {
  const type = {
    category: stream,
    initialState: null,
    evolve: () => null,
    read: ({ type: name, data }: { type: string; data: object }) => ({ type: name, data }) as never,
    schemaVersion: (name: string) => CATALOGUES[source].latest(name),
  };
  return { type, name: stream };
}
