import { isDeepStrictEqual } from 'node:util';
import type { TermPlanned } from '#contracts/reservations/term.events.js';
import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import type { Decider } from '#kernel/decider.js';
import { Refusal } from '#kernel/refusal.js';

export type TermPlan = TermPlanned['data'];

/** One term (期): what may be booked in it, and from when to when. */
export interface Term {
  readonly plan?: TermPlan;
  /** `open` between `TermOpened` and `TermClosed`; a closed one may be opened again by the supervisor. */
  readonly state: 'planned' | 'open' | 'closed' | 'erased';
}

export type TermCommand =
  | { readonly do: 'plan'; readonly plan: TermPlan }
  | { readonly do: 'revise'; readonly plan: TermPlan }
  | { readonly do: 'open'; readonly termId: string }
  | { readonly do: 'close'; readonly termId: string }
  | { readonly do: 'erase'; readonly termId: string; readonly instructionNumber: string };

export const term: Decider<Term, TermCommand, ReservationsEvent> = {
  initialState: { state: 'planned' },
  decide: (command, state) => {
    if (command.do === 'plan') {
      if (state.plan !== undefined) throw new Refusal('term-exists', 'conflict', 'This term has already been planned.');
      return [{ type: 'TermPlanned', data: command.plan }];
    }
    if (state.plan === undefined) throw new Refusal('not-found', 'not-found', 'There is no such term.');
    if (state.state === 'erased') throw new Refusal('term-erased', 'gone', 'The data of this term has been erased.');
    return decidePlanned(command, state);
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'TermPlanned':
      case 'TermRevised':
        return { ...state, plan: event.data };
      case 'TermOpened':
        return { ...state, state: 'open' };
      case 'TermClosed':
        return { ...state, state: 'closed' };
      case 'TermErased':
        return { ...state, state: 'erased' };
      default:
        return state;
    }
  },
};

function decidePlanned(command: Exclude<TermCommand, { do: 'plan' }>, { plan, state }: Term): ReservationsEvent[] {
  switch (command.do) {
    case 'revise':
      return isDeepStrictEqual(plan, command.plan) ? [] : [{ type: 'TermRevised', data: command.plan }];
    case 'open':
      return state === 'open' ? [] : [{ type: 'TermOpened', data: { termId: command.termId } }];
    case 'close':
      return state === 'open' ? [{ type: 'TermClosed', data: { termId: command.termId } }] : [];
    case 'erase': {
      if (state === 'open') throw new Refusal('term-open', 'conflict', 'Close the term before its data is erased.');
      const { termId, instructionNumber } = command;
      return [{ type: 'TermErased', data: { termId, instructionNumber } }];
    }
  }
}
