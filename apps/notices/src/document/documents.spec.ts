import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { NoticesDesk } from '../rehearsal/notices-desk.js';
import { SmallTerm } from '../rehearsal/small-term.js';
import { pagesOf } from './office-converter.js';

let desk: NoticesDesk;
let term: SmallTerm;
beforeAll(async () => {
  desk = await NoticesDesk.open();
  term = await SmallTerm.open(desk);
});
afterAll(() => desk.close());

const NAMES = ['notices.docx', 'notices.pdf', 'addresses.pdf'] as const;

async function prepared(sessionCode: string, persons: number) {
  const sessionId = await term.schedule(sessionCode);
  const booked = await term.bookMany(sessionId, persons);
  const { batchId, count, hash } = (await desk.must('POST', '/notices/batches', { sessionIds: [sessionId] })).body;
  return { sessionId, booked, batchId: batchId as string, count, hash };
}

async function approved(sessionCode: string, persons: number) {
  const batch = await prepared(sessionCode, persons);
  const { batchId, count, hash } = batch;
  await desk.must('POST', `/notices/batches/${batchId}/approve`, { count, hash }, 'supervisor');
  return batch;
}

const textOf = (docx: Uint8Array) => strFromU8(unzipSync(docx)['word/document.xml']!);

describe('the documents of a batch', () => {
  test('are made for an approved one, a page a card, in the order of the postman', async () => {
    const { batchId } = await approved('D-1', 12);
    const [docx, pdf, addresses] = await Promise.all(
      NAMES.map((name) => desk.must('GET', `/notices/batches/${batchId}/${name}`)),
    );
    const serials = textOf(docx!.bytes).match(/B\d+-\d{4}\/0012/g)!;
    expect(serials).toEqual(serials.toSorted());
    expect(new Set(serials).size).toBe(12);
    expect(textOf(docx!.bytes)).toContain('花子');
    expect([pagesOf(pdf!.bytes), pagesOf(addresses!.bytes)]).toEqual([12, 12]);
    expect(pdf!.headers.get('content-disposition')).toBe('attachment; filename="notices.pdf"');
    const { documents } = (await desk.must('GET', `/notices/batches/${batchId}`)).body;
    expect(documents.map(({ name, state, done }: Record<string, unknown>) => [name, state, done]).sort()).toEqual([
      ['addresses.pdf', 'ready', 12],
      ['notices.docx', 'ready', 12],
      ['notices.pdf', 'ready', 12],
    ]);
  });

  test('are not made before the approval, nor for who is no handler', async () => {
    const { batchId, count, hash } = await prepared('D-2', 1);
    const early = await desk.ask('GET', `/notices/batches/${batchId}/notices.pdf`);
    expect([early.status, early.body.slug]).toEqual([409, 'batch-not-approved']);
    await desk.must('POST', `/notices/batches/${batchId}/approve`, { count, hash }, 'supervisor');
    const stranger = await desk.ask('GET', `/notices/batches/${batchId}/notices.pdf`, undefined, 'operator', {
      handler: false,
    });
    expect([stranger.status, stranger.body.slug]).toEqual([403, 'forbidden']);
  });

  test('are handed out only after the access log says to whom', async () => {
    const { batchId, booked } = await approved('D-3', 2);
    await desk.must('GET', `/notices/batches/${batchId}/addresses.pdf`, undefined, 'manager');
    const entries = await desk.query<{ account_id: string; action: string; subjects: string[] }>(
      `select account_id, action, subjects from access_log where purpose = 'addresses-pdf' and account_id = 'manager'`,
    );
    expect(entries).toEqual([
      {
        account_id: 'manager',
        action: 'print',
        subjects: expect.arrayContaining(booked.map(({ personId }) => personId)),
      },
    ]);
  });

  test('lie sealed in the spool, and nothing else is left of their making', async () => {
    const { batchId } = await approved('D-4', 1);
    await desk.must('GET', `/notices/batches/${batchId}/notices.docx`);
    const names = readdirSync(desk.spool);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !name.endsWith('.sealed'))).toEqual([]);
  });

  test('hold no card that was voided since; the others stay, and a difference batch is offered', async () => {
    const { batchId, booked } = await approved('D-5', 3);
    const [gone, moved] = booked;
    await desk.must('POST', `/reservations/${gone!.reservationId}/cancel`, { reasonCode: 'illness' });
    const change = await desk.must('PATCH', `/reservations/${moved!.reservationId}/applicant`, { familyName: '変更' });
    await desk.must('GET', '/notices/due', undefined, 'operator', { waitFor: change.position });
    const docx = await desk.must('GET', `/notices/batches/${batchId}/notices.docx`);
    expect(textOf(docx.bytes).match(/B\d+-\d{4}\/0003/g)).toHaveLength(1);
    const batch = (await desk.must('GET', `/notices/batches/${batchId}`)).body;
    expect([batch.state, batch.count, batch.total]).toEqual(['approved', 1, 3]);
    const next = await desk.must('POST', '/notices/batches', { noticeIds: batch.difference.noticeIds });
    expect(next.body.count).toBe(1);
  });

  test('of a proof are marked 見本 and made before the approval', async () => {
    const { batchId } = await prepared('D-6', 8);
    const proof = await desk.must('GET', `/notices/batches/${batchId}/proof.pdf`, undefined, 'supervisor');
    expect(pagesOf(proof.bytes)).toBe(8);
  });
});
