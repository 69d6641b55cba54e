import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testDatabase, type TestDatabase } from '#servers/test-database.js';
import { RehearsalLog } from '#platform/rehearsal/rehearsal-log.js';
import { publishTypes } from '#platform/log/event-log.js';
import { openPool } from '#platform/log/connection.js';
import { Progress } from './progress.js';
import { runRebuild } from './rebuild-command.js';

let log: RehearsalLog;
let database: TestDatabase;
beforeAll(async () => {
  [log, database] = [await RehearsalLog.make(), await testDatabase()];
  await publishTypes(log.pool, ['CourseDefined']);
});
afterAll(async () => {
  await log.close();
  await database.drop();
});

async function rebuild(...args: string[]): Promise<{ code: number; said: string }> {
  let said = '';
  const progress = new Progress({ write: (text: string) => ((said += text), true) });
  return { code: await runRebuild(args, progress), said };
}
const places = () => ['--database-url', database.url, '--log-url', log.url];

test('a projection is built again, with its checksum before and after', async () => {
  const { code, said } = await rebuild('capacity', 'seat-board', ...places());
  const [, before, after] = /^before (\w{64})\nafter {2}(\w{64})$/m.exec(said)!;
  expect([code, before]).toEqual([0, after]);
  expect(said).toContain('The new tables are the same as the old ones.');
});

test('what is wrong in the old tables is named, and put right', async () => {
  const pool = openPool({ url: database.url, name: 'spec' }, 1);
  const id = '00000000-0000-4000-8000-000000000001';
  await pool.query(`insert into seat_board.course values ($1, 0, 1, '無い講座')`, [id]);
  const { code, said } = await rebuild('capacity', 'seat-board', ...places());
  expect([code, said]).toEqual([1, expect.stringMatching(new RegExp(`course before: .*${id}`))]);
  expect((await pool.query('select from seat_board.course')).rowCount).toBe(0);
  await pool.end();
});

test.each([
  [[], 'The service and its projection are missing.'],
  [['capacity'], 'The projection is missing: which of capacity?'],
  [['capacity', 'seat-board', 'seat-history'], 'One projection at a time'],
])('says of %j what is missing before it says how it is called', async (args, words) => {
  const { code, said } = await rebuild(...args);
  expect([code, said.split('\n')[0], said]).toEqual([
    2,
    expect.stringContaining(words),
    expect.stringContaining('npm run rebuild -- SERVICE PROJECTION'),
  ]);
});

test.each([
  ['a service that has none', ['gateway', 'x'], 'There is nothing to rebuild in a service "gateway"'],
  ['a projection that is none', ['capacity', 'x'], 'It has: seat-board, seat-history.'],
  ['a folder without a desk', ['capacity', 'seat-board', '--data', 'nowhere'], 'There is no desk in nowhere'],
])('%s is refused in words', async (_, args, words) => {
  const { code, said } = await rebuild(...args, ...(args.includes('--data') ? [] : places()));
  expect([code, said]).toEqual([1, expect.stringContaining(words)]);
});
