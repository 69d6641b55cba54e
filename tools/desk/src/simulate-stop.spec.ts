import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { RehearsalDesk } from './rehearsal-desk.js';
import { StopSignal } from './stop-signal.js';

jest.setTimeout(240_000);

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'uketsuke-simulate-stop-'));
  chmodSync(scratch, 0o711);
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

/** What is left of a reception in the folder for what is temporary, once everything that was started has ended. */
async function leftOvers(): Promise<string[]> {
  for (let end = Date.now() + 20_000; ;) {
    const left = readdirSync(scratch).filter((name) => name.startsWith('uketsuke-simulate-'));
    if (left.length === 0 || Date.now() > end) return left;
    await sleep(200);
  }
}

test.each([
  ['while PostgreSQL is made', /Starting PostgreSQL\n/, 'SIGTERM', 143],
  ['while people call', /Calls: \d+ of 90\n/, 'SIGINT', 130],
] as const)('a reception that is stopped %s takes its desk with it, and says so', async (_, said, signal, code) => {
  const args = ['--calls', '90', '--out', join(scratch, 'out')];
  const simulation = new RehearsalDesk(args, { TMPDIR: scratch }, 'rehearsal-simulate.main.ts');
  await simulation.said(said);
  simulation.signal(signal);
  expect(await simulation.exited).toBe(code);
  expect(simulation.output).toMatch(
    /\nStopping\n(.*\n)*Stopped\. The desk that was made .* is gone, with its folder\.\n$/,
  );
  expect(await leftOvers()).toEqual([]);
});

test('a reception whose process is killed leaves no desk behind either', async () => {
  const args = ['--calls', '90', '--out', join(scratch, 'out')];
  const simulation = new RehearsalDesk(args, { TMPDIR: scratch }, 'rehearsal-simulate.main.ts');
  await simulation.said(/Starting PostgreSQL\n/);
  simulation.signal('SIGKILL');
  await simulation.exited;
  expect(await leftOvers()).toEqual([]);
});

test('Ctrl-C that npm hands on is one wish; a signal after that ends a command at once', async () => {
  const now = jest.spyOn(performance, 'now').mockReturnValue(10_000);
  const ended: number[] = [];
  const signal = new StopSignal((code) => ended.push(code));
  process.emit('SIGINT');
  now.mockReturnValue(10_020);
  process.emit('SIGINT');
  expect([await signal.asked, ended]).toEqual([130, []]);
  now.mockReturnValue(12_000);
  process.emit('SIGTERM');
  expect(ended).toEqual([143]);
  signal.release();
  now.mockRestore();
});
