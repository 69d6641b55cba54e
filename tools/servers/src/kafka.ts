import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts, isPortFree } from './free-port.js';
import { javaProgram, kafkaJars } from './kafka-jars.js';
import { type KafkaPorts, loggingProperties, serverProperties } from './kafka-properties.js';
import { probeKafka } from './kafka-ready.js';
import { ServerProblem } from './server-problem.js';
import { type ServerProcess, startServerProcess } from './server-process.js';

export { kafkaMissing } from './kafka-jars.js';

export interface KafkaServer {
  readonly brokers: string[];
  readonly port: number;
  /** Where clients that shall go through the proxy are served; the proxy's target. */
  readonly proxiedPort: number | undefined;
  readonly dataDir: string;
  stop(): Promise<void>;
  /** SIGKILL: what a crash leaves behind, for fault tests. */
  kill(): Promise<void>;
  /** Stops it if it runs, and starts it with the same ports and data. */
  restart(): Promise<void>;
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
const JVM = ['-Xms64m', '-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Djava.awt.headless=true'];

export async function startKafka(options: KafkaOptions): Promise<KafkaServer> {
  const dataDir = resolve(options.dataDir);
  const jars = await kafkaJars(options.onLog);
  await mkdir(dataDir, { recursive: true });
  await writeFile(join(dataDir, 'log4j2.properties'), loggingProperties());

  for (let attempt = 1; ; attempt += 1) {
    if (options.port !== undefined && !(await isPortFree(options.port))) throw portTaken(options.port);
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
        },
        kill: () => broker.end([{ signal: 'SIGKILL', waitMs: 10_000 }]),
        async restart() {
          await end(broker);
          broker = await startBroker(dataDir, jars, ports, options);
        },
      };
    } catch (error) {
      if (!(error instanceof PortLost)) throw error;
      if (options.port !== undefined || attempt === PORT_ATTEMPTS) throw portTaken(ports.client);
    }
  }
}

/** Another program took one of the ports between choosing and binding. */
class PortLost extends Error {}

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
  const logDir = join(dataDir, 'log');
  const properties = join(dataDir, 'server.properties');
  await writeFile(properties, serverProperties(logDir, ports));
  // Formatting writes this file last.
  if (!existsSync(join(logDir, 'meta.properties'))) await format(dataDir, jars, properties, options);

  const broker = await java(dataDir, jars, ['kafka.Kafka', properties], options);
  const brokers = [`127.0.0.1:${ports.client}`];
  for (;;) {
    if (!broker.running) {
      await broker.gone;
      const said = broker.lastLines();
      if (said.some((line) => line.includes('Address already in use'))) throw new PortLost();
      throw new ServerProblem(`Kafka did not start on ${dataDir}; it said: ${reason(said)}`);
    }
    if (!(await isPortFree(ports.client)) && (await answers(brokers))) return broker;
    await sleep(50);
  }
}

async function answers(brokers: string[]): Promise<boolean> {
  return await probeKafka(brokers).then(
    () => true,
    () => false,
  );
}

async function format(dataDir: string, jars: string[], properties: string, options: KafkaOptions): Promise<void> {
  // An id that begins with "-" would be read as an option.
  const clusterId = `U${randomBytes(16).toString('base64url').slice(1)}`;
  const args = ['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', properties, '--ignore-formatted'];
  const tool = await java(dataDir, jars, args, options);
  await tool.gone;
  if (!existsSync(join(dataDir, 'log', 'meta.properties'))) {
    throw new ServerProblem(`Kafka could not make its data directory ${dataDir}; it said: ${reason(tool.lastLines())}`);
  }
}

async function java(dataDir: string, jars: string[], args: string[], options: KafkaOptions): Promise<ServerProcess> {
  return await startServerProcess({
    command: javaProgram(),
    args: [
      ...JVM,
      `-Dlog4j2.configurationFile=${join(dataDir, 'log4j2.properties')}`,
      '-cp',
      jars.join(delimiter),
      ...args,
    ],
    onLog: options.onLog,
    orphanSignal: options.ephemeral ? 'KILL' : 'TERM',
    orphanRemove: options.ephemeral ? [dataDir] : undefined,
  });
}

async function end(broker: ServerProcess): Promise<void> {
  await broker.end([{ signal: 'SIGTERM', waitMs: 30_000 }]);
}

function portTaken(port: number): ServerProblem {
  return new ServerProblem(`Port ${port} is in use by another program: stop that program or choose another port.`);
}

function reason(lines: string[]): string {
  const important = lines.filter((line) => / (FATAL|ERROR) |Exception/.test(line));
  return (important.length > 0 ? important : lines).slice(-3).join(' / ') || 'nothing';
}
