import { callAccountAfter, type CallEvent } from '#contracts/inquiries/call-account.js';
import type { Decider } from '#kernel/decider.js';
import { Refusal } from '#kernel/refusal.js';
import type { DeskEvent } from '../desk/desk-events.js';
import { keyOf, storyOf } from '../queue-log/call-story.policy.js';
import type { LineFact } from '../queue-log/queue-line.js';
import { detailsOf, eventsBetween, type Call, type Hours, type Told } from './call.js';

type HoursAt = (instant: number) => Hours;
type Ending = NonNullable<Told['ending']>;

export type CallCommand =
  /** The whole of what a screen or a list knows; what it has told before stays where this says nothing. */
  | { readonly do: 'tell'; readonly callId: string; readonly told: Told; readonly hours: HoursAt }
  | { readonly do: 'close'; readonly callId: string; readonly ending: Ending; readonly hours: HoursAt }
  | { readonly do: 'hear'; readonly callId: string; readonly facts: readonly LineFact[]; readonly hours: HoursAt }
  | { readonly do: 'strike'; readonly callId: string; readonly cause: 'mistaken' | 'sameAs'; readonly sameAs?: string };

/** One call, told by a screen, the telephone system, a list, in any order: it stays one, and its account is the same. */
export const call: Decider<Call, CallCommand, DeskEvent> = {
  initialState: { facts: [] },
  decide: (command, state) => {
    if (command.do === 'strike') return strike(command, state);
    if (state.account?.struck)
      throw new Refusal('call-struck', 'conflict', 'This call was struck; it is counted elsewhere.');
    if (command.do === 'hear') return hear(command, state);
    if (command.do === 'close') return close(command, state);
    // whoever took it first keeps it: a second screen adds what is missing
    const ending = mergedEnding(command.told.ending, state.told?.ending);
    const told = { ...command.told, ...state.told, ...(ending && { ending }) };
    return learn(state, command.callId, { ...state, told }, command.hours, { type: 'CallTold', data: { callId: command.callId, ...told } }); // prettier-ignore
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'CallTold': {
        const { callId: _, ...told } = event.data;
        return { ...state, told };
      }
      case 'QueueLinesHeard':
        return { ...state, facts: [...state.facts, ...event.data.facts] };
      case 'CallReceived':
      case 'CallAnswered':
      case 'CallAbandoned':
      case 'CallClosed':
      case 'CallRestated':
      case 'CallStruck': {
        const account = callAccountAfter(state.account, event);
        return account === undefined ? state : { ...state, account };
      }
      default:
        return state;
    }
  },
};

function mergedEnding(told: Ending | undefined, known: Ending | undefined): Ending | undefined {
  return told && known ? { ...told, ...known } : (known ?? told);
}

function hear({ callId, facts, hours }: Extract<CallCommand, { do: 'hear' }>, state: Call): DeskEvent[] {
  const known = new Set(state.facts.map(keyOf));
  const fresh = [...new Map(facts.map((fact) => [keyOf(fact), fact])).entries()]
    .filter(([key]) => !known.has(key))
    .map(([, fact]) => fact);
  if (fresh.length === 0) return [];
  const after = { ...state, facts: [...state.facts, ...fresh] };
  return learn(state, callId, after, hours, { type: 'QueueLinesHeard', data: { callId, facts: fresh } });
}

function close({ callId, ending, hours }: Extract<CallCommand, { do: 'close' }>, state: Call): DeskEvent[] {
  const { account } = state;
  if (account === undefined) throw new Refusal('not-found', 'not-found', 'There is no such call.');
  if (account.answer === undefined) {
    throw new Refusal('call-not-answered', 'conflict', 'Nobody answered this call, so there is nothing to close.');
  }
  const { callId: _, callRevision: __, struck: ___, ...known } = account;
  // a second closing corrects the first, field by field
  const told = { ...(state.told ?? known), ending: { ...state.told?.ending, ...ending } };
  return learn(state, callId, { ...state, told }, hours, { type: 'CallTold', data: { callId, ...told } });
}

function strike({ callId, cause, sameAs }: Extract<CallCommand, { do: 'strike' }>, { account }: Call): DeskEvent[] {
  if (account === undefined) throw new Refusal('not-found', 'not-found', 'There is no such call.');
  if (account.struck) return [];
  const data = { callId, callRevision: account.callRevision + 1, cause, ...(sameAs !== undefined && { sameAs }) };
  return [{ type: 'CallStruck', data }];
}

/** What was learnt, and what follows from it for the account. */
function learn(before: Call, callId: string, after: Call, hours: HoursAt, learnt: DeskEvent): DeskEvent[] {
  const details = detailsOf(after.told, storyOf(after.facts), hours);
  if (details === undefined) return [learnt];
  const events: CallEvent[] = eventsBetween(callId, before.account, details);
  return events.length === 0 && learnt.type === 'CallTold' ? [] : [learnt, ...events];
}
