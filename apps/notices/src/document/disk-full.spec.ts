import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AppProcess } from '#platform/rehearsal/app-process.js';
import { BatchSteps } from '../rehearsal/batch-steps.js';
import { NoticesDesk } from '../rehearsal/notices-desk.js';
import { SmallTerm } from '../rehearsal/small-term.js';

let desk: NoticesDesk;
let cramped: AppProcess;
beforeAll(async () => {
  desk = await NoticesDesk.open();
  // Less than the smallest document
  cramped = await desk.another(4_096);
}, 60_000);
afterAll(async () => {
  await cramped.stop();
  await desk.close();
});

test('a disk that is full while a document is written: told so, nothing half is left, and made once there is room', async () => {
  const { batchId } = await new BatchSteps(desk, await SmallTerm.open(desk)).approved('F-1', 3);
  for (const name of ['notices.docx', 'notices.pdf', 'addresses.pdf']) {
    const path = `/notices/batches/${batchId}/${name}`;
    const full = await desk.ask('GET', path, undefined, 'operator', { of: cramped });
    expect([name, full.status, full.body?.slug]).toEqual([name, 503, 'disk-full']);
    expect(readdirSync(desk.spool).filter((file) => file.startsWith('work-'))).toEqual([]);
  }
  expect(readdirSync(desk.spool)).toEqual([]);
  expect(await desk.query('select from notice_document')).toEqual([]);
  const { state, documents } = (await desk.must('GET', `/notices/batches/${batchId}`)).body;
  expect([state, documents]).toEqual(['approved', []]);
  const made = await desk.must('GET', `/notices/batches/${batchId}/addresses.pdf`);
  expect(made.bytes.subarray(0, 4).toString()).toBe('%PDF');
}, 120_000);
