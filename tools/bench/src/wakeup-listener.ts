// The other process of the wake-up bench: notes when each event's row is committed, and hands the list over on demand.
import { EmbeddedFeed } from '#platform/feed/embedded-feed.js';
import { KafkaFeed } from '#platform/kafka/kafka-feed.js';
import { openPipelinedPool } from '#platform/log/connection.js';
import { headCount } from '#platform/rehearsal/head-count.js';
import { Alarms } from '#platform/subscription/alarms.js';
import type { Projection } from '#platform/subscription/subscriber.js';
import { prepare } from '#platform/subscription/subscriptions.js';
import type { ListenerTask } from './wakeup.bench.js';

const task = JSON.parse(process.argv[2]!) as ListenerTask;
const pool = openPipelinedPool({ url: task.consumerUrl, name: 'bench-consumer' });
const feed = task.brokers
  ? new KafkaFeed('reservations', task.brokers, 'bench', task.topicPrefix)
  : new EmbeddedFeed('reservations', { url: task.logUrl, name: 'bench-feed' });
let pending: string[] = [];
let seen: [string, number][] = [];
let awaited: string | undefined;

const counting = headCount();
const noting: Projection = {
  ...counting,
  apply: async (batch, context) => {
    await counting.apply(batch, context);
    for (const { data } of batch) pending.push((data as { person?: string }).person ?? '');
  },
};
const subscription = await prepare(pool, new Alarms(), noting, [feed]);
subscription.onMoved(() => {
  const now = Number(process.hrtime.bigint()) / 1e6;
  for (const person of pending) seen.push([person, now]);
  pending = [];
  answer();
});
process.on('message', (person: string) => {
  awaited = person;
  answer();
});
process.on('disconnect', () => process.exit(0));
await feed.follow(subscription);
process.send!('ready');

function answer(): void {
  if (awaited === undefined || !seen.some(([person]) => person === awaited)) return;
  process.send!(seen);
  seen = [];
  awaited = undefined;
}
