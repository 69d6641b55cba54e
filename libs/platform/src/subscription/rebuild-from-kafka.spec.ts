import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeKafka } from '#servers/test-kafka.js';
import { KafkaRig } from '../kafka/kafka-rig.js';
import { newTopic } from '../kafka/new-topic.js';
import { renewLogId } from '../log/event-log.js';
import { headCount } from '../rehearsal/head-count.js';
import { HeardLog } from '../rehearsal/heard-log.js';
import { invitations } from '../rehearsal/invitations.js';
import { type RehearsalConsumer, until } from '../rehearsal/rehearsal-consumer.js';
import { RehearsalLog } from '../rehearsal/rehearsal-log.js';
import { nameIn } from '../rehearsal/small-session.js';
import { resumeAfterRestore } from './another-log.js';
import { rebuild } from './rebuild.js';

await describeKafka('from a topic', (brokers) => {
  let heard: HeardLog;
  let rig: KafkaRig;
  let consumer: RehearsalConsumer;
  beforeAll(async () => {
    heard = await HeardLog.make();
    rig = await new KafkaRig(heard.log, brokers).open();
    heard.lanes = await heard.log.openLanes({ onCommitted: () => rig.committed() });
    consumer = await heard.consumer();
    for (let p = 0; p < 8; p++) {
      await heard.open(nameIn(p));
      await heard.reserve(nameIn(p), ...Array.from({ length: 10 }, (_, i) => `p${i}`));
    }
  });
  afterAll(async () => {
    await rig.close();
    await heard.close();
  });

  test('a projection is rebuilt while the live one goes on following it', async () => {
    const feed = rig.feed('capacity');
    const live = await consumer.prepare(headCount(), feed);
    const following = await consumer.followOn(live, feed);
    await heard.upToDate(consumer);
    let going = true;
    const load = (async () => {
      for (let i = 0; going; i++) await heard.reserve(nameIn(i % 8), `load${i}`);
    })();
    const result = await rebuild(live, [rig.feed('capacity')]);
    going = false;
    await load;
    expect(result).toMatchObject({ version: 2, equal: true });
    await heard.upToDate(consumer);
    await following.stop();
  });

  test('of a log that got a new id, a reaction resumes without doing anything again', async () => {
    const own = await RehearsalLog.make();
    const lanes = await own.openLanes();
    const feed = rig.feed('notices');
    const subscription = await consumer.prepare(
      invitations(() => lanes),
      feed,
    );
    const following = await consumer.followOn(subscription, feed);
    const done = async () => (await own.events()).length;
    await until(async () => (await done()) === (await heard.heads()) - 8, 'everybody being invited');
    await following.stop();
    const before = await done();
    await renewLogId(heard.log.pool);
    await rig.stopRelay();
    await rig.asAdmin((admin) => newTopic(admin, heard.log.pool, rig.topic));
    rig.startRelay();
    const resumed = await resumeAfterRestore(subscription, rig.feed('notices'), 30_000);
    expect(resumed.doneBeyond).toEqual([]);
    expect(resumed.partitions.every(({ lastCommon, had }) => lastCommon === had)).toBe(true);
    const resuming = await consumer.followOn(subscription, rig.feed('notices'));
    await heard.reserve(nameIn(3), 'after the restore');
    await until(async () => (await done()) > before);
    expect(await done()).toBe(before + 1);
    await resuming.stop();
    await own.close();
  });
});
