import { encode } from '#contracts/cloud-event.js';
import type { Envelope } from '#kernel/envelope.js';
import type { Admin, Kafka, Producer } from 'kafkajs';
import pg from 'pg';
import { Pump } from '../feed/pump.js';
import { connectionConfig, type ConnectionSettings } from '../log/connection.js';
import { readHeads, readLogId } from '../log/event-log.js';
import { EVENT_COLUMNS, envelopeOf } from '../log/row.js';
import type { Alarms } from '../subscription/alarms.js';
import type { Wakeups } from '../wakeup/wakeups.js';
import { audit, AnotherLogInTopic } from './audit.js';
import { kafkaClient, newProducer } from './kafka-client.js';
import { ensureTopic, TopicRefused, topicOf } from './topic.js';

export interface RelaySettings {
  readonly source: string;
  readonly database: ConnectionSettings;
  readonly brokers: readonly string[];
  readonly wakeups: Wakeups;
  readonly alarms: Alarms;
  readonly topicPrefix?: string;
  readonly replicationFactor?: number;
  /** Milliseconds between audits of the topic. */
  readonly auditEvery?: number;
}

const NAME = 'relay';
/** Which process sends: the one that holds this advisory lock of the log's database. */
const LEADER_KEY = 7_402_027;
/** Events of one send; small enough that a consumer can take a produced batch at once. */
const SEND = 1_000;
const HOUR = 3_600_000;
const COLUMNS = EVENT_COLUMNS.replaceAll(/\w+/g, 'e.$&');

/** Sends the published log to its topic: each partition in order, every number at least once, from one process at a time. */
export class Relay {
  private readonly kafka: Kafka;
  private readonly admin: Admin;
  private readonly pump: Pump;
  private readonly topic: string;
  private client: pg.Client | undefined;
  private producer: Producer | undefined;
  private forget: () => void = () => undefined;
  private auditedAt = 0;
  private logId = '';

  constructor(private readonly settings: RelaySettings) {
    this.topic = topicOf(settings.source, settings.topicPrefix);
    this.kafka = kafkaClient(settings.brokers, `${settings.source}-relay`);
    this.admin = this.kafka.admin();
    this.pump = new Pump(NAME, settings.alarms, () => this.advance());
  }

  start(): void {
    this.forget = this.settings.wakeups.onWake(() => this.pump.kick());
    this.pump.start();
  }

  /** Whether this process is the one that sends. */
  get leads(): boolean {
    return this.client !== undefined;
  }

  async stop(): Promise<void> {
    this.forget();
    await this.pump.stop();
    await this.giveUp();
    await this.admin.disconnect().catch(() => undefined);
  }

  private async advance(): Promise<boolean> {
    try {
      const client = this.client ?? (await this.lead());
      if (client === undefined) return false;
      if (Date.now() - this.auditedAt > (this.settings.auditEvery ?? HOUR)) await this.audit(client);
      return await this.send(client);
    } catch (thrown) {
      // Whatever it was, the next try starts from what is written down: leadership, audit, position.
      await this.giveUp();
      if (thrown instanceof AnotherLogInTopic || thrown instanceof TopicRefused) {
        const name = thrown instanceof TopicRefused ? 'wrong-partitions' : 'another-log';
        this.settings.alarms.raise(name, NAME, this.topic, thrown.message);
        return false;
      }
      throw thrown;
    }
  }

  /** Becomes the one that sends, if nobody else is, and makes sure that the topic continues this very log. */
  private async lead(): Promise<pg.Client | undefined> {
    const client = new pg.Client(connectionConfig(this.settings.database));
    // A lost connection is a lost lock: another process may lead by now
    client.on('error', () => (this.client = undefined));
    client.on('end', () => (this.client = undefined));
    await client.connect();
    const { rows } = await client.query<{ leads: boolean }>('select pg_try_advisory_lock($1) as leads', [LEADER_KEY]);
    if (!rows[0]!.leads) {
      await client.end();
      return undefined;
    }
    this.client = client;
    this.logId = await readLogId(client);
    await this.admin.connect();
    await ensureTopic(this.admin, this.topic, (await readHeads(client)).length, this.settings.replicationFactor ?? 1);
    this.producer = newProducer(this.kafka);
    await this.producer.connect();
    await this.audit(client);
    this.settings.alarms.clear('another-log', NAME, this.topic);
    this.settings.alarms.clear('wrong-partitions', NAME, this.topic);
    return client;
  }

  private async audit(client: pg.Client): Promise<void> {
    await audit({ kafka: this.kafka, admin: this.admin, topic: this.topic, client, logId: this.logId });
    this.auditedAt = Date.now();
  }

  /** Sends what there is after the positions; answers whether there was anything. */
  private async send(client: pg.Client): Promise<boolean> {
    let pending = await this.read(client, new Map());
    let sent = false;
    while (pending.length > 0) {
      const events = pending;
      const after = new Map(events.map(({ p, seq }) => [p, seq + 1]));
      const first = new Map(events.toReversed().map(({ p, seq }) => [p, seq]));
      const messages = events.map((event) => ({
        ...encode(event, { source: `/${this.settings.source}`, logId: this.logId }),
        partition: event.p,
        timestamp: String(event.at),
      }));
      // The next events are read while these are on their way
      const [, next] = await Promise.all([
        this.producer!.send({ topic: this.topic, acks: -1, messages }),
        this.read(client, after),
      ]);
      await client.query({
        name: 'relay-sent',
        // only forward from where this began: somebody may have asked meanwhile to republish from further back
        text: `update relay r set next_seq = n.next from unnest($1::int[], $2::bigint[], $3::bigint[]) n(p, first, next)
               where r.p = n.p and r.next_seq = n.first`,
        values: [[...after.keys()], [...after.keys()].map((p) => first.get(p)), [...after.values()]],
      });
      sent = true;
      pending = next;
    }
    return sent;
  }

  /** @param after where to go on, for partitions whose position is about to be written down */
  private async read(client: pg.Client, after: ReadonlyMap<number, number>): Promise<Envelope[]> {
    const { rows } = await client.query({
      name: 'relay-read',
      text: `select ${COLUMNS} from relay r
             left join unnest($1::int[], $2::bigint[]) a(a_p, after) on a.a_p = r.p
             cross join lateral (
               select * from published_events e where e.p = r.p and e.seq >= coalesce(a.after, r.next_seq) order by e.seq limit $3
             ) e order by e.p, e.seq`,
      values: [[...after.keys()], [...after.values()], SEND / 8],
    });
    return rows.map(envelopeOf);
  }

  private async giveUp(): Promise<void> {
    const { client, producer } = this;
    this.client = undefined;
    this.producer = undefined;
    await producer?.disconnect().catch(() => undefined);
    await client?.end().catch(() => undefined);
  }
}
