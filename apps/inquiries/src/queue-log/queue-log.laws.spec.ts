import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CallAccount } from '#contracts/inquiries/call-account.js';
import { fold } from '#kernel/decider.js';
import { callIdOfLine } from '../desk/ids.js';
import { call } from '../call/call.decider.js';
import type { Call, Hours } from '../call/call.js';
import { readQueueLog } from './queue-log-file.js';

/** One caller's way through the telephone system, as it would stand in the log. */
interface Way {
  readonly lines: readonly string[];
  readonly id: string;
  readonly expected: 'answered' | 'abandoned';
  readonly short: boolean;
  readonly transfers: number;
  readonly wait: number;
}

const START = Date.UTC(2025, 6, 11, 0) / 1_000;
const hours = (instant: number): Hours => (instant < Date.UTC(2025, 6, 11, 7) ? {} : { outOfHours: true });

function way(n: number, at: number, wait: number, talk: number, ending: string): Way {
  const id = `${START}.${n}`;
  const line = (second: number, event: string, ...more: (string | number)[]) =>
    [START + second, id, 'uketsuke', 'PJSIP/101', event, ...more].join('|');
  const entered = line(at, 'ENTERQUEUE', '', `0115550${n}`, 1);
  const connected = line(at + wait, 'CONNECT', wait, `${START}.${n}b`, 3);
  const rest: Record<string, string[]> = {
    agent: [connected, line(at + wait + talk, 'COMPLETEAGENT', wait, talk, 1)],
    caller: [line(at + 1, 'RINGNOANSWER', 1_000), connected, line(at + wait + talk, 'COMPLETECALLER', wait, talk, 1)],
    blind: [connected, line(at + wait + talk, 'BLINDTRANSFER', '800', 'desk', wait, talk, 1)],
    attended: [connected, line(at + wait + talk, 'ATTENDEDTRANSFER', 'BRIDGE', 'b-1', wait, talk, 1)],
    hungUp: [line(at + wait, 'ABANDON', 1, 1, wait)],
    timeout: [line(at + wait, 'EXITWITHTIMEOUT', 1, 1, wait)],
    key: [line(at + wait, 'EXITWITHKEY', 1, 1, 1, wait)],
  };
  const isAnswered = ['agent', 'caller', 'blind', 'attended'].includes(ending);
  return {
    ...{ id, wait, lines: [entered, ...rest[ending]!] },
    ...{ expected: isAnswered ? 'answered' : 'abandoned', short: !isAnswered && wait < 5 },
    transfers: ['blind', 'attended'].includes(ending) ? 1 : 0,
  };
}

const ways = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 30_000 }),
      wait: fc.integer({ min: 0, max: 300 }),
      talk: fc.integer({ min: 0, max: 900 }),
      ending: fc.constantFrom('agent', 'caller', 'blind', 'attended', 'hungUp', 'timeout', 'key'),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) => all.map(({ at, wait, talk, ending }, n) => way(n, at, wait, talk, ending)));

/** Some of the lines twice, all of them mixed, cut into files. */
const mixed = ways.chain((all) => {
  const lines = all.flatMap((one) => one.lines);
  const again = fc.subarray(lines);
  return again.chain((more) =>
    fc
      .tuple(
        fc.shuffledSubarray([...lines, ...more], { minLength: lines.length + more.length }),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 }),
      )
      .map(([shuffled, cuts]) => ({ all, files: filesOf(shuffled, cuts) })),
  );
});

function filesOf(lines: readonly string[], cuts: readonly number[]): Buffer[] {
  const files: string[][] = [[]];
  lines.forEach((line, i) => {
    if (cuts.some((cut) => i > 0 && i % cut === 0)) files.push([]);
    files.at(-1)!.push(line);
  });
  return files.map((file) => Buffer.from(`${file.join('\n')}\n`));
}

/** What the desk knows after it has taken in the files, one after another. */
function known(files: readonly Buffer[]): Map<string, Call> {
  const calls = new Map<string, Call>();
  for (const file of files) {
    for (const [lineId, facts] of readQueueLog(file, ['uketsuke']).calls) {
      const callId = callIdOfLine(lineId);
      const before = calls.get(callId) ?? call.initialState;
      calls.set(callId, fold(call, call.decide({ do: 'hear', callId, facts, hours }, before), before));
    }
  }
  return calls;
}

function withoutCount(account: CallAccount | undefined) {
  return account && { ...account, callRevision: 0 };
}

describe('any log, its lines mixed, repeated and cut into files', () => {
  test('tells the same calls as the log as it was written', () => {
    fc.assert(
      fc.property(mixed, ({ all, files }) => {
        const asWritten = known([Buffer.from(`${all.flatMap(({ lines }) => lines).join('\n')}\n`)]);
        const asSent = known([...files, ...files]);
        expect([...asSent.keys()].toSorted()).toEqual([...asWritten.keys()].toSorted());
        for (const [callId, { account }] of asWritten) {
          expect(withoutCount(asSent.get(callId)!.account)).toEqual(withoutCount(account));
        }
      }),
      { numRuns: 150 },
    );
  });

  test('counts every caller once, with the wait that was measured', () => {
    fc.assert(
      fc.property(mixed, ({ all, files }) => {
        const calls = known(files);
        expect(calls.size).toBe(all.length);
        for (const { id, expected, short, transfers, wait } of all) {
          const { account } = calls.get(callIdOfLine(id))!;
          expect(account!.answer === undefined ? 'abandoned' : 'answered').toBe(expected);
          expect(account!.abandonment?.short ?? false).toBe(short);
          expect(account!.ending?.transfers ?? 0).toBe(transfers);
          expect(account!.answer?.waitSeconds ?? account!.abandonment?.waitSeconds).toBe(wait);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('read twice, it tells nothing the second time', () => {
    fc.assert(
      fc.property(mixed, ({ files }) => {
        const calls = known(files);
        for (const file of files) {
          for (const [lineId, facts] of readQueueLog(file, ['uketsuke']).calls) {
            const callId = callIdOfLine(lineId);
            expect(call.decide({ do: 'hear', callId, facts, hours }, calls.get(callId)!)).toEqual([]);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});

test('a line cut anywhere is read as it was, or listed; it never adds a call and never changes who was answered', () => {
  const written = way(1, 100, 42, 230, 'agent').lines;
  const lineOf = (end: number, which: number) =>
    `${written.map((line, i) => (i === which ? line.slice(0, end) : line)).join('\n')}\n`;
  for (const which of [0, 1, 2]) {
    for (let end = 1; end < written[which]!.length; end++) {
      const file = readQueueLog(Buffer.from(lineOf(end, which)), ['uketsuke']);
      expect(file.callLines + file.otherLines + file.otherQueueLines + file.unreadable.length).toBe(3);
      const account = known([Buffer.from(lineOf(end, which))]).get(callIdOfLine(`${START}.1`))?.account;
      expect(account?.answer?.waitSeconds ?? 42).toBe(42);
      expect(account?.ending?.talkSeconds ?? 230).toBe(230);
    }
  }
});
