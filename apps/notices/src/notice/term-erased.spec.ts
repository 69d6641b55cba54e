import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BatchSteps, type PreparedBatch } from '../rehearsal/batch-steps.js';
import { NoticesDesk } from '../rehearsal/notices-desk.js';
import { SmallTerm } from '../rehearsal/small-term.js';

let desk: NoticesDesk;
let gone: SmallTerm;
let kept: SmallTerm;
let sent: Record<'due' | 'drafted' | 'approved' | 'printed' | 'posted', PreparedBatch>;
let other: PreparedBatch;
beforeAll(async () => {
  desk = await NoticesDesk.open();
  [gone, kept] = [await SmallTerm.open(desk, 1), await SmallTerm.open(desk, 2, null)];
  const steps = new BatchSteps(desk, gone);
  const dueSession = await gone.schedule('X-1');
  const due = { sessionId: dueSession, booked: await gone.bookMany(dueSession, 2), batchId: '', count: 0, hash: '' };
  const [drafted, approved] = [await steps.prepared('X-2', 2), await steps.approved('X-3', 2)];
  sent = { due, drafted, approved, printed: await steps.printed('X-4', 2), posted: await steps.posted('X-5', 3) };
  other = await new BatchSteps(desk, kept).approved('Y-1', 2);
  for (const { batchId } of [sent.approved, sent.posted, other]) await document(batchId);

  await desk.must('POST', `/terms/${gone.termId}/close`, undefined, 'supervisor');
  const order = { instructionNumber: '市-1' };
  await desk.must('POST', `/terms/${gone.termId}/erase`, order, 'manager');
  const { position } = await desk.must('POST', `/terms/${gone.termId}/erase`, order, 'privacyOfficer');
  await steps.heard(position);
}, 120_000);
afterAll(() => desk.close());

const document = (batchId: string) => desk.ask('GET', `/notices/batches/${batchId}/addresses.pdf`);
const terms = async (sql: string) => (await desk.query<{ term_id: string }>(sql)).map((row) => row.term_id);

describe('when a term is erased', () => {
  test('no key of a digest is left of it, and those of another term are', async () => {
    expect(await terms('select distinct term_id from digest_key')).toEqual([kept.termId]);
  });

  test('its files leave the spool with their keys, each with a record', async () => {
    const left = 'select document_id, term_id from notice_document where deleted_at is null';
    const [one] = await desk.query<{ document_id: string; term_id: string }>(left);
    expect(one!.term_id).toBe(kept.termId);
    expect(readdirSync(desk.spool)).toEqual([`${one!.document_id}.sealed`]);
    const deleted = await desk.query('select deleted_because, wrapped_key from notice_document where term_id = $1', [
      gone.termId,
    ]);
    expect(deleted).toEqual([1, 2].map(() => ({ deleted_because: 'term-erased', wrapped_key: null })));
    const records = await desk.query(`select outcome from access_log where purpose = 'spool-term-erased'`);
    expect(records).toHaveLength(2);
  });

  test('nothing of it is sent any more, printed cards are pulled out, and no document is made again', async () => {
    const states = async ({ sessionId }: PreparedBatch) =>
      (await desk.must('GET', `/notices?sessionId=${sessionId}`)).body.notices.map(
        ({ state, reason }: Record<string, string>) => `${state} ${reason ?? ''}`.trim(),
      );
    for (const stage of ['due', 'drafted', 'approved', 'printed'] as const) {
      expect([stage, ...(await states(sent[stage]))]).toEqual([stage, 'voided erased', 'voided erased']);
    }
    expect(await states(sent.posted)).toEqual(['posted', 'posted', 'posted']);
    const { pullList } = (await desk.must('GET', `/notices/batches/${sent.printed.batchId}`)).body;
    expect(pullList.map(({ reason }: { reason: string }) => reason)).toEqual(['erased', 'erased']);
    const slugs = [sent.approved, sent.posted].map(async ({ batchId }) => (await document(batchId)).body.slug);
    expect(await Promise.all(slugs)).toEqual(['batch-empty', 'batch-posted']);
    expect((await document(other.batchId)).status).toBe(200);
  });

  test('what was posted and what it cost can still be counted, also after a restart', async () => {
    const counts = async () => {
      const batch = (await desk.must('GET', `/notices/batches/${sent.posted.batchId}`)).body;
      const ledger = (await desk.must('GET', '/notices/ledger', undefined, 'manager')).body;
      const due = (await desk.must('GET', '/notices/due')).body.sessions.map((one: { due: number }) => one.due);
      return { state: batch.state, count: batch.count, cost: batch.posting.postageYen, ledger, due };
    };
    const before = await counts();
    expect(before).toMatchObject({ state: 'posted', count: 3, cost: 255 });
    expect(before.ledger).toMatchObject({ postedCards: 3, postageYen: 255 });
    await desk.restart();
    expect(await counts()).toEqual(before);
  });
});
