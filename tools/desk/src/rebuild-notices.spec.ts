import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { until } from '#platform/rehearsal/rehearsal-consumer.js';
import { freePort } from '#servers/free-port.js';
import { seedDemo } from './demo-data.js';
import type { DemoAccount } from './desk-accounts.js';
import { DeskClient } from './desk-client.js';
import { Progress } from './progress.js';
import { runRebuild } from './rebuild-command.js';
import { RehearsalDesk } from './rehearsal-desk.js';

jest.setTimeout(300_000);

let data: string;
let desk: RehearsalDesk;
let operator: DeskClient;
let supervisor: DeskClient;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'uketsuke-rebuild-'));
  chmodSync(data, 0o711);
  desk = new RehearsalDesk(['--demo', '--data', data, '--port', String(await freePort())]);
  const url = await desk.ready();
  const accounts = JSON.parse(readFileSync(join(data, 'demo-accounts.json'), 'utf8')) as DemoAccount[];
  await seedDemo(url, accounts);
  const signIn = (role: string) =>
    DeskClient.signIn(
      url,
      accounts.find((one) => one.role === role)!,
    );
  [operator, supervisor] = [await signIn('operator'), await signIn('supervisor')];
});
afterAll(async () => {
  await desk?.end();
  rmSync(data, { recursive: true, force: true });
});

async function rebuild(...args: string[]): Promise<{ code: number; said: string }> {
  let said = '';
  const progress = new Progress({ write: (text: string) => ((said += text), true) });
  return { code: await runRebuild([...args, '--data', data], progress), said };
}

/** Booked, drafted, approved: something of everything that lists of notices show. */
async function batchOf(persons: number): Promise<string> {
  const { sessions } = await operator.must<{ sessions: { sessionId: string; seatsLeft: number }[] }>(
    'GET',
    '/capacity/sessions?available=true',
  );
  const { sessionId } = sessions.findLast(({ seatsLeft }) => seatsLeft >= persons)!;
  for (let nth = 1; nth <= persons; nth++) {
    const name = { familyName: '試験', givenName: `花子${nth}`, familyNameKana: 'シケン', givenNameKana: 'ハナコ' };
    const address = { postalCode: '0010024', prefecture: '北海道', city: '札幌市', ward: '北区', town: '北二十四条西' };
    const applicant = { ...name, ...address, chome: '6', blockLot: `1番${nth}号`, phoneNumber: `01100000${10 + nth}` };
    await operator.must('POST', '/reservations', { sessionId, attendees: [{ applicant }] });
  }
  await until(async () => (await notices()).length === persons, 'the notices');
  const { batchId } = await operator.must<{ batchId: string }>('POST', '/notices/batches', { sessionIds: [sessionId] });
  const { count, hash } = await supervisor.must<{ count: number; hash: string }>('GET', `/notices/batches/${batchId}`);
  await supervisor.must('POST', `/notices/batches/${batchId}/approve`, { count, hash });
  return batchId;
}
const notices = async () => (await operator.must<{ notices: object[] }>('GET', '/notices')).notices;

test('the lists of notices are built again beside a desk at work: the same as before, and the work goes on in them', async () => {
  const batchId = await batchOf(6);
  const shown = async () => [await notices(), await operator.must('GET', `/notices/batches/${batchId}`)];
  const before = await shown();

  const { code, said } = await rebuild('notices', 'notice-list');
  expect([code, said]).toEqual([0, expect.stringContaining('The new tables are the same as the old ones.')]);
  expect(said).toMatch(/^ {2}notice: 6 rows$/m);
  expect(await shown()).toEqual(before);

  await operator.must('POST', `/notices/batches/${batchId}/printed`, { good: 6, spoiled: 1 });
  const after = await operator.must<{ state: string; sheets: object }>('GET', `/notices/batches/${batchId}`);
  expect(after).toMatchObject({ state: 'printed', sheets: { good: 6, spoiled: 1, used: 7 } });
  expect(await notices()).toMatchObject(Array.from({ length: 6 }, () => ({ state: 'printed', batchId })));
});

test('what is done is never built again: a reaction is no projection, and that is said', async () => {
  const { code, said } = await rebuild('notices', 'notice-jobs');
  expect([code, said]).toEqual([1, expect.stringContaining('It has: ')]);
  expect(said).toContain('notice-list');
});
