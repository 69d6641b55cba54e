import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import kafkajs, { type Kafka, type Producer } from 'kafkajs';
import { type KafkaServer, kafkaMissing, startKafka } from './kafka.js';
import { startProxy, type TcpProxy } from './tcp-proxy.js';
import { describeUnless } from './test-kafka.js';

const { JAVA_HOME } = process.env;

afterEach(() => {
  if (JAVA_HOME === undefined) delete process.env['JAVA_HOME'];
  else process.env['JAVA_HOME'] = JAVA_HOME;
});

it('says in one sentence what is missing when there is no Java', async () => {
  process.env['JAVA_HOME'] = '/nowhere';
  const sentence = 'Kafka needs Java 17 or newer and no Java was found: install it (or set JAVA_HOME)';
  expect(await kafkaMissing()).toContain(sentence);
  await expect(startKafka({ dataDir: join(tmpdir(), 'uketsuke-no-kafka') })).rejects.toThrow(sentence);
});

describeUnless(await kafkaMissing(), 'a broker of our own', () => {
  let place: string;
  let dataDir: string;
  let proxy: TcpProxy;
  let server: KafkaServer;

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'uketsuke-kafka-'));
    dataDir = join(place, 'kafka');
    proxy = await startProxy({ targetPort: 1 });
    server = await startKafka({ dataDir, advertisedProxyPort: proxy.port });
    proxy.retarget(server.proxiedPort as number);
  });

  afterAll(async () => {
    await server.stop();
    await proxy.stop();
    await rm(place, { recursive: true, force: true });
  });

  function client(port = server.port): Kafka {
    const retry = { initialRetryTime: 100, maxRetryTime: 500, retries: 20 };
    return new kafkajs.Kafka({ brokers: [`127.0.0.1:${port}`], logLevel: kafkajs.logLevel.NOTHING, retry });
  }

  async function createTopic(topic: string): Promise<void> {
    const admin = client().admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] });
    await admin.disconnect();
  }

  async function using<T>(producer: Producer, work: () => Promise<T>): Promise<T> {
    await producer.connect();
    return await work().finally(() => producer.disconnect());
  }

  async function valuesIn(topic: string, count: number): Promise<(string | undefined)[]> {
    const consumer = client().consumer({ groupId: `reader-${topic}-${Date.now()}`, maxWaitTimeInMs: 50 });
    const values: (string | undefined)[] = [];
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      const eachMessage = async ({ message }: kafkajs.EachMessagePayload): Promise<void> => {
        values.push(message.value?.toString());
        if (values.length === count) resolve();
      };
      consumer.run({ autoCommit: false, eachMessage }).catch(reject);
    });
    await consumer.disconnect();
    return values;
  }

  it('listens on loopback only', async () => {
    const admin = client().admin();
    await admin.connect();
    const { brokers } = await admin.describeCluster();
    expect(brokers).toEqual([{ nodeId: 1, host: '127.0.0.1', port: server.port }]);
    await admin.disconnect();
  });

  it('keeps what it has acknowledged through kill -9, and serves the same clients after it', async () => {
    await createTopic('killed');
    const producer = client().producer();
    const send = (value: string) => producer.send({ topic: 'killed', acks: -1, messages: [{ value }] });
    await using(producer, async () => {
      await send('before');
      await server.kill();
      const meanwhile = send('meanwhile');
      await server.restart();
      await meanwhile;
      await send('after');
    });
    expect(await valuesIn('killed', 3)).toEqual(['before', 'meanwhile', 'after']);
  });

  it('keeps everything through an orderly restart', async () => {
    await createTopic('restarted');
    const producer = client().producer();
    await using(producer, () => producer.send({ topic: 'restarted', messages: [{ value: 'kept' }] }));
    await server.restart();
    expect(await valuesIn('restarted', 1)).toEqual(['kept']);
  });

  it('sends the clients of its second listener through the proxy, again and again', async () => {
    await createTopic('proxied');
    const producer = client(proxy.port).producer();
    await using(producer, async () => {
      await producer.send({ topic: 'proxied', messages: [{ value: '1' }] });
      proxy.cut();
      await producer.send({ topic: 'proxied', messages: [{ value: '2' }] });
      proxy.freeze();
      const held = producer.send({ topic: 'proxied', messages: [{ value: '3' }] });
      expect(await valuesIn('proxied', 2)).toEqual(['1', '2']);
      proxy.thaw();
      await held;
    });
    expect(await valuesIn('proxied', 3)).toEqual(['1', '2', '3']);
  });

  it('refuses a second broker on the same directory and names the first', async () => {
    await expect(startKafka({ dataDir })).rejects.toThrow(
      /^A Kafka broker \(pid \d+\) is already running on .*: stop it with "kill \d+", or choose another directory\.$/,
    );
  });

  it('names the port that another program has', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const starting = startKafka({ dataDir: join(place, 'other'), port });
    await expect(starting).rejects.toThrow(`Port ${port} is in use by another program`);
    other.close();
  });

  it('says which directory cannot be made', async () => {
    await writeFile(join(place, 'no-directory'), '');
    const starting = startKafka({ dataDir: join(place, 'no-directory') });
    await expect(starting).rejects.toThrow('could not be made (EEXIST): make it writable or choose another one');
  });

  it('leaves nothing of an ephemeral broker', async () => {
    const ephemeral = await startKafka({ dataDir: join(place, 'ephemeral'), ephemeral: true });
    await ephemeral.stop();
    expect(existsSync(ephemeral.dataDir)).toBe(false);
  });
});
