import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { freePort } from '#servers/free-port.js';
import { Progress } from './progress.js';
import { RehearsalDesk } from './rehearsal-desk.js';
import { sourcePrograms } from './rehearsal-programs.js';
import { runSimulate } from './simulation/simulate-command.js';
import type { Summary } from './simulation/summary.js';

jest.setTimeout(240_000);

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'uketsuke-simulate-spec-'));
  chmodSync(scratch, 0o711);
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

async function simulate(...args: string[]): Promise<{ code: number; said: string }> {
  let said = '';
  const progress = new Progress({ write: (text: string) => ((said += text), true) });
  return { code: await runSimulate(args, progress, sourcePrograms()), said };
}

test('a reception is played on a desk of its own, and every seat is where callers and log say', async () => {
  const out = join(scratch, 'out');
  const { code, said } = await simulate('--calls', '90', '--seed', '7', '--seats', '3', '--out', out);
  const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as Summary;
  expect([code, summary.ok, summary.checks.filter(({ ok }) => !ok)]).toEqual([0, true, []]);
  expect(said).toContain('Calls: 45 of 90\n');
  expect(summary).toMatchObject({ schemaVersion: 1, seed: 7, transport: 'embedded', calls: { offered: 90 } });
  const { calls, reservations } = summary;
  expect(calls.answered + calls.abandoned).toBe(90);
  const names = summary.checks.map(({ name }) => name);
  for (const place of [
    'on-the-board',
    'on-the-daily-reports',
    'on-the-tally',
    'on-the-completion-report',
    'in-the-books',
  ]) {
    expect(names).toContain(`calls-${place}`);
  }
  expect(names).toEqual(
    expect.arrayContaining(['queue-log-taken-in', 'calls-as-the-callers-know', 'talk-on-the-papers']),
  );
  expect(reservations.made - reservations.cancelled).toBe(reservations.active);
  expect(reservations.made).toBeGreaterThan(40);
});

test('nobody makes up callers on a desk marked 本番', async () => {
  const data = join(scratch, 'production');
  const desk = new RehearsalDesk(['--data', data, '--port', String(await freePort())]);
  try {
    const url = await desk.ready();
    const first = JSON.parse(readFileSync(join(data, 'first-administrator.json'), 'utf8')) as object;
    const accounts = join(scratch, 'accounts.json');
    writeFileSync(accounts, JSON.stringify([{ ...first, role: 'operator' }]));
    const { code, said } = await simulate('--out', join(scratch, 'none'), '--url', url, '--accounts', accounts);
    expect([code, said]).toEqual([
      1,
      expect.stringContaining('This desk is marked 本番: nobody makes up callers there.'),
    ]);
  } finally {
    await desk.end();
  }
});

test.each([
  [[], 'Say where the results go: --out DIR.'],
  [['--out', 'x', '--calls', '0'], '--calls 0: give a whole number from 1 to 100000.'],
  [['--out', 'x', '--url', 'http://127.0.0.1:1', '--kafka'], '--url plays on a desk that runs'],
  [['--out', 'README.md'], 'README.md for the results could not be made (EEXIST): choose another --out.'],
  [
    ['--out', join(tmpdir(), 'uketsuke-none'), '--url', 'http://127.0.0.1:1', '--accounts', 'README.md'],
    'README.md: give --accounts with a file as demo-accounts.json is.',
  ],
  [
    ['--out', join(tmpdir(), 'uketsuke-none'), '--url', 'http://127.0.0.1:1', '--accounts', 'package.json'],
    'package.json: give --accounts with a file as demo-accounts.json is.',
  ],
])('is not played with %j', async (args, words) => {
  expect(await simulate(...args)).toEqual({ code: 1, said: expect.stringContaining(words) });
});
