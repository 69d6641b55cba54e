import { parseArgs } from 'node:util';
import pg from 'pg';
import { kafkaClient } from '#platform/kafka/kafka-client.js';
import { newTopic } from '#platform/kafka/new-topic.js';
import { republish } from '#platform/kafka/republish.js';
import { topicOf } from '#platform/kafka/topic.js';
import { connectionConfig } from '#platform/log/connection.js';
import { ServerProblem } from '#servers/server-problem.js';

export const TOPIC_COMMANDS: readonly string[] = ['republish', 'new-topic'];

const USAGE = `npm run kafka -- republish SERVICE P FROM
  Lets the relay send partition P of the service's log again, from number FROM to the end.
npm run kafka -- new-topic SERVICE --yes [--replicas N]
  Deletes the topic of the service and makes it again; the relay then sends the whole log. After a restored log was
  given a new id: everything that the topic holds belongs to the old one, and every consumer has to rebuild.

Both read UKETSUKE_SERVICE_DATABASE_URL (SERVICE in capitals) or DATABASE_URL, new-topic also KAFKA_BROKERS.`;

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs one of `TOPIC_COMMANDS`; answers the exit code. */
export async function runTopic(command: string, args: string[], environment: Environment): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { yes: { type: 'boolean' }, replicas: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) console.log(USAGE);
    else if (command === 'republish') await sendAgain(positionals, environment);
    else
      await makeAnew(positionals, values.yes === true, wholeNumber('--replicas', values.replicas ?? '1'), environment);
    return 0;
  } catch (thrown) {
    const { code } = thrown as { code?: unknown };
    if (thrown instanceof ServerProblem || thrown instanceof RangeError) console.error(thrown.message);
    else if (typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS'))
      console.error(`${(thrown as Error).message}\n${USAGE}`);
    // Never the object: an error of a connection may hold its address, password and all
    else console.error(`It failed: ${(thrown as Error).message || String(code)}`);
    return 1;
  }
}

async function sendAgain([service, p, from, ...more]: string[], environment: Environment): Promise<void> {
  if (service === undefined || p === undefined || from === undefined || more.length > 0) throw new ServerProblem(USAGE);
  const [partition, seq] = [wholeNumber('P', p), wholeNumber('FROM', from)];
  await withLog(service, environment, (client) => republish(client, partition, seq));
  console.log(`The relay sends partition ${partition} of ${service} again from number ${seq}.`);
}

async function makeAnew(
  [service, ...more]: string[],
  yes: boolean,
  replicas: number,
  environment: Environment,
): Promise<void> {
  if (service === undefined || more.length > 0) throw new ServerProblem(USAGE);
  const topic = topicOf(service);
  if (!yes)
    throw new ServerProblem(`This deletes everything in the topic ${topic}. Say --yes if that is what you want.`);
  const brokers = environment['KAFKA_BROKERS'];
  if (!brokers) throw new ServerProblem('KAFKA_BROKERS is not set: which brokers have the topic?');
  await withLog(service, environment, async (client) => {
    const admin = kafkaClient(brokers.split(','), 'uketsuke-new-topic').admin();
    await admin.connect();
    await newTopic(admin, client, topic, replicas).finally(() => admin.disconnect());
  });
  console.log(`The topic ${topic} is empty; the relay of ${service} sends the whole log into it.`);
}

async function withLog(
  service: string,
  environment: Environment,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const name = `UKETSUKE_${service.toUpperCase().replaceAll('-', '_')}_DATABASE_URL`;
  const url = environment[name] ?? environment['DATABASE_URL'];
  if (!url) throw new ServerProblem(`Neither ${name} nor DATABASE_URL is set: where is the log of ${service}?`);
  const client = new pg.Client(connectionConfig({ url, name: 'uketsuke-kafka' }));
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ relay: boolean }>(`select to_regclass('relay') is not null as relay`);
    if (!rows[0]!.relay) throw new ServerProblem(`The database of ${service} has no relay: is it the right one?`);
    await work(client);
  } finally {
    await client.end();
  }
}

function wholeNumber(what: string, text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new ServerProblem(`${what} has to be a whole number, not "${text}".\n${USAGE}`);
}
