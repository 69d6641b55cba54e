import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NoticesDesk } from '../rehearsal/notices-desk.js';
import { SmallTerm } from '../rehearsal/small-term.js';
import { KEPT_MS } from './document.row.js';
import { Spool } from './spool.js';

let desk: NoticesDesk;
let term: SmallTerm;
beforeAll(async () => {
  desk = await NoticesDesk.open();
  term = await SmallTerm.open(desk);
});
afterAll(() => desk.close());

async function approved(sessionCode: string) {
  const sessionId = await term.schedule(sessionCode);
  const [booked] = await term.bookMany(sessionId, 1);
  const { batchId, count, hash } = (await desk.must('POST', '/notices/batches', { sessionIds: [sessionId] })).body;
  await desk.must('POST', `/notices/batches/${batchId}/approve`, { count, hash }, 'supervisor');
  const path = `/notices/batches/${batchId}/notices.docx`;
  return { batchId: batchId as string, path, booked: booked! };
}

/** The number of a process that is not there. */
const GONE = 4_194_999;

const sealed = () => readdirSync(desk.spool).filter((name) => name.endsWith('.sealed'));
const deleted = (batchId: string) =>
  desk.query<{ deleted_because: string; wrapped_key: Buffer | null }>(
    'select deleted_because, wrapped_key from notice_document where batch_id = $1 and deleted_at is not null',
    [batchId],
  );

describe('the spool', () => {
  test('gives the same document again, also after a restart, without making it again', async () => {
    const { path } = await approved('P-1');
    const first = await desk.must('GET', path);
    const files = sealed();
    await desk.restart();
    const second = await desk.must('GET', path);
    expect(second.bytes.equals(first.bytes)).toBe(true);
    expect(sealed()).toEqual(files);
  });

  test('after a kill in the middle of the making shows no half file: what was begun is gone, and it is made anew', async () => {
    const { path } = await approved('P-2');
    const work = join(desk.spool, `work-${GONE}-x1`);
    mkdirSync(work);
    writeFileSync(join(work, `notices.docx.${GONE}-1.draft`), 'half');
    writeFileSync(join(desk.spool, `half.sealed.${GONE}-0.draft`), 'half');
    await desk.restart();
    expect(readdirSync(desk.spool).filter((name) => !name.endsWith('.sealed'))).toEqual([]);
    expect((await desk.must('GET', path)).bytes.subarray(0, 2).toString()).toBe('PK');
  });

  test('whose file is lost or changed has it made again', async () => {
    const { path, batchId } = await approved('P-3');
    const before = new Set(sealed());
    await desk.must('GET', path);
    const [file] = sealed().filter((name) => !before.has(name));
    writeFileSync(join(desk.spool, file!), 'something else that is long enough to be a sealed file');
    expect((await desk.must('GET', path)).bytes.subarray(0, 2).toString()).toBe('PK');
    expect((await deleted(batchId)).map((row) => row.deleted_because)).toEqual(['broken']);
    rmSync(
      join(
        desk.spool,
        sealed().find((name) => !before.has(name))!,
      ),
    );
    expect((await desk.must('GET', path)).status).toBe(200);
  });

  test('forgets after 24 hours: file and key are gone, with a record that cannot be taken back', async () => {
    const { path, batchId } = await approved('P-4');
    const before = new Set(sealed());
    await desk.must('GET', path);
    const [file] = sealed().filter((name) => !before.has(name));
    const spool = desk.app.get(Spool);
    expect(await spool.deleteOld(Date.now() + KEPT_MS - 60_000)).toBe(0);
    expect(await spool.deleteOld(Date.now() + KEPT_MS + 1)).toBeGreaterThan(0);
    expect(sealed()).not.toContain(file);
    expect(await deleted(batchId)).toEqual([{ deleted_because: 'day-over', wrapped_key: null }]);
    const records = await desk.query(
      `select action, outcome from access_log where purpose = 'spool-day-over' and subjects @> array[$1::uuid]`,
      [batchId],
    );
    expect(records).toEqual([{ action: 'erase', outcome: 'done' }]);
  });

  test('forgets at once who is erased, and the keys of the digests with them', async () => {
    const { path, batchId, booked } = await approved('P-5');
    await desk.must('GET', path);
    const order = { instructionNumber: '市-1' };
    const asked = [
      await desk.ask('POST', `/persons/${booked.personId}/erase`, order, 'manager'),
      await desk.ask('POST', `/persons/${booked.personId}/erase`, order, 'privacyOfficer'),
    ];
    const { position } = asked.at(-1)!;
    await desk.must('GET', '/notices/due', undefined, 'operator', { waitFor: position });
    expect((await deleted(batchId)).map((row) => row.deleted_because)).toEqual(['person-erased']);
    const keys = await desk.query('select from digest_key where person_id = $1', [booked.personId]);
    expect(keys).toEqual([]);
    const gone = await desk.ask('GET', path);
    expect([gone.status, gone.body.slug]).toEqual([409, 'batch-empty']);
  });
});
