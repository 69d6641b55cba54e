import { describe, expect, test } from '@jest/globals';
import type { CallFigures, CallSums } from './call-figures.js';
import { callsAsTheCallersKnow, callsOnPapers, type ListedCall } from './call-checks.js';
import type { PlannedCall } from './callers.js';
import type { CallEvidence, Evidence } from './evidence.js';
import { Ledger } from './ledger.js';
import { queueLogs } from './queue-log.js';
import { placeCalls, type PlacedCall } from './telephone.js';

const caller = { applicants: [{ phoneNumber: '0112000001' }] } as unknown as PlannedCall['caller'];
const planned: PlannedCall[] = [
  { nth: 0, day: 10, second: 60, waitSeconds: 25, abandoned: false, talkSeconds: 200, seat: 1, purpose: 'ask', caller },
  { nth: 1, day: 10, second: 90, waitSeconds: 3, abandoned: true, talkSeconds: 90, seat: 0, purpose: 'book', caller },
];
const [answered, abandoned] = placeCalls(planned, { today: '2026-11-26', system: 'desk', seed: 1 }).map(
  (one): PlacedCall => ({ ...one, holdSeconds: 20, afterCallSeconds: 40, transferred: false }),
) as [PlacedCall, PlacedCall];

const reception = { from: '2026-11-11', to: '2026-11-26', opensAt: '09:00', closesAt: '16:00', exceptions: [] };
const ending = { purpose: 'inquiry', outcome: 'answered', category: 'venue' } as const;
const heard: ListedCall[] = [
  {
    ...{ callId: 'a', source: 'screen', channel: 'telephone', queue: 'uketsuke' },
    receivedAt: '2026-11-25T00:01:00.000Z',
    answer: { answeredAt: '2026-11-25T00:01:25.000Z', waitSeconds: 25 },
    ending: {
      ...{ ...ending, closedAt: '2026-11-25T00:05:25.000Z', transfers: 0 },
      ...{ talkSeconds: 180, holdSeconds: 20, afterCallWorkSeconds: 40 },
    },
  },
  {
    ...{ callId: 'b', source: 'queueLog', channel: 'telephone', queue: 'uketsuke' },
    receivedAt: '2026-11-25T00:01:30.000Z',
    abandonment: { abandonedAt: '2026-11-25T00:01:33.000Z', waitSeconds: 3, short: true, cause: 'hungUp' },
  },
];

const NONE: CallSums = { offered: 0, answered: 0, abandoned: 0, shortAbandoned: 0, outOfHours: 0 };
const BOTH: CallSums = { offered: 2, answered: 1, abandoned: 1, shortAbandoned: 1, outOfHours: 0 };
const figures = (sums: CallSums, talk: number | null): CallFigures => ({
  ...{ board: sums, tally: sums, completion: sums, daily: new Map([['2026-11-25', sums]]) },
  talk: { daily: new Map([['2026-11-25', talk]]), completion: [talk] },
});

function evidence(changed: Partial<CallEvidence> = {}): Evidence {
  const ledger = new Ledger();
  ledger.calls.push({ placed: answered, callId: 'a', ending });
  const known: CallEvidence = {
    ...{ ledger, placed: [answered, abandoned], seats: 8, days: ['2026-11-25'], termIds: ['t'] },
    ...{ receptions: [reception], figuresBefore: figures(NONE, null), talliedBefore: new Map(), isOwn: true },
    ...changed,
  };
  return known as Evidence;
}
const wrongIn = (found: CallFigures, of = evidence()) => callsOnPapers(found, of).filter(({ ok }) => !ok).map(({ name }) => name); // prettier-ignore

describe('the calls of a day', () => {
  test('are well when list, board and papers say what the callers know', () => {
    expect(callsAsTheCallersKnow(evidence(), heard).detail).toBe('2 calls one by one, by the second');
    expect(wrongIn(figures(BOTH, 180))).toEqual([]);
  });

  const [a, b] = heard as [ListedCall, ListedCall];
  test.each([
    ['is missing from the list', [b], 'call 0 is not in the list'],
    ['waited longer in the list', [{ ...a, answer: { ...a.answer!, waitSeconds: 26 } }, b], 'call 0 has answer'],
    ['was about something else in the list', [{ ...a, ending: { ...a.ending, outcome: 'booked' } }, b], 'call 0 has ending'], // prettier-ignore
    ['was out of hours in the list', [{ ...a, outOfHours: true as const }, b], 'call 0 has outOfHours'],
    ['was given up and is not in the list', [a], 'call 1 that was given up is not in the list'],
    ['nobody made is in the list', [a, b, { ...b, callId: 'c' }], 'that nobody made'],
    ['was struck', [a, { ...b, struck: true as const }], 'call 1 that was given up'],
  ] satisfies [string, ListedCall[], string][])('one that %s is told', (_, listed, words) => {
    const { ok, detail } = callsAsTheCallersKnow(evidence(), listed);
    expect([ok, detail]).toEqual([false, expect.stringContaining(words)]);
  });

  test.each([
    ['offered', 'calls-on-the-board'],
    ['answered', 'calls-on-the-tally'],
    ['abandoned', 'calls-on-the-completion-report'],
    ['shortAbandoned', 'calls-on-the-daily-reports'],
    ['outOfHours', 'calls-on-the-daily-reports'],
  ] as const)('with another number of %s are told by %s', (name, check) => {
    expect(wrongIn(figures({ ...BOTH, [name]: BOTH[name] + 1 }, 180))).toContain(check);
    const others = evidence({ isOwn: false });
    expect(wrongIn(figures({ ...BOTH, [name]: BOTH[name] + 1 }, 180), others)).toEqual([]);
  });

  test('of which one is not on the papers are told on anybody’s desk, and so is another mean talk', () => {
    const others = evidence({ isOwn: false });
    expect(wrongIn(figures({ ...BOTH, answered: 0 }, 180), others)).toHaveLength(4);
    expect(wrongIn(figures(BOTH, 181))).toEqual(['talk-on-the-papers']);
  });

  test('outside the hours of the desk must stand apart', () => {
    const later = evidence({ receptions: [{ ...reception, opensAt: '09:30' }] });
    expect(wrongIn(figures({ ...NONE, outOfHours: 2 }, null), later)).toEqual(['talk-on-the-papers']);
    expect(wrongIn(figures(BOTH, 180), later)).toContain('calls-on-the-board');
  });

  const apart = { ...NONE, outOfHours: 2 };
  test.each([
    ['has not begun', { from: '2026-12-11', to: '2026-12-24' }, NONE, 'has not begun before 2026-12-11'],
    ['is over', { from: '2026-09-11', to: '2026-09-26' }, apart, 'is over since 2026-09-26'],
  ])('are not said to be well on a board and papers whose reception %s', (_, when, ofTerms, why) => {
    const closed = evidence({ receptions: [{ ...reception, ...when }], isOwn: false });
    const found = { ...figures(apart, null), tally: ofTerms, completion: ofTerms };
    const checks = callsOnPapers(found, closed).filter(({ outcome }) => outcome !== 'ok');
    expect(checks).toEqual(
      ['calls-on-the-board', 'calls-on-the-tally', 'calls-on-the-completion-report'].map((name) => ({
        ...{ name, ok: true, outcome: 'not compared' },
        detail: `the reception of this desk ${why}, so none of the 2 calls counts`,
      })),
    );
    expect(wrongIn({ ...found, board: NONE }, closed)).toEqual(['calls-on-the-board']);
  });

  test('before the telephones open for the first time stand on the daily report, and in no term', () => {
    const earlier = evidence({ receptions: [{ ...reception, from: '2026-11-26' }], isOwn: false });
    const found = figures(apart, null);
    expect(wrongIn({ ...found, tally: NONE, completion: NONE }, earlier)).toEqual([]);
    expect(wrongIn({ ...found, daily: new Map(), tally: NONE, completion: NONE }, earlier)).toEqual(['calls-on-the-daily-reports']); // prettier-ignore
  });
});

test('a queue_log has a line for each thing that happened, in order, as Asterisk writes it', () => {
  const [text] = [...queueLogs([answered, abandoned], 1).values()];
  const of = (lineId: string) => text!.split('\n').filter((line) => line.includes(`|${lineId}|`));
  expect(of(answered.lineId)).toEqual([
    '1795564860|desk-1795564860.0|uketsuke|NONE|ENTERQUEUE||0112000001|1',
    '1795564880|desk-1795564860.0|uketsuke|SIP/102|RINGNOANSWER|15000',
    '1795564885|desk-1795564860.0|uketsuke|SIP/102|CONNECT|25|desk-1795564860.09|3',
    '1795565085|desk-1795564860.0|uketsuke|SIP/102|COMPLETEAGENT|25|200|1',
  ]);
  expect(of(abandoned.lineId)).toEqual([
    '1795564890|desk-1795564890.1|uketsuke|NONE|ENTERQUEUE||0112000001|1',
    '1795564893|desk-1795564890.1|uketsuke|NONE|ABANDON|1|1|3',
  ]);
  expect(text!.split('\n').filter((line) => line.includes('|uketsuke|SIP/101|'))).toEqual([
    '1795564500|NONE|uketsuke|SIP/101|ADDMEMBER|',
    '1795590030|NONE|uketsuke|SIP/101|REMOVEMEMBER|',
  ]);
});
