import { describe, test } from '@jest/globals';
import { specOf } from '#kernel/spec.js';
import type { DeskEvent } from '../desk/desk-events.js';
import { callback } from './callback.decider.js';
import type { CallbackCause, CallbackResult, ClosingResult } from './callback.js';

const { given } = specOf(callback);
const callbackId = '00000048-0000-4000-8000-000000000048';
const operator = '00000031-0000-4000-8000-000000000031';
const lapsesAt = '2025-08-01T01:00:00.000Z';
const requested = (cause: CallbackCause): DeskEvent => ({
  type: 'CallbackRequested',
  data: { callbackId, cause, lapsesAt, ...(cause === 'contactList' && { contactListId: operator }) },
});
const attempted = (attempt: number, result: CallbackResult, by?: string): DeskEvent => ({
  type: 'CallbackAttempted',
  data: { callbackId, attempt, result, ...(by !== undefined && { calledBy: by }) },
});
const closed = (result: ClosingResult, by?: string): DeskEvent => ({
  type: 'CallbackClosed',
  data: { callbackId, result, ...(by !== undefined && { closedBy: by }) },
});
const attempt = (result: CallbackResult) => ({ do: 'attempt', callbackId, result, by: operator }) as const;
const close = (result: ClosingResult) => ({ do: 'close', callbackId, result, by: operator }) as const;
const lapse = (instant: string) =>
  ({ do: 'lapse', callbackId, now: Date.parse(instant), from: Date.parse(lapsesAt) }) as const;

describe('a call-back', () => {
  test('is asked for once, however often its cause is heard', () => {
    const request = { cause: 'returnedMail', lapsesAt } as const;
    given().when({ do: 'request', callbackId, request }).then(requested('returnedMail'));
    given(requested('returnedMail')).when({ do: 'request', callbackId, request }).thenNothing();
    given(requested('returnedMail'), closed('told')).when({ do: 'request', callbackId, request }).thenNothing();
  });

  test('for a returned notice is tried until the person is told (§8.6)', () => {
    given(requested('returnedMail'))
      .when(attempt('absent'))
      .then(attempted(1, 'absent', operator));
    given(requested('returnedMail'), attempted(1, 'absent', operator))
      .when(attempt('told'))
      .then(attempted(2, 'told', operator), closed('told', operator));
    given(requested('returnedMail'), closed('told')).when(attempt('told')).thenRefuses('callback-closed');
  });

  test('for a returned notice ends at the venue when nobody was reached in time', () => {
    given(requested('returnedMail')).when(lapse('2025-08-01T00:59:59.999Z')).thenNothing();
    given(requested('returnedMail')).when(lapse(lapsesAt)).then(closed('atVenue'));
    given(requested('returnedMail'), closed('told')).when(lapse(lapsesAt)).thenNothing();
  });

  test('of a wish is not over when the person was told: it is booked or no longer wanted (§8.15)', () => {
    given(requested('vacancyWish'))
      .when(attempt('told'))
      .then(attempted(1, 'told', operator));
    given(requested('vacancyWish')).when(close('booked')).then(closed('booked', operator));
    given(requested('vacancyWish')).when(lapse(lapsesAt)).then(closed('lapsed'));
    given(requested('promised')).when(lapse(lapsesAt)).thenNothing();
    given(requested('promised'))
      .when(close('booked'))
      .thenRefuses('cannot-close', { possible: ['withdrawn'] });
  });

  test('of a contact list is worked there; what was done there ends it here (§8.14)', () => {
    given(requested('contactList')).when(attempt('told')).thenRefuses('worked-elsewhere', { contactListId: operator });
    given(requested('contactList')).when({ do: 'hear', callbackId, result: 'absent' }).then(attempted(1, 'absent'));
    given(requested('contactList'))
      .when({ do: 'hear', callbackId, result: 'told' })
      .then(attempted(1, 'told'), closed('told'));
    given(requested('contactList')).when({ do: 'hear', callbackId, result: 'express' }).then(closed('express'));
    given(requested('contactList'), closed('express')).when({ do: 'hear', callbackId, result: 'told' }).thenNothing();
  });

  test('is withdrawn when the matter is over, and only then once', () => {
    given(requested('returnedMail')).when({ do: 'withdraw', callbackId }).then(closed('withdrawn'));
    given(requested('returnedMail'), closed('told')).when({ do: 'withdraw', callbackId }).thenNothing();
    given().when(attempt('told')).thenRefuses('not-found');
  });
});
