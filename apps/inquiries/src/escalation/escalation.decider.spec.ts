import { describe, test } from '@jest/globals';
import { instantOf } from '#calendar/civil-time.js';
import { specOf } from '#kernel/spec.js';
import type { DeskEvent } from '../desk/desk-events.js';
import { escalation } from './escalation.decider.js';
import type { Acting, EscalationCommand } from './escalation.js';

const { given } = specOf(escalation);
const id = (n: number) => `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`;
const [escalationId, operator, manager, city] = [id(46), id(31), id(33), id(34)];
const hours = { opensAt: '09:00', closesAt: '16:00' };
const utc = (date: string, time: string) => new Date(instantOf(date, time)).toISOString();
const acting = (by: string, time = '10:00', date = '2025-07-18'): Acting => ({
  ...{ escalationId, by, now: instantOf(date, time), hours },
});

const opening = { sheetNumber: 1, termId: id(1), category: 'venue', callbackWanted: true };
const open: EscalationCommand = { ...acting(operator), do: 'open', opening };
const opened = (more: object = {}): DeskEvent => ({
  type: 'EscalationOpened',
  data: { escalationId, ...opening, openedBy: operator, dueAt: utc('2025-07-18', '11:00'), ...more },
});
const confirmed: DeskEvent = {
  type: 'EscalationConfirmed',
  data: { escalationId, confirmedBy: manager, dueAt: utc('2025-07-18', '11:00') },
};
const sent = (dueAt = utc('2025-07-22', '10:00')): DeskEvent => ({
  type: 'EscalationSentToCity',
  data: { escalationId, sentBy: manager, means: 'inbox', dueAt },
});
const answered = (answeredBy: 'city' | 'manager', enteredBy: string): DeskEvent => ({
  type: 'EscalationAnswered',
  data: { escalationId, answeredBy, enteredBy, means: 'inbox', dueAt: utc('2025-07-18', '11:00') },
});
const called = (attempt: number, result: 'absent' | 'told' | 'toldFamily'): DeskEvent => ({
  type: 'EscalationCalledBack',
  data: { escalationId, attempt, result, calledBy: operator },
});
const ended = (result: 'told' | 'answered' | 'unreachable' | 'withdrawn'): DeskEvent => ({
  type: 'EscalationClosed',
  data: { escalationId, result, closedBy: operator },
});
const past = [opened(), confirmed, sent(), answered('city', city)];
const close = (result: 'told' | 'answered' | 'unreachable' | 'withdrawn'): EscalationCommand => ({
  ...acting(operator),
  ...{ do: 'close', result },
});

describe('an escalation goes its way (R037)', () => {
  test('起票 → 責任者確認 → 委託者照会中 → 指示受領 → 折り返し → 完了', () => {
    given().when(open).then(opened());
    given(opened())
      .when({ ...acting(manager), do: 'confirm' })
      .then(confirmed);
    given(opened(), confirmed)
      .when({ ...acting(manager), do: 'sendToCity', means: 'inbox' })
      .then(sent());
    given(opened(), confirmed, sent())
      .when({ ...acting(city), do: 'answer', answeredBy: 'city', means: 'inbox' })
      .then(answered('city', city));
    given(...past)
      .when({ ...acting(operator), do: 'callBack', result: 'told' })
      .then(called(1, 'told'), ended('told'));
  });

  test('the 責任者 may know without the city; the city answers only what it was asked', () => {
    given(opened(), confirmed)
      .when({ ...acting(manager), do: 'answer', answeredBy: 'manager', means: 'inbox' })
      .then(answered('manager', manager));
    given(opened(), confirmed)
      .when({ ...acting(city), do: 'answer', answeredBy: 'city', means: 'inbox' })
      .thenRefuses('escalation-step', { state: 'confirmed', possibleFrom: ['withCity'] });
  });

  test('no step is left out, and none taken twice', () => {
    given(opened())
      .when({ ...acting(manager), do: 'sendToCity', means: 'inbox' })
      .thenRefuses('escalation-step');
    given(opened(), confirmed)
      .when({ ...acting(manager), do: 'confirm' })
      .thenRefuses('escalation-step');
    given()
      .when({ ...acting(manager), do: 'confirm' })
      .thenRefuses('not-found');
    given(...past, ended('withdrawn'))
      .when({ ...acting(operator), do: 'callBack', result: 'told' })
      .thenRefuses('escalation-step');
  });

  test('its clock stands still outside the hours, and runs faster when it is urgent', () => {
    given(opened(), confirmed)
      .when({ ...acting(manager, '15:30'), do: 'sendToCity', means: 'inbox' })
      .then(sent(utc('2025-07-22', '15:30')));
    const urgent = { ...opening, urgent: true } as const;
    given()
      .when({ ...acting(operator, '15:55'), do: 'open', opening: urgent })
      .then(opened({ urgent: true, dueAt: utc('2025-07-22', '09:05') }));
  });
});

describe('calling back', () => {
  test('is tried until somebody is told; three times before it may be given up', () => {
    const tries = [called(1, 'absent'), called(2, 'absent')];
    given(...past, ...tries)
      .when(close('unreachable'))
      .thenRefuses('cannot-close');
    given(...past, ...tries, called(3, 'absent'))
      .when(close('unreachable'))
      .then(ended('unreachable'));
  });

  test('a message with the family may end it, an absent caller may not', () => {
    given(...past, called(1, 'toldFamily'))
      .when(close('told'))
      .then(ended('told'));
    given(...past, called(1, 'absent'))
      .when(close('told'))
      .thenRefuses('cannot-close');
  });

  test('where nobody waits there is nobody to call, and the answer is enough', () => {
    const alone = [opened({ callbackWanted: false }), confirmed, sent(), answered('city', city)];
    given(...alone)
      .when({ ...acting(operator), do: 'callBack', result: 'told' })
      .thenRefuses('no-callback-wanted');
    given(...alone)
      .when(close('answered'))
      .then(ended('answered'));
    given(...past)
      .when(close('answered'))
      .thenRefuses('cannot-close');
  });

  test('whoever no longer asks may be let go at any time', () => {
    given(opened()).when(close('withdrawn')).then(ended('withdrawn'));
    given(opened(), ended('withdrawn')).when(close('withdrawn')).thenRefuses('escalation-step');
  });
});
