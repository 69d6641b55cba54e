import type { Decider } from '#kernel/decider.js';
import { Refusal } from '#kernel/refusal.js';
import type { DeskEvent } from '../desk/desk-events.js';
import { CLOSINGS, type Callback, type CallbackCommand, type CallbackResult, type ClosingResult } from './callback.js';

type Of<Do extends CallbackCommand['do']> = Extract<CallbackCommand, { readonly do: Do }>;

/** Somebody who has to be called, until nobody need call any more. */
export const callback: Decider<Callback, CallbackCommand, DeskEvent> = {
  initialState: { state: 'none', attempts: [] },
  decide: (command, state) => {
    const { callbackId } = command;
    switch (command.do) {
      case 'request':
        // what it came from may be heard again after a rebuild of this service
        return state.state === 'none' ? [{ type: 'CallbackRequested', data: { callbackId, ...command.request } }] : [];
      case 'attempt':
        return attempt(command, mustBeOpen(state));
      case 'hear':
        return hear(command, state);
      case 'close':
        return close(command, mustBeOpen(state));
      case 'withdraw':
        return state.state === 'open' ? [closed(callbackId, 'withdrawn')] : [];
      case 'lapse':
        return lapse(command, state);
    }
  },
  evolve: (state, event) => {
    if (event.type === 'CallbackRequested') return { state: 'open', requested: event.data, attempts: [] };
    if (event.type === 'CallbackAttempted') return { ...state, attempts: [...state.attempts, event.data.result] };
    if (event.type === 'CallbackClosed') return { ...state, state: 'closed', result: event.data.result };
    return state;
  },
};

/** Who was told is not called again; of a wish it is not yet known what came of it. */
function attempt({ callbackId, result, by }: Of<'attempt'>, state: Callback): DeskEvent[] {
  const { cause, contactListId } = state.requested!;
  if (cause === 'contactList') {
    throw new Refusal('worked-elsewhere', 'conflict', 'Record the attempt on the contact list.', { contactListId });
  }
  const called = attempted(callbackId, state, result, by);
  return result === 'told' && cause !== 'vacancyWish' ? [called, closed(callbackId, 'told', by)] : [called];
}

/** Attempts of a contact list are decided there, and only repeated here. */
function hear({ callbackId, result }: Of<'hear'>, state: Callback): DeskEvent[] {
  if (state.state !== 'open') return [];
  if (result === 'express') return [closed(callbackId, 'express')];
  const called = attempted(callbackId, state, result);
  return result === 'told' ? [called, closed(callbackId, 'told')] : [called];
}

function close({ callbackId, result, by }: Of<'close'>, { requested }: Callback): DeskEvent[] {
  const possible = CLOSINGS[requested!.cause];
  if (!possible.includes(result)) {
    throw new Refusal('cannot-close', 'conflict', 'A call-back of this cause does not end like that.', { possible });
  }
  return [closed(callbackId, result, by)];
}

/** Who could not be reached with a returned notice is told at the venue; whatever else ends with the class lapses. (§8.6) */
function lapse({ callbackId, now, from }: Of<'lapse'>, { state, requested }: Callback): DeskEvent[] {
  if (state !== 'open' || requested!.cause === 'promised' || now < from) return [];
  return [closed(callbackId, requested!.cause === 'returnedMail' ? 'atVenue' : 'lapsed')];
}

function attempted(callbackId: string, { attempts }: Callback, result: CallbackResult, by?: string): DeskEvent {
  const attempt = attempts.length + 1;
  if (attempt > 99) throw new Refusal('too-many-attempts', 'conflict', 'Close the call-back instead.');
  return {
    type: 'CallbackAttempted',
    data: { callbackId, attempt, result, ...(by !== undefined && { calledBy: by }) },
  };
}

function closed(callbackId: string, result: ClosingResult, by?: string): DeskEvent {
  return { type: 'CallbackClosed', data: { callbackId, result, ...(by !== undefined && { closedBy: by }) } };
}

function mustBeOpen(state: Callback): Callback {
  if (state.state === 'none') throw new Refusal('not-found', 'not-found', 'There is no such call-back.');
  if (state.state === 'open') return state;
  throw new Refusal('callback-closed', 'conflict', 'Nobody need call any more.', { result: state.result });
}
