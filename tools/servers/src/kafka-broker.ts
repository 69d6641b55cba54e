import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandLine } from './data-directory.js';
import { isAnswered } from './free-port.js';
import { type JavaRun, startJava } from './kafka-java.js';
import { type KafkaPorts, loggingProperties, serverProperties } from './kafka-properties.js';
import { probeKafka } from './kafka-ready.js';
import { ServerProblem } from './server-problem.js';
import type { ServerProcess } from './server-process.js';

export interface BrokerOptions {
  dataDir: string;
  jars: string[];
  ports: KafkaPorts;
  onLog?: ((line: string) => void) | undefined;
  ephemeral?: boolean | undefined;
}

export class PortTaken extends ServerProblem {
  constructor(ports: number[]) {
    const which = ports.length === 1 ? `Port ${ports[0]} is` : `One of the ports ${ports.join(', ')} is`;
    super(`${which} in use by another program: stop that program or choose another port.`);
  }
}

const READY_WITHIN_MS = 180_000;

/** Answers when a record has gone in and come out again. */
export async function startBroker(options: BrokerOptions): Promise<ServerProcess> {
  const { dataDir, ports } = options;
  await writeFile(loggingFile(dataDir), loggingProperties());
  await writeFile(propertiesFile(dataDir), serverProperties(join(dataDir, 'log'), ports));
  if (!isFormatted(dataDir)) await format(options);
  const broker = await startJava({ ...run(options), main: ['kafka.Kafka', propertiesFile(dataDir)], archive: true });
  await writeFile(pidFile(dataDir), String(broker.pid));
  try {
    await untilReady(broker, ports.client);
    return broker;
  } catch (error) {
    await endBroker(broker);
    const said = broker.lastLines();
    if (said.some((line) => line.includes('Address already in use'))) {
      throw new PortTaken([ports.client, ports.controller, ...(ports.proxied ? [ports.proxied.listen] : [])]);
    }
    const why = (error as Error).message;
    throw new ServerProblem(`Kafka did not start on ${dataDir} (${why}); it said: ${reason(said)}`);
  }
}

export async function endBroker(broker: ServerProcess): Promise<void> {
  await broker.end([{ signal: 'SIGTERM', waitMs: 30_000 }]);
}

export async function refuseSecondBroker(dataDir: string): Promise<void> {
  const pid = Number(await readFile(pidFile(dataDir), 'utf8').catch(() => '0'));
  if ((await commandLine(pid))?.includes(propertiesFile(dataDir))) {
    throw new ServerProblem(
      `A Kafka broker (pid ${pid}) is already running on ${dataDir}: stop it with "kill ${pid}", or choose another directory.`,
    );
  }
}

async function untilReady(broker: ServerProcess, port: number): Promise<void> {
  const died = new AbortController();
  void broker.gone.then(() => died.abort(new Error('it ended')));
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    // The port first: kafkajs waits longer between its attempts than the broker needs.
    while (broker.running && !(await isAnswered(port))) await sleep(20);
    try {
      await probeKafka([`127.0.0.1:${port}`], died.signal);
      return;
    } catch (error) {
      if (!broker.running || Date.now() > deadline) throw error;
    }
  }
}

async function format(options: BrokerOptions): Promise<void> {
  const { dataDir } = options;
  // Never a "-" in front, which would be read as an option.
  const clusterId = `U${randomBytes(16).toString('base64url').slice(1)}`;
  const args = ['-t', clusterId, '-c', propertiesFile(dataDir), '--ignore-formatted'];
  const main = ['kafka.tools.StorageTool', 'format', ...args];
  const tool = await startJava({ ...run(options), main, onLog: undefined });
  await tool.gone;
  if (!isFormatted(dataDir)) {
    throw new ServerProblem(`Kafka could not make its data directory ${dataDir}; it said: ${reason(tool.lastLines())}`);
  }
}

/** Formatting writes this file last; one that was cut off is simply done again. */
function isFormatted(dataDir: string): boolean {
  return existsSync(join(dataDir, 'log', 'meta.properties'));
}

function run({ dataDir, jars, onLog, ephemeral }: BrokerOptions): Omit<JavaRun, 'main'> {
  return { jars, logging: loggingFile(dataDir), onLog, ephemeral };
}

const propertiesFile = (dataDir: string): string => join(dataDir, 'server.properties');
const loggingFile = (dataDir: string): string => join(dataDir, 'log4j2.properties');
const pidFile = (dataDir: string): string => join(dataDir, 'broker.pid');

function reason(lines: string[]): string {
  const important = lines.filter((line) => / (FATAL|ERROR) |Exception/.test(line));
  return (important.length > 0 ? important : lines).slice(-3).join(' / ') || 'nothing';
}
