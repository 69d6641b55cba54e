import { generateKeyPairSync } from 'node:crypto';
import { reservationsEvents, type ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import type { Role } from '#contracts/access/roles.js';
import { newId } from '#kernel/ids.js';
import { EmbeddedFeed } from '#platform/feed/embedded-feed.js';
import { Subscriptions } from '#platform/hosting/subscriptions.module.js';
import { KafkaRig } from '#platform/kafka/kafka-rig.js';
import { openPool } from '#platform/log/connection.js';
import type { Lanes } from '#platform/lane/lanes.js';
import type { StreamRef } from '#platform/lane/lane-command.js';
import { publishTypes, readLogId } from '#platform/log/event-log.js';
import { askAgain } from '#platform/rehearsal/ask-again.js';
import { RehearsalLog } from '#platform/rehearsal/rehearsal-log.js';
import { startService, type RunningService } from '#platform/service/bootstrap.js';
import { CALLER_HEADER } from '#platform/service/caller.js';
import { CallerSigner } from '#platform/service/caller-token.js';
import { ServiceLog } from '#platform/service/logging.js';
import { serveOpenApi } from '#platform/service/openapi.js';
import { readSettings } from '#platform/service/settings.js';
import { listParked, retryParked } from '#platform/subscription/parking.js';
import { formatPosition, WAIT_FOR_HEADER } from '#platform/subscription/position-token.js';
import { rebuild } from '#platform/subscription/rebuild.js';
import { Wakeups } from '#platform/wakeup/wakeups.js';
import { testDatabase, type TestDatabase } from '#servers/test-database.js';
import { CapacityModule, capacityVariables, SERVICE } from '../app.module.js';
import { LiveBoard } from '../seat-board/live-board.handlers.js';
import { SEAT_BOARD } from '../seat-board/seat-board.projector.js';
import { ODD, type Told } from './desk-events.js';

interface Asking {
  readonly waitFor?: string;
  readonly body?: object;
  readonly roles?: readonly Role[];
}

/** The capacity service over a real log that a spec writes to, as reservations would. */
export class BoardDesk {
  private constructor(
    readonly log: RehearsalLog,
    private readonly lanes: Lanes,
    private readonly quiet: () => Promise<void>,
    readonly database: TestDatabase,
    readonly service: RunningService,
    private readonly signer: CallerSigner,
    private readonly logId: string,
  ) {}

  static async open(brokers?: readonly string[]): Promise<BoardDesk> {
    const log = await RehearsalLog.make();
    await publishTypes(log.pool, [...reservationsEvents.types(), ODD]);
    const rig = brokers && (await new KafkaRig(log, brokers).open());
    const wakeups = rig?.wakeups ?? new Wakeups({ url: log.url, name: 'spec-wakeups' });
    if (rig === undefined) await wakeups.open();
    const lanes = await log.openLanes({ onCommitted: () => wakeups.committed() });
    const database = await testDatabase();
    const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const settings = readSettings(capacityVariables, {
      UKETSUKE_MARK: 'demo',
      DATABASE_URL: database.url,
      PORT: '0',
      SHUTDOWN_DELAY_MS: '0',
      LOG_LEVEL: 'error',
      GATEWAY_PUBLIC_KEY: publicKey,
      ...(rig
        ? { KAFKA_BROKERS: rig.brokers.join(), KAFKA_TOPIC_PREFIX: rig.prefix }
        : { RESERVATIONS_LOG_URL: log.url }),
    });
    const service = await startService({
      name: SERVICE,
      module: CapacityModule.of(settings),
      settings,
      log: new ServiceLog({ service: SERVICE, level: 'error' }),
      ownsProcess: false,
      configure: (app) => serveOpenApi(app, 'Uketsuke capacity'),
    });
    const signer = await CallerSigner.open(privateKey);
    return new BoardDesk(
      log,
      lanes,
      () => (rig ?? wakeups).close(),
      database,
      service,
      signer,
      await readLogId(log.pool),
    );
  }

  /** Writes events, all of them in one commit. @returns the position to wait for */
  async tell(...events: readonly (Told | readonly Told[])[]): Promise<string> {
    const all = events.flat() as Told[];
    const streams = new Map(all.map(({ stream }) => [stream, refOf(stream)]));
    const { positions } = await this.lanes.submit({
      commandId: newId(),
      account: 'spec',
      bodyHmac: Buffer.alloc(32),
      metadata: {},
      writes: [...streams.values()],
      checks: [],
      decide: () => ({
        events: [...streams].map(([name, stream]) => ({
          stream,
          events: all.filter((told) => told.stream === name).map(({ event }) => event),
        })),
        answer: null,
      }),
    });
    return formatPosition({ logId: this.logId, positions })!;
  }

  async headers(roles: readonly Role[] = ['operator']): Promise<Record<string, string>> {
    return { [CALLER_HEADER]: await this.signer.sign({ accountId: 'op1', roles, handler: true }) };
  }

  /** Asks, and what waits for a position again until it is there. */
  async ask(path: string, options: Asking = {}): Promise<Response> {
    const { response } = await askAgain(async () => {
      const response = await this.askOnce(path, options);
      const body = response.status === 503 ? await response.clone().json() : undefined;
      return { response, status: response.status, body };
    });
    return response;
  }

  async askOnce(path: string, options: Asking = {}): Promise<Response> {
    return fetch(`${this.service.url}${path}`, {
      headers: {
        ...(await this.headers(options.roles)),
        ...(options.waitFor !== undefined && { [WAIT_FOR_HEADER]: options.waitFor }),
        ...(options.body && { 'content-type': 'application/json' }),
      },
      ...(options.body && { method: 'POST', body: JSON.stringify(options.body) }),
    });
  }

  /** Tells, waits until the service has heard it, and answers what it says then. */
  async after(events: readonly Told[], path: string): Promise<Response> {
    return this.ask(path, { waitFor: await this.tell(events) });
  }

  liveBoard(): LiveBoard {
    return this.service.app.get(LiveBoard);
  }

  /** Has the board take up what it parked of a stream, as code does that has learnt what an odd event is. */
  async retry(stream: string): Promise<void> {
    const board = this.service.app.get(Subscriptions).named(SEAT_BOARD);
    const [parked] = await listParked(board.pool, SEAT_BOARD).then((all) => all.filter((one) => one.stream === stream));
    await retryParked(board.pool, parked!, async (events, client) => {
      await board.applyParked(
        events.filter(({ type }) => type !== ODD),
        client,
      );
    });
  }

  /** Builds the board again from the log, as `npm run rebuild` does beside the running service. */
  async rebuild(): Promise<void> {
    const feed = new EmbeddedFeed('reservations', { url: this.log.url, name: 'spec-rebuild' });
    await rebuild(this.service.app.get(Subscriptions).named(SEAT_BOARD), [feed]).finally(() => feed.close());
  }

  async query(sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    const pool = openPool({ url: this.database.url, name: 'spec' }, 1);
    try {
      return (await pool.query(sql, values)).rows as Record<string, unknown>[];
    } finally {
      await pool.end();
    }
  }

  async close(): Promise<void> {
    const { clean } = await this.service.stop();
    await this.quiet();
    await this.log.close();
    await this.database.drop();
    if (!clean) throw new Error('The service did not stop cleanly.');
  }
}

/** A stream that takes whatever it is told. */
function refOf(stream: string): StreamRef {
  const type = {
    category: stream,
    initialState: null,
    evolve: () => null,
    read: ({ type: name, data }: { type: string; data: object }) => ({ type: name, data }) as ReservationsEvent,
    schemaVersion: () => 1,
  };
  return { type, name: stream };
}
