import { isDeepStrictEqual } from 'node:util';
import type { CallAccount, CallEvent } from '#contracts/inquiries/call-account.js';
import type { CallStory } from '../queue-log/call-story.policy.js';
import type { LineFact } from '../queue-log/queue-line.js';
import type { CallTold } from '#contracts/inquiries/call-told.events.js';

/** What is known of a call and not of whom: the account without its name and its count. */
export type CallDetails = Omit<CallAccount, 'callId' | 'callRevision' | 'struck'>;
export type Told = Omit<CallTold['data'], 'callId'>;

/** A call with all who told of it. */
export interface Call {
  /** As it was last told to others; absent while only the middle of it is known. */
  readonly account?: CallAccount;
  /** By a screen or a list. */
  readonly told?: Told;
  /** By the telephone system. */
  readonly facts: readonly LineFact[];
}

/** Whether the telephones were open, and for which term. */
export interface Hours {
  readonly termId?: string;
  readonly outOfHours?: true;
}

/**
 * The one account of a call. Of when and how long the telephone system knows better, of what for and what came of it the
 * screen; who was at the screen is named rather than the telephone on the desk.
 * @param hours of an instant in epoch milliseconds
 */
export function detailsOf(
  told: Told | undefined,
  story: CallStory | undefined,
  hours: (instant: number) => Hours,
): CallDetails | undefined {
  if (story === undefined) return told;
  const answeredBy = told?.answer?.answeredBy ?? story.answer?.answeredBy;
  const answer = story.answer ?? told?.answer;
  const abandonment = answer === undefined ? (story.abandonment ?? told?.abandonment) : undefined;
  const ending = endingOf(told?.ending, story.ending);
  return {
    source: told?.source ?? 'queueLog',
    channel: told?.channel ?? 'telephone',
    receivedAt: new Date(story.enteredAt).toISOString(),
    queue: story.queue,
    ...hours(story.enteredAt),
    ...(told?.fromPaper && { fromPaper: true }),
    ...(answer && { answer: { ...answer, ...(answeredBy !== undefined && { answeredBy }) } }),
    ...(abandonment && { abandonment }),
    ...(ending && { ending }),
  };
}

type Ending = NonNullable<CallDetails['ending']>;

function endingOf(told: Ending | undefined, heard: CallStory['ending']): Ending | undefined {
  if (told === undefined || heard === undefined) return told ?? heard;
  const { talkSeconds: _, ...rest } = told;
  // the telephone system counts the hold as talk
  const talked = heard.talkSeconds === undefined ? undefined : heard.talkSeconds - (told.holdSeconds ?? 0);
  const talkSeconds = talked === undefined ? told.talkSeconds : Math.max(0, talked);
  return { ...rest, transfers: heard.transfers, ...(talkSeconds !== undefined && { talkSeconds }) };
}

/** What others are told when the account has become `after`; nothing when it is as it was. */
export function eventsBetween(callId: string, before: CallAccount | undefined, after: CallDetails): CallEvent[] {
  const { answer, abandonment, ending, ...arrival } = after;
  let callRevision = before?.callRevision ?? 0;
  const of = () => ({ callId, callRevision: ++callRevision });
  const events: CallEvent[] = [];
  if (before !== undefined && !onlyAdds(before, after)) {
    return [{ type: 'CallRestated', data: { ...of(), ...after } }];
  }
  if (before === undefined) events.push({ type: 'CallReceived', data: { ...of(), ...arrival } });
  if (answer && !before?.answer) events.push({ type: 'CallAnswered', data: { ...of(), ...answer } });
  if (abandonment && !before?.abandonment) events.push({ type: 'CallAbandoned', data: { ...of(), ...abandonment } });
  if (ending && !before?.ending) events.push({ type: 'CallClosed', data: { ...of(), ...ending } });
  return events;
}

/** Whether everything that was known before stays as it was. */
function onlyAdds(before: CallAccount, after: CallDetails): boolean {
  const { callId: _, callRevision: __, struck: ___, ...known } = before;
  const names = new Set([...Object.keys(known), ...Object.keys(after)]) as Set<keyof CallDetails>;
  const parts: readonly string[] = ['answer', 'abandonment', 'ending'];
  return [...names].every((name) =>
    known[name] === undefined && parts.includes(name) ? true : isDeepStrictEqual(known[name], after[name]),
  );
}
