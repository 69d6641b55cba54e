import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { KafkaRig } from '#platform/kafka/kafka-rig.js';
import { publishTypes, renewLogId } from '#platform/log/event-log.js';
import { until } from '#platform/rehearsal/rehearsal-consumer.js';
import { RehearsalLog } from '#platform/rehearsal/rehearsal-log.js';
import { nameIn, on } from '#platform/rehearsal/small-session.js';
import { describeKafka } from '#servers/test-kafka.js';

async function runKafka(args: string[], environment: NodeJS.ProcessEnv = {}) {
  const hooks = join(import.meta.dirname, '../../source.js');
  const program = join(import.meta.dirname, 'kafka.cli.ts');
  const { DATABASE_URL: _, KAFKA_BROKERS: __, ...rest } = process.env;
  const child = spawn(process.execPath, ['--no-warnings', '--import', hooks, program, ...args], {
    env: { ...rest, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (bytes: Buffer) => (said.out += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (said.err += bytes.toString()));
  const [code] = await once(child, 'close');
  return { code: code as number, ...said };
}

describe('npm run kafka', () => {
  test('says in a sentence what is missing or wrong, and exits with 1', async () => {
    const cases: [string[], NodeJS.ProcessEnv, string][] = [
      [['republish', 'reservations', '1'], {}, 'republish SERVICE P FROM'],
      [['republish', 'reservations', 'one', '1'], {}, 'P has to be a whole number, not "one".'],
      [
        ['republish', 'reservations', '1', '1'],
        {},
        'Neither UKETSUKE_RESERVATIONS_DATABASE_URL nor DATABASE_URL is set',
      ],
      [['republish', 'reservations', '--from', '1'], {}, "Unknown option '--from'"],
      [['new-topic', 'reservations'], {}, 'This deletes everything in the topic reservations.events. Say --yes'],
      [['new-topic', 'reservations', '--yes'], {}, 'KAFKA_BROKERS is not set'],
      [['republish', 'reservations', '1', '1'], { DATABASE_URL: 'postgres://u:hidden@127.0.0.1:1/x' }, 'It failed: '],
    ];
    for (const [args, environment, sentence] of cases) {
      const { code, out, err } = await runKafka(args, environment);
      expect([code, out, err]).toEqual([1, '', expect.stringContaining(sentence)]);
      expect(err).not.toContain('hidden');
    }
  });

  test('still starts the broker when it is given no command', async () => {
    const { code, err } = await runKafka(['--port', 'kafka']);
    expect([code, err]).toEqual([1, '--port kafka is not a port: give a number from 1 to 65535.\n']);
  });
});

await describeKafka('npm run kafka with a broker', (brokers) => {
  let log: RehearsalLog;
  let rig: KafkaRig;
  const environment = () => ({
    UKETSUKE_RESERVATIONS_DATABASE_URL: log.url,
    KAFKA_BROKERS: brokers.join(','),
  });
  beforeAll(async () => {
    log = await RehearsalLog.make();
    await publishTypes(log.pool, ['Opened']);
    // The command works on the topic by its own name: nothing else may use it on this broker
    rig = await new KafkaRig(log, brokers, '').open();
    const lanes = await log.openLanes({ onCommitted: () => rig.committed() });
    for (let i = 0; i < 5; i++) await lanes.submit(on(nameIn(2, i), { do: 'open', capacity: 1 }));
    await until(async () => (await highOf()) === 5);
  });
  afterAll(async () => {
    await rig.asAdmin((admin) => admin.deleteTopics({ topics: [rig.topic] }));
    await rig.close();
    await log.close();
  });
  const highOf = async () => (await rig.offsets().catch(() => []))[2]?.high;

  test('republish sends a partition again from a number', async () => {
    const done = await runKafka(['republish', 'reservations', '2', '4'], environment());
    expect(done).toEqual({
      code: 0,
      out: 'The relay sends partition 2 of reservations again from number 4.\n',
      err: '',
    });
    await until(async () => (await highOf()) === 7);
    const refused = await runKafka(['republish', 'reservations', '2', '9'], environment());
    expect(refused).toEqual({ code: 1, out: '', err: 'There is no number 9 in partition 2.\n' });
  });

  test('new-topic lets a log with a renewed id travel again', async () => {
    await rig.stopRelay();
    const logId = await renewLogId(log.pool);
    rig.startRelay();
    await until(() => rig.alarms().some(({ name }) => name === 'another-log'));
    expect(await runKafka(['new-topic', 'reservations', '--yes'], environment())).toMatchObject({ code: 0, err: '' });
    await until(async () => (await highOf()) === 5);
    expect((await rig.records()).map(({ headers }) => headers['ce_logid'])).toEqual(Array(5).fill(logId));
    await until(() => rig.alarms().length === 0);
  });
});
