import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '#kernel/ids.js';
import { republish } from '#platform/kafka/republish.js';
import type { AppProcess } from '#platform/rehearsal/app-process.js';
import { until } from '#platform/rehearsal/rehearsal-consumer.js';
import { describeKafka } from '#servers/test-kafka.js';
import { pagesOf } from '../document/office-converter.js';
import { NoticesDesk, type Travelling } from '../rehearsal/notices-desk.js';
import { SmallTerm } from '../rehearsal/small-term.js';

/** A broker has to notice first that a process is gone. */
const HEARD_MS = 90_000;

function processes(transport: string, kafka?: Travelling): void {
  describe(`several processes of notices on one database, ${transport}`, () => {
    let desk: NoticesDesk;
    let term: SmallTerm;
    beforeAll(async () => {
      desk = await NoticesDesk.open(kafka);
      term = await SmallTerm.open(desk);
    }, 240_000);
    afterAll(() => desk.close());

    /** Of each reservation of a session, how many notices became due. */
    const dueIn = async (sessionId: string) => {
      const rows = await desk.query<{ reservation_id: string }>(
        `select data ->> 'reservationId' as reservation_id from events where type = 'NoticeDue' and data ->> 'sessionId' = $1`,
        [sessionId],
      );
      return rows.map((row) => row.reservation_id).sort();
    };
    const once = (booked: readonly { reservationId: string }[]) => booked.map((one) => one.reservationId).sort();
    const heardOf = (sessionId: string, count: number) =>
      until(async () => new Set(await dueIn(sessionId)).size >= count, `${count} notices`, HEARD_MS);

    test('hear every booking once between them, and put each notice into one batch', async () => {
      const other = await desk.another();
      try {
        const sessionId = await term.schedule('P-1');
        const booked = await term.bookMany(sessionId, 40);
        await heardOf(sessionId, booked.length);
        expect(await dueIn(sessionId)).toEqual(once(booked));
        const both = await Promise.all(
          [undefined, other].map((of) =>
            desk.ask('POST', '/notices/batches', { sessionIds: [sessionId] }, 'operator', { ...(of && { of }) }),
          ),
        );
        const made = both.filter(({ status }) => status === 201);
        expect(made.reduce((sum, { body }) => sum + body.count, 0)).toBe(booked.length);
        expect(both.filter(({ status }) => status !== 201).map(({ body }) => body.slug)).toEqual(made.length === 2 ? [] : ['nothing-to-prepare']); // prettier-ignore
        for (const { body } of made) {
          const seen = await desk.must('GET', `/notices/batches/${body.batchId}`, undefined, 'operator', { of: other });
          expect([seen.body.count, seen.body.hash]).toEqual([body.count, body.hash]);
        }
      } finally {
        await other.stop();
      }
    }, 240_000);

    test('killed in the middle of hearing, and all delivered again: nobody is lost, nobody is written to twice', async () => {
      const sessionId = await term.schedule('P-2');
      await desk.stop();
      const booked = await term.bookUnheard(sessionId, 160);
      const heardBefore: number[] = [];
      for (let kill = 1; kill <= (kafka === undefined ? 2 : 1); kill++) {
        const process = await desk.another();
        const before = (await dueIn(sessionId)).length;
        await until(async () => (await dueIn(sessionId)).length > before + 5, 'the first notices', HEARD_MS);
        await process.kill();
        heardBefore.push((await dueIn(sessionId)).length);
      }
      expect(heardBefore[0]).toBeLessThan(booked.length);
      if (kafka === undefined) {
        await desk.query(`update position set next_seq = 1, last_event_id = null where subscription = 'notice-jobs'`);
      }
      await desk.restart();
      if (kafka !== undefined) await desk.on('reservations', (pool) => sentAgain(pool));
      await heardOf(sessionId, booked.length);
      const late = await term.bookUnheard(sessionId, 1);
      await heardOf(sessionId, booked.length + 1);
      expect(await dueIn(sessionId)).toEqual(once([...booked, ...late]));
      expect(await desk.query('select stream from parked_stream')).toEqual([]);
    }, 240_000);
  });
}

/** Everything in the topic twice: the relay begins again, and has come to the end. */
async function sentAgain(pool: Parameters<typeof republish>[0]): Promise<void> {
  const { rows } = await pool.query<{ p: number; next: number }>('select p, next from partitions');
  for (const { p } of rows) await republish(pool, p, 1);
  const behind = 'select from relay join partitions using (p) where next_seq < next';
  await until(async () => (await pool.query(behind)).rowCount === 0, 'the relay', HEARD_MS);
}

processes('embedded');
await describeKafka('notices with Kafka', (brokers) =>
  processes('Kafka', { KAFKA_BROKERS: brokers.join(), KAFKA_TOPIC_PREFIX: `${newId()}.` }),
);

describe('killed in the middle of making documents', () => {
  let desk: NoticesDesk;
  let killed: AppProcess | undefined;
  beforeAll(async () => {
    desk = await NoticesDesk.open();
  });
  afterAll(async () => {
    await killed?.kill();
    await desk.close();
  });

  test('no half file is ever to be had, and what was asked for is made by whoever is asked next', async () => {
    const term = await SmallTerm.open(desk);
    const sessionId = await term.schedule('K-1');
    await term.bookMany(sessionId, 240);
    const { batchId, count, hash } = (await desk.must('POST', '/notices/batches', { sessionIds: [sessionId] })).body;
    await desk.must('POST', `/notices/batches/${batchId}/approve`, { count, hash }, 'supervisor');
    const path = `/notices/batches/${batchId}/addresses.pdf`;
    killed = await desk.another();

    const cutOff = desk.ask('GET', path, undefined, 'operator', { of: killed }).catch(() => 'cut off');
    await until(() => drafts(desk.spool).length > 0, 'a draft', HEARD_MS);
    killed.halt();
    // A process that starts meanwhile takes nothing away from one that is at work
    await desk.restart();
    expect(drafts(desk.spool)).not.toEqual([]);
    await killed.kill();
    expect(await cutOff).toBe('cut off');
    expect(readdirSync(desk.spool).filter((name) => name.endsWith('.sealed'))).toEqual([]);
    expect(await desk.query('select from notice_document')).toEqual([]);

    const made = await desk.must('GET', path);
    expect(pagesOf(made.bytes)).toBe(240);
    await desk.restart();
    expect(readdirSync(desk.spool).filter((name) => !name.endsWith('.sealed'))).toEqual([]);
    expect((await desk.must('GET', path)).bytes.equals(made.bytes)).toBe(true);
  }, 240_000);
});

/** What is being written into the work folders of the spool. */
function drafts(spool: string): string[] {
  if (!existsSync(spool)) return [];
  const folders = readdirSync(spool).filter((name) => name.startsWith('work-'));
  return folders.flatMap((folder) => readdirSync(join(spool, folder)));
}
