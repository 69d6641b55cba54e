import { isDeepStrictEqual } from 'node:util';
import { READINESS_ITEMS, type TermPlanned, type TermReadinessChecked } from '#contracts/reservations/term.events.js';
import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import type { Decider } from '#kernel/decider.js';
import { Refusal } from '#kernel/refusal.js';

export type TermPlan = TermPlanned['data'];
export type ReadinessItem = TermReadinessChecked['data']['item'];

/** Who found an item ready or not, and when. */
export type ReadinessCheck = Pick<TermReadinessChecked['data'], 'ready' | 'checkedBy' | 'checkedAt' | 'reference'>;

/** One term (期): what may be booked in it, and from when to when. */
export interface Term {
  readonly plan?: TermPlan;
  /** `open` between `TermOpened` and `TermClosed`; a closed one may be opened again by the supervisor. */
  readonly state: 'planned' | 'open' | 'closed' | 'erased';
  /** 開設準備: what was looked at, by item. */
  readonly readiness: Readonly<Partial<Record<ReadinessItem, ReadinessCheck>>>;
}

export type TermCommand =
  | { readonly do: 'plan'; readonly plan: TermPlan }
  | { readonly do: 'revise'; readonly plan: TermPlan }
  | ({ readonly do: 'check'; readonly termId: string; readonly items: readonly ReadinessItem[] } & ReadinessCheck)
  | { readonly do: 'open'; readonly termId: string }
  | { readonly do: 'close'; readonly termId: string }
  | { readonly do: 'erase'; readonly termId: string; readonly instructionNumber: string };

export const term: Decider<Term, TermCommand, ReservationsEvent> = {
  initialState: { state: 'planned', readiness: {} },
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
        return { ...state, plan: event.data };
      case 'TermRevised':
        return { ...state, plan: event.data, readiness: stillReady(state, event.data) };
      case 'TermReadinessChecked': {
        const { termId: _, item, ...check } = event.data;
        return { ...state, readiness: { ...state.readiness, [item]: check } };
      }
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

function decidePlanned(command: Exclude<TermCommand, { do: 'plan' }>, term: Term): ReservationsEvent[] {
  const { plan, state, readiness } = term;
  switch (command.do) {
    case 'check':
      return checked(command, term);
    case 'revise':
      return isDeepStrictEqual(plan, command.plan) ? [] : [{ type: 'TermRevised', data: command.plan }];
    case 'open': {
      if (state === 'open') return [];
      const missing = READINESS_ITEMS.filter((item) => !readiness[item]?.ready);
      if (missing.length > 0) {
        throw new Refusal('term-not-ready', 'conflict', 'Have every item of the readiness list checked first.', {
          missing,
        });
      }
      return [{ type: 'TermOpened', data: { termId: command.termId } }];
    }
    case 'close':
      return state === 'open' ? [{ type: 'TermClosed', data: { termId: command.termId } }] : [];
    case 'erase': {
      // Also of an open term: its keys are gone already, whatever a restored dump says of it
      const { termId, instructionNumber } = command;
      return [{ type: 'TermErased', data: { termId, instructionNumber } }];
    }
  }
}

/** An item that is found as it was found before, under the same paper, is not written again. */
function checked(
  { termId, items, ready, checkedBy, checkedAt, reference }: Extract<TermCommand, { do: 'check' }>,
  { readiness }: Term,
): ReservationsEvent[] {
  const check = { ready, checkedBy, checkedAt, ...(reference !== undefined && { reference }) };
  return items
    .filter((item) => readiness[item]?.ready !== ready || readiness[item]?.reference !== reference)
    .map((item) => ({ type: 'TermReadinessChecked', data: { termId, item, ...check } }));
}

/** The calendar was ready for other days: whoever changes the reception has it looked at again. */
function stillReady({ plan, readiness }: Term, after: TermPlan): Term['readiness'] {
  if (isDeepStrictEqual(plan?.reception, after.reception)) return readiness;
  const { calendar: _, ...rest } = readiness;
  return rest;
}
