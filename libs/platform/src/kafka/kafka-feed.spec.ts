import { describeKafka } from '#servers/test-kafka.js';
import { feedContract } from '../feed/feed.contract.js';
import { publishTypes } from '../log/event-log.js';
import { KafkaRig } from './kafka-rig.js';

await describeKafka('Kafka between two services', (brokers) => {
  feedContract('kafka', async (log, source) => {
    await publishTypes(log.pool, ['Opened', 'Closed', 'Reserved', 'Cancelled']);
    return new KafkaRig(log, brokers, undefined, source).open();
  });
});
