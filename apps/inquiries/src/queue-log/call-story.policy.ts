import type { CallAccount } from '#contracts/inquiries/call-account.js';
import type { LineFact } from './queue-line.js';

/** What the lines of one call tell together, whatever file and order they came in. */
export interface CallStory {
  /** Epoch milliseconds. */
  readonly enteredAt: number;
  readonly queue: string;
  readonly answer?: NonNullable<CallAccount['answer']>;
  readonly abandonment?: NonNullable<CallAccount['abandonment']>;
  /** `talkSeconds` holds included: the telephone system does not tell them apart. */
  readonly ending?: Pick<NonNullable<CallAccount['ending']>, 'closedAt' | 'talkSeconds' | 'transfers'>;
  /** Some seconds were left out: the clock of the telephone system jumped, and they contradict the times of the lines. */
  readonly clockJumped: boolean;
}

/** A line is written when its event is over, so times and seconds may differ by this much. */
const SLACK = 2;
const SHORT = 5;
const LONGEST = 86_400;
const ORDER: readonly LineFact['said'][] = ['entered', 'connected', 'transferred', 'completed', 'key', 'timeout', 'empty', 'abandoned']; // prettier-ignore

/** In the order of their times, each once; so the story is the same however lines were mixed, repeated or cut into files. */
export function inOrder(facts: readonly LineFact[]): LineFact[] {
  const distinct = new Map(facts.map((fact) => [keyOf(fact), fact]));
  return [...distinct.entries()]
    .toSorted(
      ([keyA, a], [keyB, b]) => a.at - b.at || ORDER.indexOf(a.said) - ORDER.indexOf(b.said) || (keyA < keyB ? -1 : 1),
    )
    .map(([, fact]) => fact);
}

export function keyOf({ at, queue, said, member, waitSeconds, talkSeconds }: LineFact): string {
  return [at, queue, said, member ?? '', waitSeconds ?? '', talkSeconds ?? ''].join('|');
}

/** @returns undefined as long as no line tells that the call entered the queue: nothing is made up about it */
export function storyOf(facts: readonly LineFact[]): CallStory | undefined {
  const lines = inOrder(facts);
  const entries = lines.filter(({ said }) => said === 'entered');
  const [entered] = entries;
  if (entered === undefined) return undefined;
  const connects = lines.filter(({ said }) => said === 'connected');
  const ends = lines.filter(({ said }) => said === 'completed' || said === 'transferred');
  const leaves = lines.filter(({ said }) => ORDER.indexOf(said) >= ORDER.indexOf('key'));
  const left = leaves.at(-1);
  const waitUntil = (line: LineFact) => secondsUntil(entered.at, line, line.waitSeconds, entries.length > 1);
  const [connected] = connects;
  const story = { enteredAt: entered.at * 1_000, queue: entered.queue };

  if (connected === undefined) {
    // back in a queue after it was let go: somebody may still answer. By number: times may have jumped
    const waitsAgain = entries.length > leaves.length;
    if (left === undefined || waitsAgain) return { ...story, clockJumped: false };
    const wait = waitUntil(left);
    return {
      ...story,
      abandonment: {
        abandonedAt: instant(left.at),
        ...(wait !== undefined && { waitSeconds: wait }),
        ...(wait !== undefined && wait < SHORT && { short: true as const }),
        cause: left.said === 'abandoned' ? 'hungUp' : (left.said as 'timeout' | 'key' | 'empty'),
      },
      clockJumped: wait === undefined,
    };
  }

  const wait = waitUntil(connected);
  const talk = ends.length < connects.length ? undefined : talkOf(connects, ends);
  const isOver = ends.length >= connects.length;
  return {
    ...story,
    answer: {
      answeredAt: instant(connected.at),
      ...(wait !== undefined && { waitSeconds: wait }),
      ...(connected.member !== undefined && { answeredBy: connected.member }),
    },
    ...(isOver && {
      ending: {
        closedAt: instant(Math.max(...ends.map(({ at }) => at))),
        ...(talk !== undefined && { talkSeconds: talk }),
        transfers: ends.filter(({ said }) => said === 'transferred').length,
      },
    }),
    clockJumped: wait === undefined || (isOver && talk === undefined),
  };
}

/** What the line says, or the times say where the caller was in the queue more than once; undefined when the two contradict. */
function secondsUntil(from: number, line: LineFact, told: number | undefined, byTimes: boolean): number | undefined {
  const passed = line.at - from;
  if (passed < 0 || passed > LONGEST) return undefined;
  if (byTimes || told === undefined) return passed;
  return told >= 0 && Math.abs(told - passed) <= SLACK ? told : undefined;
}

/** All that was talked, by whoever: a transfer ends one talk and begins the next. */
function talkOf(connects: readonly LineFact[], ends: readonly LineFact[]): number | undefined {
  const told = ends.map(({ talkSeconds }) => talkSeconds!);
  if (told.some((seconds) => seconds < 0 || seconds > LONGEST)) return undefined;
  if (connects.length === 1 && ends.length === 1) return secondsUntil(connects[0]!.at, ends[0]!, told[0], false);
  return told.reduce((sum, seconds) => sum + seconds, 0);
}

function instant(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}
