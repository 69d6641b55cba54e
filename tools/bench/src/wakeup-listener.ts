// The other process of the wake-up bench: notes when each event's row is committed, and hands the list over on demand.
import type { Listener } from '#platform/feed/feed.js';
import { EmbeddedFeed } from '#platform/feed/embedded-feed.js';
import { KafkaFeed } from '#platform/kafka/kafka-feed.js';
import { openPipelinedPool } from '#platform/log/connection.js';
import { headCount } from '#platform/rehearsal/head-count.js';
import { Alarms } from '#platform/subscription/alarms.js';
import { prepare } from '#platform/subscription/subscriptions.js';
import type { ListenerTask } from './wakeup.bench.js';

const task = JSON.parse(process.argv[2]!) as ListenerTask;
const pool = openPipelinedPool({ url: task.consumerUrl, name: 'bench-consumer' });
const feed = task.brokers
  ? new KafkaFeed('reservations', task.brokers, 'bench', task.topicPrefix)
  : new EmbeddedFeed('reservations', { url: task.logUrl, name: 'bench-feed' });
let seen: [string, number][] = [];
let awaited: number | undefined;

const subscription = await prepare(pool, new Alarms(), headCount(), [feed]);
const noting: Listener = {
  name: subscription.name,
  alarms: subscription.alarms,
  positions: (source) => subscription.positions(source),
  deliver: async (source, events) => {
    const delivered = await subscription.deliver(source, events);
    const now = Number(process.hrtime.bigint()) / 1e6;
    for (const { data } of events) {
      const { person } = data as { person?: string };
      if (person !== undefined && !known.has(person)) seen.push([person, now]);
      if (person !== undefined) known.add(person);
    }
    answer();
    return delivered;
  },
};
const known = new Set<string>();
process.on('message', (count: number) => {
  awaited = count;
  answer();
});
process.on('disconnect', () => process.exit(0));
await feed.follow(noting);
process.send!('ready');

function answer(): void {
  if (awaited === undefined || seen.length < awaited) return;
  process.send!(seen);
  seen = [];
  awaited = undefined;
}
