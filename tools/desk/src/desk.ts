import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServerProblem } from '#servers/server-problem.js';
import { freePorts } from '#servers/free-port.js';
import { startKafka } from '#servers/kafka.js';
import { openingAccounts, type DemoAccount } from './desk-accounts.js';
import { openDatabases } from './desk-databases.js';
import {
  addressVariable,
  builtPrograms,
  logVariable,
  SERVICES,
  SOURCES,
  WIRING,
  type InnerService,
  type Programs,
  type Service,
} from './desk-services.js';
import type { DeskDirectory } from './desk-directory.js';
import { deskKeys } from './desk-keys.js';
import { keepMark, markOf } from './desk-mark.js';
import { DeskProcess } from './desk-process.js';
import type { Progress } from './progress.js';
import type { StartOptions } from './start-options.js';

export interface Desk {
  readonly url: string;
  /** Of a demonstration; otherwise none. */
  readonly demo: readonly DemoAccount[];
  /** What the person at the keyboard should know. */
  readonly told: readonly string[];
  /** Rejects, naming it, when a part ends by itself. */
  readonly broken: Promise<never>;
}

/** What has been started, to be stopped in reverse order whatever has become of the rest. */
export class Started {
  private readonly stops: (() => unknown)[] = [];

  add(stop: () => unknown): void {
    this.stops.push(stop);
  }

  async stop(): Promise<void> {
    for (let stop = this.stops.pop(); stop; stop = this.stops.pop()) await stop();
  }
}

/** Starts everything, what others need first; answers when every part says that it is ready. */
export async function startDesk(
  options: StartOptions,
  directory: DeskDirectory,
  started: Started,
  progress: Progress,
  programs: Programs = builtPrograms(),
): Promise<Desk> {
  const { mark, isNew } = markOf(directory, options);
  const keys = deskKeys(directory, [...SERVICES, 'reader']);
  const accounts = openingAccounts(directory, mark, isNew);

  const brokersStarting = options.kafka ? startBrokers(directory, started, progress) : undefined;
  // Looked at below; a failure in the meantime is no unhandled one.
  brokersStarting?.catch(() => undefined);
  const ownServer = process.env['DATABASE_URL'] || undefined;
  progress.step(ownServer === undefined ? 'Starting PostgreSQL' : 'Opening the databases');
  const databases = await openDatabases(directory, SERVICES, keys.passwords, mark, ownServer);
  started.add(() => databases.stop());
  if (isNew) keepMark(directory, mark);
  const brokers = await brokersStarting;

  const ports = await freePorts(WIRING.length);
  const urls = {
    ...Object.fromEntries(WIRING.map(({ name }, nth) => [name, `http://127.0.0.1:${ports[nth]}`])),
    gateway: `${options.tls ? 'https' : 'http'}://${hostInUrl(options.host)}:${options.port}`,
  } as Record<Service, string>;
  const addressesOf = (names: readonly InnerService[]) =>
    Object.fromEntries(names.map((name) => [addressVariable(name), urls[name]]));
  const processes: DeskProcess[] = [];
  const run = async (name: Service, environment: Record<string, string>): Promise<DeskProcess> => {
    const own = await DeskProcess.start({
      name,
      program: programs[name],
      logs: directory.logs,
      url: urls[name],
      environment: {
        ...{ UKETSUKE_MARK: mark, HOST: '127.0.0.1', PORT: new URL(urls[name]).port, SHUTDOWN_DELAY_MS: '0' },
        ...{ DATABASE_URL: databases.urlOf(name), GATEWAY_PUBLIC_KEY: keys.publicKey },
        ...(brokers && { KAFKA_BROKERS: brokers.addresses }),
        ...environment,
      },
    });
    processes.push(own);
    return own;
  };
  started.add(() => stopInOrder(processes));

  progress.step('Starting the services');
  const gateway = run('gateway', {
    ...{ HOST: options.host, PORT: String(options.port), GATEWAY_PRIVATE_KEY_FILE: keys.privateKeyFile },
    KEY_DIRECTORY: keys.gatewayKeyDirectory,
    ...addressesOf(WIRING.map(({ name }) => name)),
    ...(options.tls && { TLS_CERT_FILE: options.tls.cert, TLS_KEY_FILE: options.tls.key }),
    // A demonstration is there to be tried out, also by a program.
    ...(mark === 'demo' && { REQUESTS_PER_SECOND: '2000' }),
    ...accounts.environment,
  }).then((own) => own.ready());
  const readers = Object.fromEntries(SOURCES.map((source) => [source, databases.readerUrlOf(source)]));
  const logsOf = (sources: readonly string[]) =>
    Object.fromEntries(sources.map((source) => [logVariable(source), readers[source]!]));
  const ready = new Map<InnerService, Promise<void>>();
  for (const { name, hears, asks, hasKeys } of WIRING) {
    const starting = (async () => {
      // On its first day a desk has no log to read before its service has made it; later they start side by side.
      for (const source of hears) {
        if (await databases.grantReader(source)) continue;
        await ready.get(source);
        await databases.grantReader(source);
      }
      const own = await run(name, {
        ...addressesOf(asks),
        ...(!brokers && logsOf(hears)),
        ...(hasKeys && { KEY_DIRECTORY: keys.keyDirectory, SPOOL_DIRECTORY: directory.spoolOf(name) }),
      });
      await own.ready();
    })();
    starting.catch(() => undefined);
    ready.set(name, starting);
  }
  await Promise.all([gateway, ...ready.values()]);

  directory.writeDesk({
    ...{ mark, url: urls.gateway, port: options.port },
    databases: Object.fromEntries(SERVICES.map((service) => [service, { url: databases.urlOf(service) }])),
    readers: Object.fromEntries(
      WIRING.map(({ name, hears }) => [name, Object.fromEntries(hears.map((source) => [source, readers[source]!]))]),
    ),
    ...(brokers && { kafkaBrokers: brokers.addresses }),
    keyDirectory: keys.keyDirectory,
    gatewayKeyDirectory: keys.gatewayKeyDirectory,
    pid: process.pid,
  });
  const broken = Promise.race([
    ...processes.map((one) => one.died()),
    gone('PostgreSQL', databases.gone),
    ...(brokers ? [gone('Kafka', brokers.gone)] : []),
  ]);
  broken.catch(() => undefined);
  return { url: urls.gateway, demo: accounts.demo, told: accounts.told, broken };
}

interface Brokers {
  readonly addresses: string;
  /** Never, where the broker is somebody else's. */
  readonly gone: Promise<void>;
}

async function startBrokers(directory: DeskDirectory, started: Started, progress: Progress): Promise<Brokers> {
  const given = process.env['KAFKA_BROKERS'];
  if (given) return { addresses: given, gone: new Promise(() => undefined) };
  progress.step('Starting Kafka');
  const logFile = join(directory.logs, 'kafka.log');
  const kafka = await startKafka({
    dataDir: directory.path('kafka'),
    onLog: (line) => appendFileSync(logFile, `${line}\n`, { mode: 0o600 }),
  });
  started.add(() => kafka.stop());
  return { addresses: kafka.brokers.join(','), gone: kafka.whenGone() };
}

/** Gateway first: nobody comes in any more. Then the ones that hear, then those that they hear. */
async function stopInOrder(processes: readonly DeskProcess[]): Promise<void> {
  const order = ['gateway', ...WIRING.map(({ name }) => name).toReversed()];
  for (const name of order) await processes.find((one) => one.name === name)?.stop();
}

async function gone(name: string, ended: Promise<void>): Promise<never> {
  await ended;
  throw new ServerProblem(`${name} ended by itself: its log in the data directory says why.`);
}

function hostInUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
