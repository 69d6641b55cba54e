import { afterEach, expect, test } from '@jest/globals';
import { describeKafka } from '#servers/test-kafka.js';
import type { Lanes } from '../lane/lanes.js';
import { publishTypes, renewLogId } from '../log/event-log.js';
import { until } from '../rehearsal/rehearsal-consumer.js';
import { RehearsalLog } from '../rehearsal/rehearsal-log.js';
import { nameIn, on } from '../rehearsal/small-session.js';
import { KafkaRig } from './kafka-rig.js';
import { newTopic } from './new-topic.js';
import { republish } from './republish.js';
import { ensureTopic } from './topic.js';

await describeKafka('the relay', (brokers) => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function newLog(prefix?: string): Promise<{ log: RehearsalLog; lanes: Lanes; rig: KafkaRig }> {
    const log = await RehearsalLog.make();
    closing.push(() => log.close());
    await publishTypes(log.pool, ['Opened', 'Closed', 'Reserved', 'Cancelled']);
    const rig = new KafkaRig(log, brokers, prefix);
    closing.push(() => rig.close());
    return { log, rig, lanes: await log.openLanes({ onCommitted: () => rig.committed() }) };
  }

  /** Ten events in partition 2, numbers 1 to 10. */
  async function writeTen(lanes: Lanes, nth = 0): Promise<void> {
    await lanes.submit(on(nameIn(2, nth), { do: 'open', capacity: 100 }));
    for (let i = 0; i < 9; i++) await lanes.submit(on(nameIn(2, nth), { do: 'reserve', person: `p${i}` }));
  }
  /** Empty while there is no topic. */
  const highs = async (rig: KafkaRig) => (await rig.offsets().catch(() => [])).map(({ high }) => high);
  const numbers = async (rig: KafkaRig) => (await rig.records()).map(({ headers }) => Number(headers['ce_sequence']));
  const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
  const sent = (rig: KafkaRig, high: number) => until(async () => (await highs(rig))[2]! >= high, `offset ${high}`);

  /** Somebody deletes the topic and makes it again, without a word to the relay. */
  const makeAnew = (rig: KafkaRig) =>
    rig.asAdmin(async (admin) => {
      await admin.deleteTopics({ topics: [rig.topic] });
      await ensureTopic(admin, rig.topic, 8, 1);
    });

  test('sends nothing into a topic that has another number of partitions', async () => {
    const { lanes, rig } = await newLog();
    await rig.asAdmin((admin) => admin.createTopics({ topics: [{ topic: rig.topic, numPartitions: 4 }] }));
    await writeTen(lanes);
    await rig.open();
    await until(() => rig.alarms().length > 0);
    expect(rig.alarms()).toEqual([expect.objectContaining({ name: 'wrong-partitions', stops: true })]);
    expect(await highs(rig)).toEqual([0, 0, 0, 0]);
  });

  test('sends nothing into a topic that belongs to another log', async () => {
    const first = await newLog();
    await writeTen(first.lanes);
    await first.rig.open();
    await sent(first.rig, 10);
    await first.rig.stopRelay();
    const second = await newLog(first.rig.prefix);
    await writeTen(second.lanes);
    await writeTen(second.lanes, 1);
    await second.rig.open();
    await until(() => second.rig.alarms().length > 0);
    expect(second.rig.alarms()).toEqual([expect.objectContaining({ name: 'another-log' })]);
    expect((await highs(second.rig))[2]).toBe(10);
  });

  test('sends a log with a renewed id into a new topic, from the first number', async () => {
    const { log, lanes, rig } = await newLog();
    await writeTen(lanes);
    await rig.open();
    await sent(rig, 10);
    await rig.stopRelay();
    const logId = await renewLogId(log.pool);
    rig.startRelay();
    await until(() => rig.alarms().some(({ name }) => name === 'another-log'));
    await rig.asAdmin((admin) => newTopic(admin, log.pool, rig.topic));
    await until(() => rig.alarms().length === 0, 'the alarm being over');
    await sent(rig, 10);
    expect((await rig.records()).map(({ headers }) => headers['ce_logid'])).toEqual(Array(10).fill(logId));
  });

  test('of two processes one sends, and when its database session ends the other takes over', async () => {
    const { lanes, rig } = await newLog();
    const [first, second] = [rig.startRelay(), rig.startRelay()];
    await until(() => first.leads || second.leads);
    expect(first.leads).not.toBe(second.leads);
    await until(async () => {
      if (!second.leads) await rig.stopLeader();
      return second.leads && !first.leads;
    });
    await writeTen(lanes);
    await sent(rig, 10);
    expect(await numbers(rig)).toEqual(upTo(10));
  });

  test('cut off between sending and writing it down, sends again and loses nothing', async () => {
    const { log, lanes, rig } = await newLog();
    await rig.open();
    await writeTen(lanes, 1);
    await sent(rig, 10);
    const holding = await log.pool.connect();
    await holding.query('begin');
    await holding.query('select from relay for update');
    await writeTen(lanes);
    await sent(rig, 11);
    await rig.stopLeader();
    await holding.query('rollback');
    holding.release();
    await until(async () => new Set(await numbers(rig)).size === 20);
    const all = await numbers(rig);
    expect(all.length).toBeGreaterThan(20);
    expect([...new Set(all)]).toEqual(upTo(20));
  });

  test('sees at once that a topic was made anew between two sends, and sends everything again', async () => {
    const { lanes, rig } = await newLog();
    await writeTen(lanes);
    await rig.open({ lookEvery: 1e9 });
    await sent(rig, 10);
    await makeAnew(rig);
    await writeTen(lanes, 1);
    await until(async () => new Set(await numbers(rig)).size === 20);
    expect(rig.alarms()).toEqual([]);
  });

  test('sees while nothing is sent that a topic was made anew, or lost its beginning', async () => {
    const { lanes, rig } = await newLog();
    await writeTen(lanes);
    await rig.open({ lookEvery: 200 });
    await sent(rig, 10);
    await makeAnew(rig);
    await sent(rig, 10);
    expect(await numbers(rig)).toEqual(upTo(10));
    await rig.asAdmin(async (admin) => {
      await admin.fetchTopicOffsets(rig.topic);
      await admin.deleteTopicRecords({ topic: rig.topic, partitions: [{ partition: 2, offset: '4' }] });
    });
    await until(async () => new Set(await numbers(rig)).size === 10);
  });

  test('sends a partition again from a number when a person asks, and only a partition that there is', async () => {
    const { log, lanes, rig } = await newLog();
    await writeTen(lanes);
    await rig.open();
    await sent(rig, 10);
    await republish(log.pool, 2, 8);
    await sent(rig, 13);
    expect(await numbers(rig)).toEqual([...upTo(10), 8, 9, 10]);
    await expect(republish(log.pool, 8, 1)).rejects.toThrow('There is no partition 8.');
    await expect(republish(log.pool, 2, 12)).rejects.toThrow('There is no number 12');
  });

  test('sends what any CloudEvents client can read, and of a private event only its number', async () => {
    const { log, lanes, rig } = await newLog();
    await publishTypes(log.pool, ['Opened']);
    await rig.open();
    const metadata = {
      correlationId: 'c1',
      causationId: 'c2',
      traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`,
    };
    await lanes.submit(on(nameIn(2), { do: 'open', capacity: 3 }, { metadata }));
    await lanes.submit(on(nameIn(2), { do: 'reserve', person: 'somebody' }));
    await sent(rig, 2);
    const [opened, secret] = await rig.records();
    const stream = `small-session-${nameIn(2)}`;
    const [event] = await log.events();
    expect(opened).toEqual({
      p: 2,
      key: stream,
      value: '{"capacity":3}',
      headers: {
        ce_specversion: '1.0',
        ce_id: event!.eventId,
        ce_type: 'Opened',
        ce_source: '/reservations',
        ce_time: new Date(event!.at).toISOString(),
        ce_subject: stream,
        ce_dataschema: expect.stringContaining('Opened'),
        'content-type': 'application/json',
        ce_sequence: '1',
        ce_logid: (await log.pool.query('select log_id from log')).rows[0].log_id,
        ce_streamversion: '1',
        ce_correlationid: 'c1',
        ce_causationid: 'c2',
        traceparent: metadata.traceparent,
      },
    });
    expect(secret).toMatchObject({ p: 2, value: '{}', headers: { ce_type: 'Internal', ce_sequence: '2' } });
    expect(JSON.stringify(secret)).not.toMatch(/Reserved|somebody/);
  });
});
