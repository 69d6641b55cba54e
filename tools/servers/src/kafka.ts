import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { makeDirectory } from './data-directory.js';
import { freePorts, isPortFree } from './free-port.js';
import { endBroker, PortTaken, refuseSecondBroker, startBroker } from './kafka-broker.js';
import { kafkaJars } from './kafka-jars.js';
import type { KafkaPorts } from './kafka-properties.js';
import { removeAtOurEnd } from './leash.js';

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

export async function startKafka(options: KafkaOptions): Promise<KafkaServer> {
  const dataDir = resolve(options.dataDir);
  const jars = await kafkaJars(options.onLog);
  await makeDirectory(dataDir);
  const litter = options.ephemeral ? removeAtOurEnd([dataDir]) : undefined;
  await refuseSecondBroker(dataDir);

  for (let attempt = 1; ; attempt += 1) {
    if (options.port !== undefined && !(await isPortFree(options.port))) throw new PortTaken([options.port]);
    const ports = await choosePorts(options);
    const start = () => startBroker({ dataDir, jars, ports, onLog: options.onLog, ephemeral: options.ephemeral });
    try {
      let broker = await start();
      return {
        brokers: [`127.0.0.1:${ports.client}`],
        port: ports.client,
        proxiedPort: ports.proxied?.listen,
        dataDir,
        async stop() {
          await endBroker(broker);
          if (options.ephemeral) await rm(dataDir, { recursive: true, force: true });
          litter?.cancel();
        },
        kill: () => broker.end([{ signal: 'SIGKILL', waitMs: 10_000 }]),
        async restart() {
          await endBroker(broker);
          broker = await start();
        },
        whenGone: async () => void (await broker.gone),
      };
    } catch (error) {
      // Another program took one of the ports between choosing and binding.
      if (!(error instanceof PortTaken) || attempt === PORT_ATTEMPTS) throw error;
    }
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
