import type { Decider } from '#kernel/decider.js';
import { Refusal } from '#kernel/refusal.js';
import type { DeskEvent } from '../desk/desk-events.js';
import { stepDue, type EscalationStep } from './escalation-clock.policy.js';
import { ATTEMPTS_BEFORE_UNREACHABLE, type Escalation, type EscalationCommand } from './escalation.js';

type Of<Do extends EscalationCommand['do']> = Extract<EscalationCommand, { readonly do: Do }>;

/** A question the desk cannot answer by itself, until the caller knows. (R037) */
export const escalation: Decider<Escalation, EscalationCommand, DeskEvent> = {
  initialState: { state: 'none', attempts: [] },
  decide: (command, state) => {
    const { escalationId, by } = command;
    switch (command.do) {
      case 'open': {
        const dueAt = due('confirm', command, command.opening.urgent);
        return [{ type: 'EscalationOpened', data: { escalationId, ...command.opening, openedBy: by, dueAt } }];
      }
      case 'confirm':
        mustBe(state, 'opened');
        return [{ type: 'EscalationConfirmed', data: { escalationId, confirmedBy: by, dueAt: due('ask', command, isUrgent(state)) } }]; // prettier-ignore
      case 'sendToCity': {
        mustBe(state, 'confirmed', 'withCity');
        const dueAt = due('instruct', command, isUrgent(state));
        return [{ type: 'EscalationSentToCity', data: { escalationId, sentBy: by, means: command.means, dueAt } }];
      }
      case 'answer':
        return answer(command, state);
      case 'callBack':
        return callBack(command, state);
      case 'close':
        return close(command, state);
    }
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'EscalationOpened':
        return { state: 'opened', opened: event.data, attempts: [], dueAt: event.data.dueAt };
      case 'EscalationConfirmed':
        return { ...state, state: 'confirmed', dueAt: event.data.dueAt };
      case 'EscalationSentToCity':
        return { ...state, state: 'withCity', dueAt: event.data.dueAt };
      case 'EscalationAnswered':
        return { ...state, state: 'answered', answeredBy: event.data.answeredBy, dueAt: event.data.dueAt };
      case 'EscalationCalledBack':
        return { ...state, attempts: [...state.attempts, event.data.result] };
      case 'EscalationClosed': {
        const { dueAt: _, ...rest } = state;
        return { ...rest, state: 'closed', result: event.data.result };
      }
      default:
        return state;
    }
  },
};

/** The 責任者 may know without the city; the city answers what it was asked. */
function answer(command: Of<'answer'>, state: Escalation): DeskEvent[] {
  const { escalationId, by, answeredBy, means } = command;
  if (answeredBy === 'city') mustBe(state, 'withCity');
  else mustBe(state, 'confirmed', 'withCity');
  const dueAt = due('callBack', command, isUrgent(state));
  return [{ type: 'EscalationAnswered', data: { escalationId, answeredBy, enteredBy: by, means, dueAt } }];
}

/** Whoever was told has nothing to wait for; a message left with the family is for the operator to judge. */
function callBack({ escalationId, by, result }: Of<'callBack'>, state: Escalation): DeskEvent[] {
  mustBe(state, 'answered');
  if (!state.opened?.callbackWanted) {
    throw new Refusal('no-callback-wanted', 'conflict', 'Nobody waits for a call: close the escalation.');
  }
  const attempt = state.attempts.length + 1;
  if (attempt > 99) throw new Refusal('too-many-attempts', 'conflict', 'Close the escalation as unreachable.');
  const called: DeskEvent = { type: 'EscalationCalledBack', data: { escalationId, attempt, result, calledBy: by } };
  if (result !== 'told') return [called];
  return [called, { type: 'EscalationClosed', data: { escalationId, result: 'told', closedBy: by } }];
}

function close({ escalationId, by, result }: Of<'close'>, state: Escalation): DeskEvent[] {
  if (result === 'withdrawn') mustBe(state, 'opened', 'confirmed', 'withCity', 'answered');
  else mustBe(state, 'answered');
  const { attempts } = state;
  const waits = state.opened?.callbackWanted ?? false;
  const fits = {
    withdrawn: true,
    answered: !waits,
    told: attempts.includes('toldFamily'),
    unreachable: waits && attempts.length >= ATTEMPTS_BEFORE_UNREACHABLE,
  }[result];
  if (!fits) {
    throw new Refusal(
      'cannot-close',
      'conflict',
      'The caller has not been told yet, or not been called often enough.',
      {
        ...{ result, callbackWanted: waits, attempts: attempts.length, attemptsNeeded: ATTEMPTS_BEFORE_UNREACHABLE },
      },
    );
  }
  return [{ type: 'EscalationClosed', data: { escalationId, result, closedBy: by } }];
}

function mustBe({ state }: Escalation, ...states: Escalation['state'][]): void {
  if (state === 'none') throw new Refusal('not-found', 'not-found', 'There is no such escalation.');
  if (states.includes(state)) return;
  throw new Refusal('escalation-step', 'conflict', 'This step does not follow from where the escalation stands.', {
    ...{ state, possibleFrom: states },
  });
}

function isUrgent({ opened }: Escalation): true | undefined {
  return opened?.urgent;
}

function due(step: EscalationStep, { now, hours }: EscalationCommand, urgent: true | undefined): string {
  return stepDue(step, urgent ?? false, now, hours);
}
