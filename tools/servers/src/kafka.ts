import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandLine, makeDirectory } from './data-directory.js';
import { freePorts, isPortFree } from './free-port.js';
import { kafkaJars } from './kafka-jars.js';
import { startJava } from './kafka-java.js';
import { type KafkaPorts, loggingProperties, serverProperties } from './kafka-properties.js';
import { probeKafka } from './kafka-ready.js';
import { removeAtOurEnd } from './leash.js';
import { ServerProblem } from './server-problem.js';
import type { ServerProcess } from './server-process.js';

export { kafkaMissing } from './kafka-jars.js';

export interface KafkaServer {
  readonly brokers: string[];
  readonly port: number;
  /** The target of the proxy whose port was advertised. */
  readonly proxiedPort: number | undefined;
  readonly dataDir: string;
  stop(): Promise<void>;
  /** SIGKILL: what a crash leaves behind, for fault tests. */
  kill(): Promise<void>;
  /** Stops it if it runs, and starts it with the same ports and data. */
  restart(): Promise<void>;
  /** Resolves when the process that runs now has ended, whoever ended it. */
  whenGone(): Promise<void>;
}

export interface KafkaOptions {
  dataDir: string;
  /** A free one if absent. */
  port?: number;
  /** Adds a second listener that tells its clients to come to this port of 127.0.0.1, where a proxy of the caller listens. */
  advertisedProxyPort?: number;
  onLog?: (line: string) => void;
  /** stop() deletes the data directory. */
  ephemeral?: boolean;
}

const PORT_ATTEMPTS = 5;
const READY_WITHIN_MS = 180_000;

export async function startKafka(options: KafkaOptions): Promise<KafkaServer> {
  const dataDir = resolve(options.dataDir);
  const jars = await kafkaJars(options.onLog);
  await makeDirectory(dataDir);
  const litter = options.ephemeral ? removeAtOurEnd([dataDir]) : undefined;
  await refuseSecondBroker(dataDir);
  await writeFile(loggingFile(dataDir), loggingProperties());

  for (let attempt = 1; ; attempt += 1) {
    if (options.port !== undefined && !(await isPortFree(options.port))) throw new PortTaken([options.port]);
    const ports = await choosePorts(options);
    try {
      let broker = await startBroker(dataDir, jars, ports, options);
      return {
        brokers: [`127.0.0.1:${ports.client}`],
        port: ports.client,
        proxiedPort: ports.proxied?.listen,
        dataDir,
        async stop() {
          await end(broker);
          if (options.ephemeral) await rm(dataDir, { recursive: true, force: true });
          litter?.cancel();
        },
        kill: () => broker.end([{ signal: 'SIGKILL', waitMs: 10_000 }]),
        async restart() {
          await end(broker);
          broker = await startBroker(dataDir, jars, ports, options);
        },
        whenGone: async () => void (await broker.gone),
      };
    } catch (error) {
      // Another program took one of the ports between choosing and binding.
      if (!(error instanceof PortTaken) || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

class PortTaken extends ServerProblem {
  constructor(ports: number[]) {
    const which = ports.length === 1 ? `Port ${ports[0]} is` : `One of the ports ${ports.join(', ')} is`;
    super(`${which} in use by another program: stop that program or choose another port.`);
  }
}

async function choosePorts(options: KafkaOptions): Promise<KafkaPorts> {
  const [client, controller, listen] = (await freePorts(3)) as [number, number, number];
  const advertise = options.advertisedProxyPort;
  return {
    client: options.port ?? client,
    controller,
    proxied: advertise === undefined ? undefined : { listen, advertise },
  };
}

async function startBroker(
  dataDir: string,
  jars: string[],
  ports: KafkaPorts,
  options: KafkaOptions,
): Promise<ServerProcess> {
  const properties = join(dataDir, 'server.properties');
  await writeFile(properties, serverProperties(join(dataDir, 'log'), ports));
  if (!isFormatted(dataDir)) await format(dataDir, jars, properties, options);
  const broker = await startJava({
    ...common(dataDir, jars, options),
    main: ['kafka.Kafka', properties],
    archive: true,
  });
  await writeFile(pidFile(dataDir), String(broker.pid));
  try {
    await untilReady(broker, ports.client);
    return broker;
  } catch (error) {
    await end(broker);
    const said = broker.lastLines();
    if (said.some((line) => line.includes('Address already in use'))) {
      throw new PortTaken([ports.client, ports.controller, ...(ports.proxied ? [ports.proxied.listen] : [])]);
    }
    const why = (error as Error).message;
    throw new ServerProblem(`Kafka did not start on ${dataDir} (${why}); it said: ${reason(said)}`);
  }
}

async function untilReady(broker: ServerProcess, port: number): Promise<void> {
  const died = new AbortController();
  void broker.gone.then(() => died.abort(new Error('it ended')));
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    // The port first: kafkajs waits longer between its attempts than the broker needs.
    while (broker.running && (await isPortFree(port))) await sleep(20);
    try {
      await probeKafka([`127.0.0.1:${port}`], died.signal);
      return;
    } catch (error) {
      if (!broker.running || Date.now() > deadline) throw error;
    }
  }
}

async function format(dataDir: string, jars: string[], properties: string, options: KafkaOptions): Promise<void> {
  // Never a "-" in front, which would be read as an option.
  const clusterId = `U${randomBytes(16).toString('base64url').slice(1)}`;
  const main = ['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', properties, '--ignore-formatted'];
  const tool = await startJava({ ...common(dataDir, jars, options), main, onLog: undefined });
  await tool.gone;
  if (!isFormatted(dataDir)) {
    throw new ServerProblem(`Kafka could not make its data directory ${dataDir}; it said: ${reason(tool.lastLines())}`);
  }
}

/** Formatting writes this file last; one that was cut off is simply done again. */
function isFormatted(dataDir: string): boolean {
  return existsSync(join(dataDir, 'log', 'meta.properties'));
}

async function refuseSecondBroker(dataDir: string): Promise<void> {
  const pid = Number(await readFile(pidFile(dataDir), 'utf8').catch(() => '0'));
  if ((await commandLine(pid))?.includes(join(dataDir, 'server.properties'))) {
    throw new ServerProblem(
      `A Kafka broker (pid ${pid}) is already running on ${dataDir}: stop it with "kill ${pid}", or choose another directory.`,
    );
  }
}

function common(dataDir: string, jars: string[], options: KafkaOptions) {
  return {
    jars,
    logging: loggingFile(dataDir),
    onLog: options.onLog,
    ephemeral: options.ephemeral,
  };
}

async function end(broker: ServerProcess): Promise<void> {
  await broker.end([{ signal: 'SIGTERM', waitMs: 30_000 }]);
}

const loggingFile = (dataDir: string): string => join(dataDir, 'log4j2.properties');
const pidFile = (dataDir: string): string => join(dataDir, 'broker.pid');

function reason(lines: string[]): string {
  const important = lines.filter((line) => / (FATAL|ERROR) |Exception/.test(line));
  return (important.length > 0 ? important : lines).slice(-3).join(' / ') || 'nothing';
}
