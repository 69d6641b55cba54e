import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '#contracts/access/roles.js';
import { noticesEvents, type NoticesEvent } from '#contracts/notices/notices.events.js';
import { reservationsEvents, type ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import { newId } from '#kernel/ids.js';
import type { Lanes } from '#platform/lane/lanes.js';
import type { StreamRef } from '#platform/lane/lane-command.js';
import { openPool } from '#platform/log/connection.js';
import { publishTypes } from '#platform/log/event-log.js';
import { KafkaRig } from '#platform/kafka/kafka-rig.js';
import { AppProcess } from '#platform/rehearsal/app-process.js';
import { RehearsalLog } from '#platform/rehearsal/rehearsal-log.js';
import { askAgain } from '#platform/rehearsal/ask-again.js';
import { startService, type RunningService } from '#platform/service/bootstrap.js';
import { CALLER_HEADER } from '#platform/service/caller.js';
import { CallerSigner } from '#platform/service/caller-token.js';
import { ServiceLog } from '#platform/service/logging.js';
import { serveOpenApi } from '#platform/service/openapi.js';
import { readSettings } from '#platform/service/settings.js';
import { Wakeups } from '#platform/wakeup/wakeups.js';
import { testDatabase } from '#servers/test-database.js';
import { CallbackSweeper } from '../callback/callback-sweeper.js';
import { InquiriesModule, SERVICE } from '../app.module.js';
import { inquiriesVariables } from '../settings.js';

export interface Told {
  readonly stream: string;
  readonly event: ReservationsEvent | NoticesEvent;
}

export interface Answer {
  readonly status: number;
  // What comes back is looked at by the spec that asked
  // eslint-disable-next-line typescript/no-explicit-any
  readonly body: any;
  readonly bytes: Buffer;
  readonly position: string | null;
}

/** The service as it runs, hearing a log of reservations that a spec writes; asked as the gateway would ask. */
export interface InquiriesDesk {
  readonly url: string;
  readonly databaseUrl: string;
  readonly keyDirectory: string;
  /** What the service was started with, for a program that runs beside it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Writes to the log of reservations, all in one commit, and waits until it was heard. */
  tell(...events: readonly Told[]): Promise<void>;
  /** The same to the log of notices. */
  tellOfNotices(...events: readonly Told[]): Promise<void>;
  /** Asks reservations, where it runs beside. */
  askReservations(method: string, path: string, body?: unknown, as?: Role | Role[]): Promise<Answer>;
  /** @param body sent as JSON, or as it is when it is a file; `key` null sends none */
  ask(method: string, path: string, body?: unknown, as?: Role | Role[], key?: string | null): Promise<Answer>;
  /** Asks until the rows have caught up with the last command. */
  read(path: string, as?: Role | Role[]): Promise<Answer>;
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Ends the call-backs that are over, without waiting for the next sweep. */
  sweepCallbacks(): Promise<number>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** @param withReservations starts the real service beside, instead of a log that is told */
export async function openInquiriesDesk({
  withReservations = false,
  reservationsUrl = 'http://127.0.0.1:9',
  /** Everything travels over Kafka, on topics with this prefix. */
  kafka,
  log = new ServiceLog({ service: SERVICE, level: 'error' }),
}: {
  readonly withReservations?: boolean;
  readonly reservationsUrl?: string;
  readonly kafka?: { readonly brokers: readonly string[]; readonly prefix: string };
  readonly log?: ServiceLog;
} = {}): Promise<InquiriesDesk> {
  const [reservations, notices] = [await RehearsalLog.make(), await RehearsalLog.make()];
  await publishTypes(reservations.pool, [...reservationsEvents.types()]);
  await publishTypes(notices.pool, [...noticesEvents.types()]);
  const wakeups = new Wakeups({ url: reservations.url, name: 'spec-wakeups' });
  await wakeups.open();
  const rigs = kafka && [
    await new KafkaRig(reservations, kafka.brokers, kafka.prefix, 'reservations').open(),
    await new KafkaRig(notices, kafka.brokers, kafka.prefix, 'notices').open(),
  ];
  const onCommitted = () => {
    wakeups.committed();
    rigs?.forEach((rig) => rig.committed());
  };
  const lanes = await reservations.openLanes({ onCommitted });
  const noticeLanes = await notices.openLanes({ onCommitted });
  const database = await testDatabase();
  const keyDirectory = mkdtempSync(join(tmpdir(), 'uketsuke-keys-'));
  const pair = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const signer = await CallerSigner.open(pair.privateKey);
  const theirs = withReservations ? await testDatabase() : undefined;
  const beside =
    theirs &&
    (await AppProcess.start('reservations', {
      ...{ UKETSUKE_MARK: 'demo', PORT: '0', SHUTDOWN_DELAY_MS: '0', GATEWAY_PUBLIC_KEY: pair.publicKey },
      ...{
        DATABASE_URL: theirs.url,
        CAPACITY_URL: 'http://127.0.0.1:9',
        KEY_DIRECTORY: keyDirectory,
        LOG_LEVEL: 'info',
      },
    }));
  const environment = {
    UKETSUKE_MARK: 'demo',
    DATABASE_URL: database.url,
    PORT: '0',
    SHUTDOWN_DELAY_MS: '0',
    GATEWAY_PUBLIC_KEY: pair.publicKey,
    RESERVATIONS_URL: beside?.url ?? reservationsUrl,
    KEY_DIRECTORY: keyDirectory,
    ...(kafka === undefined
      ? { RESERVATIONS_LOG_URL: theirs?.url ?? reservations.url, NOTICES_LOG_URL: notices.url }
      : { KAFKA_BROKERS: kafka.brokers.join(','), KAFKA_TOPIC_PREFIX: kafka.prefix }),
  };
  const settings = readSettings(inquiriesVariables, environment);
  const start = () =>
    startService({
      ...{ name: SERVICE, module: InquiriesModule.of(settings), settings, log, ownsProcess: false },
      configure: (app) => serveOpenApi(app, SERVICE),
    });
  let service: RunningService = await start();
  const pool = openPool({ url: database.url, name: 'spec' }, 1);
  let position: string | null = null;
  const tellAndWait = async (log: RehearsalLog, through: Lanes, source: string, events: readonly Told[]) => {
    await tellAll(through, events);
    const heads = await log.pool.query<{ p: number; next: number }>('select p, next from partitions');
    for (const { p, next } of heads.rows) await heard(pool, source, p, next);
  };
  const desk: InquiriesDesk = {
    get url() {
      return service.url;
    },
    databaseUrl: database.url,
    keyDirectory,
    environment,
    tell: (...events) => tellAndWait(reservations, lanes, 'reservations', events),
    tellOfNotices: (...events) => tellAndWait(notices, noticeLanes, 'notices', events),
    async ask(method, path, body, as, key) {
      const waitFor = method === 'GET' ? position : null;
      const asking = { method, path, body, as, key, waitFor };
      const answer = await askAgain(() => askAt(service.url, signer, asking));
      if (answer.position !== null) position = answer.position;
      return answer;
    },
    askReservations: (method, path, body, as) => askAt(beside!.url, signer, { method, path, body, as }),
    read: (path, as) => desk.ask('GET', path, undefined, as),
    async query(sql, values = []) {
      return (await pool.query(sql, values)).rows as Record<string, unknown>[];
    },
    sweepCallbacks: () => service.app.get(CallbackSweeper).sweep(),
    async restart() {
      await service.stop();
      service = await start();
    },
    async close() {
      await service.stop();
      await beside?.stop();
      await theirs?.drop();
      await wakeups.close();
      await Promise.all((rigs ?? []).map((rig) => rig.close()));
      await Promise.all([reservations.close(), notices.close(), pool.end()]);
      await database.drop();
      await rm(keyDirectory, { recursive: true });
    },
  };
  return desk;
}

interface Asking {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly as?: Role | Role[] | undefined;
  readonly key?: string | null | undefined;
  readonly waitFor?: string | null;
}

async function askAt(
  url: string,
  signer: CallerSigner,
  { method, path, body, as = 'operator', key = newId(), waitFor = null }: Asking,
): Promise<Answer> {
  const roles = typeof as === 'string' ? [as] : as;
  const token = await signer.sign({ accountId: `spec-${roles.join('-')}`, roles, handler: true });
  const response = await fetch(url + path, {
    method,
    headers: {
      [CALLER_HEADER]: token,
      ...(key !== null && { 'idempotency-key': key }),
      ...(waitFor !== null && { 'uketsuke-wait-for': waitFor }),
      ...(body !== undefined && { 'content-type': body instanceof Blob ? body.type : 'application/json' }),
    },
    ...(body !== undefined && { body: body instanceof Blob ? body : JSON.stringify(body) }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = String(response.headers.get('content-type')).includes('json');
  return {
    ...{ status: response.status, bytes, position: response.headers.get('uketsuke-position') },
    body: bytes.length > 0 && isJson ? JSON.parse(bytes.toString()) : undefined,
  };
}

async function tellAll(lanes: Lanes, events: readonly Told[]): Promise<void> {
  const streams = new Map(events.map(({ stream }) => [stream, refOf(stream)]));
  await lanes.submit({
    ...{ commandId: newId(), account: 'spec', bodyHmac: Buffer.alloc(32), metadata: {} },
    ...{ writes: [...streams.values()], checks: [] },
    decide: () => ({
      events: [...streams].map(([name, stream]) => ({
        stream,
        events: events.filter((told) => told.stream === name).map(({ event }) => event),
      })),
      answer: null,
    }),
  });
}

/** By every subscription that hears the source. */
async function heard(pool: ReturnType<typeof openPool>, source: string, p: number, next: number) {
  for (let tries = 0; tries < 1_200; tries++) {
    const { rows } = await pool.query<{ behind: number }>(
      'select count(*)::int as behind from position where source = $1 and p = $2 and next_seq < $3',
      [source, p, next],
    );
    if (rows[0]!.behind === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`Partition ${p} of ${source} has not been heard up to ${next}.`);
}

/** A stream that takes whatever it is told. */
function refOf(stream: string): StreamRef {
  const type = {
    ...{ category: stream, initialState: null, evolve: () => null, schemaVersion: () => 1 },
    read: ({ type: name, data }: { type: string; data: object }) => ({ type: name, data }) as Told['event'],
  };
  return { type, name: stream };
}
