// One side of the memory bench: everything is loaded and connected, then it waits for the word.
import { KafkaFeed } from '#platform/kafka/kafka-feed.js';
import { Relay } from '#platform/kafka/relay.js';
import { openPipelinedPool } from '#platform/log/connection.js';
import { headCount } from '#platform/rehearsal/head-count.js';
import { Alarms } from '#platform/subscription/alarms.js';
import { prepare } from '#platform/subscription/subscriptions.js';
import { Wakeups } from '#platform/wakeup/wakeups.js';
import type { MemoryTask } from './memory.bench.js';

const { role, logUrl, consumerUrl, brokers, topicPrefix } = JSON.parse(process.argv[2]!) as MemoryTask;
const alarms = new Alarms((alarm) => process.stderr.write(`${alarm.name}: ${alarm.detail}\n`));
process.on('disconnect', () => process.exit(0));

if (role === 'relay') {
  const database = { url: logUrl, name: 'bench-relay' };
  const wakeups = new Wakeups(database);
  await wakeups.open();
  const relay = new Relay({ source: 'reservations', database, brokers, wakeups, alarms, topicPrefix });
  process.on('message', () => relay.start());
} else {
  const pool = openPipelinedPool({ url: consumerUrl, name: 'bench-consumer' });
  const feed = new KafkaFeed('reservations', brokers, 'bench', topicPrefix);
  const subscription = await prepare(pool, alarms, headCount(), [feed]);
  process.on('message', () => void feed.follow(subscription));
}
process.send!('ready');
