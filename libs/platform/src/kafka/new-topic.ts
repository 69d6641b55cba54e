import type { Admin } from 'kafkajs';
import { readHeads, type Queryable } from '../log/event-log.js';
import { ensureTopic, partitionsOfTopic } from './topic.js';

/**
 * Deletes the topic and makes it again, so that the relay sends the whole log into it. For a log whose id was renewed
 * after a restore: what the topic holds is another log (design §3). Consumers that read the old one rebuild.
 */
export async function newTopic(admin: Admin, db: Queryable, topic: string, replicationFactor = 1): Promise<void> {
  const partitions = (await readHeads(db)).length;
  if ((await partitionsOfTopic(admin, topic)) !== undefined) await admin.deleteTopics({ topics: [topic] });
  await ensureTopic(admin, topic, partitions, replicationFactor);
  await db.query('update relay set next_seq = 1, audited_offset = 0, audited_seq = 1');
}
