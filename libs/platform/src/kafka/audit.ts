import { decode, UnreadableRecord } from '#contracts/cloud-event.js';
import { newId } from '#kernel/ids.js';
import type { Admin, Kafka } from 'kafkajs';
import type pg from 'pg';
import { newConsumer } from './kafka-client.js';
import { republish } from './republish.js';
import { readOffsets, type Offsets } from './topic.js';

/** The topic holds records of a log that is not this one: nothing may be added to it. */
export class AnotherLogInTopic extends Error {}

export interface Audit {
  readonly kafka: Kafka;
  readonly admin: Admin;
  readonly topic: string;
  readonly client: pg.ClientBase;
  readonly logId: string;
}

/** What reading one partition back has shown. */
interface Found {
  readonly p: number;
  /** Every number below is in the topic. */
  covered: number;
  /** The highest number in the topic, and which event it is. */
  last: { seq: number; eventId: string } | undefined;
  /** Offset after the record that completed `covered`. */
  offset: number;
  /** Offset after the last record that was read. */
  read: number;
  readonly end: number;
}

/**
 * Reads the topic back, from where the last audit ended, and rewinds the relay to the first number that is missing.
 * @returns the offsets of the topic as they were at the beginning
 * @throws AnotherLogInTopic when a record belongs to another log, or a number is another event than in the store
 */
export async function audit({ kafka, admin, topic, client, logId }: Audit): Promise<Offsets[]> {
  const { rows: kept } = await client.query<{
    p: number;
    next_seq: number;
    audited_offset: number;
    audited_seq: number;
  }>('select p, next_seq, audited_offset, audited_seq from relay order by p');
  const offsets = await readOffsets(admin, topic);
  const found = kept.map(({ p, audited_offset, audited_seq }): Found => {
    const { low, high } = offsets[p]!;
    // A topic that is shorter than it was, or has lost its beginning, is read as a new one
    const same = audited_offset > 0 && audited_offset <= high && low === 0;
    const from = same ? audited_offset - 1 : low;
    return { p, covered: same ? audited_seq - 1 : 1, last: undefined, offset: from, read: from, end: high };
  });
  await readBack(kafka, topic, logId, found);
  for (const one of found) {
    const { rows } = await client.query<{ event_id: string }>('select event_id from events where p = $1 and seq = $2', [
      one.p,
      one.last?.seq ?? 0,
    ]);
    if (one.last !== undefined && rows[0]?.event_id !== one.last.eventId) {
      throw new AnotherLogInTopic(
        `Partition ${one.p} of ${topic} ends with number ${one.last.seq}, which is another event in the store or none: ` +
          'was the store restored from a backup? Renew its log id and give it a new topic.',
      );
    }
    const { next_seq } = kept[one.p]!;
    if (one.covered < next_seq) await republish(client, one.p, one.covered);
    await client.query('update relay set audited_offset = $2, audited_seq = $3 where p = $1', [
      one.p,
      one.offset,
      one.covered,
    ]);
  }
  return offsets;
}

async function readBack(kafka: Kafka, topic: string, logId: string, found: readonly Found[]): Promise<void> {
  const left = new Set(found.filter(({ read, end }) => read < end));
  if (left.size === 0) return;
  const groupId = `uketsuke-audit-${newId()}`;
  const consumer = newConsumer(kafka, groupId);
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
      consumer
        .run({
          autoCommit: false,
          eachBatch: async ({ batch, resolveOffset, heartbeat }) => {
            const one = found[batch.partition]!;
            for (const message of batch.messages) {
              const offset = Number(message.offset);
              resolveOffset(message.offset);
              if (offset < one.read || offset >= one.end) continue;
              one.read = offset + 1;
              try {
                note(one, offset, decode(message as never), logId, topic);
              } catch (thrown) {
                if (thrown instanceof UnreadableRecord) continue; // a stranger's record is no number of ours
                reject(thrown as Error);
                return;
              }
            }
            if (one.read >= one.end) left.delete(one);
            if (left.size === 0) resolve();
            await heartbeat();
          },
        })
        .catch(reject);
      for (const { p, read } of left) consumer.seek({ topic, partition: p, offset: String(read) });
    });
  } finally {
    await consumer.disconnect().catch(() => undefined);
    const admin = kafka.admin();
    await admin.connect();
    await admin.deleteGroups([groupId]).catch(() => undefined);
    await admin.disconnect();
  }
}

function note(one: Found, offset: number, record: ReturnType<typeof decode>, logId: string, topic: string): void {
  const { seq, eventId } = record.envelope;
  if (record.logId !== logId) {
    throw new AnotherLogInTopic(
      `Partition ${one.p} of ${topic} holds records of the log ${record.logId}; this is ${logId}.`,
    );
  }
  if (one.last === undefined || seq >= one.last.seq) one.last = { seq, eventId };
  if (seq === one.covered) {
    one.covered++;
    one.offset = offset + 1;
  }
}
