import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KafkaServer, startKafka } from './kafka.js';
import { kafkaJars } from './kafka-jars.js';
import { type PostgresServer, startPostgres } from './postgres.js';

export type TestKafka = { brokers: string[] } | { skipped: string };

let postgres: PostgresServer | undefined;
let kafka: Promise<KafkaServer> | undefined;
let door: Server | undefined;

/** One PostgreSQL for the whole test run, and one Kafka from the moment the first test asks for it. */
export async function startTestServers(): Promise<Record<string, string>> {
  const environment: Record<string, string> = {};
  if (process.env['DATABASE_URL']) {
    environment['UKETSUKE_TEST_POSTGRES'] = process.env['DATABASE_URL'];
  } else {
    const settings = { max_connections: '300' };
    postgres = await startPostgres({ dataDir: place('postgres'), settings, ephemeral: true });
    environment['UKETSUKE_TEST_POSTGRES'] = postgres.url;
  }
  if (process.env['KAFKA_BROKERS']) {
    environment['UKETSUKE_TEST_KAFKA'] = process.env['KAFKA_BROKERS'];
  } else {
    environment['UKETSUKE_TEST_SERVERS'] = await openDoor();
  }
  return environment;
}

export async function stopTestServers(): Promise<void> {
  door?.closeAllConnections();
  door?.close();
  await Promise.all([postgres?.stop(), kafka?.then((server) => server.stop()).catch(() => undefined)]);
}

/** Test files run in worker processes: they ask this one, which starts the broker once and stops it at the end. */
async function openDoor(): Promise<string> {
  const server = createServer((_, response) => {
    runKafka().then(
      (answer) => response.end(JSON.stringify(answer)),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    );
  });
  door = server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function runKafka(): Promise<TestKafka> {
  // No Java, or no jars and no way to get them: the tests are skipped. A broker that does not start is a failure.
  const skipped = await kafkaJars().then(
    () => undefined,
    (error: Error) => error.message,
  );
  if (skipped) return { skipped };
  kafka ??= startKafka({ dataDir: place('kafka'), ephemeral: true });
  return { brokers: (await kafka).brokers };
}

function place(name: string): string {
  return join(tmpdir(), `uketsuke-test-${name}-${process.pid}-${randomBytes(4).toString('hex')}`);
}
