import { describe, test } from '@jest/globals';
import { READINESS_ITEMS } from '#contracts/reservations/term.events.js';
import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import { specOf } from '#kernel/spec.js';
import { term, type ReadinessItem, type TermPlan } from './term.decider.js';

const { given } = specOf(term);
const termId = '00000001-0000-4000-8000-000000000001';
const plan: TermPlan = {
  ...{ termId, fiscalYear: 2025, termNo: 1, title: '第一期' },
  reception: { from: '2025-07-11', to: '2025-07-25', opensAt: '09:00', closesAt: '16:00', exceptions: [] },
  bookableClasses: { from: '2025-08-01' },
  dispatchWindow: { from: '2025-07-11', to: '2025-07-31' },
};
const check = { ready: true, checkedBy: '00000021-0000-4000-8000-000000000021', checkedAt: '2025-07-10T02:00:00.000Z' };
const planned: ReservationsEvent = { type: 'TermPlanned', data: plan };
const ticked = (...items: ReadinessItem[]): ReservationsEvent[] =>
  items.map((item) => ({ type: 'TermReadinessChecked', data: { termId, item, ...check } }));
const opened: ReservationsEvent = { type: 'TermOpened', data: { termId } };
const open = { do: 'open', termId } as const;

describe('a term', () => {
  test('is not opened before everything is ready, and says what is missing', () => {
    given(planned)
      .when(open)
      .thenRefuses('term-not-ready', { missing: [...READINESS_ITEMS] });
    given(planned, ...ticked('recordingFormat', 'faq', 'training', 'calendar'))
      .when(open)
      .thenRefuses('term-not-ready', { missing: ['templates'] });
  });

  test('is opened when somebody has looked at every item', () => {
    given(planned, ...ticked(...READINESS_ITEMS))
      .when(open)
      .then(opened);
  });

  test('is not ready any more when an item was found not to be', () => {
    const undone: ReservationsEvent = { type: 'TermReadinessChecked', data: { termId, item: 'faq', ...check, ready: false } }; // prettier-ignore
    given(planned, ...ticked(...READINESS_ITEMS), undone)
      .when(open)
      .thenRefuses('term-not-ready', { missing: ['faq'] });
  });

  test('with other days of reception has its calendar looked at again, and nothing else', () => {
    const later = { ...plan, reception: { ...plan.reception, to: '2025-07-28' } };
    const revised: ReservationsEvent = { type: 'TermRevised', data: later };
    given(planned, ...ticked(...READINESS_ITEMS), revised)
      .when(open)
      .thenRefuses('term-not-ready', { missing: ['calendar'] });
    const renamed: ReservationsEvent = { type: 'TermRevised', data: { ...plan, title: '第1期' } };
    given(planned, ...ticked(...READINESS_ITEMS), renamed)
      .when(open)
      .then(opened);
  });

  test('that is open stays open, and is opened again without a word', () => {
    given(planned, ...ticked(...READINESS_ITEMS), opened)
      .when(open)
      .thenNothing();
  });

  test('keeps who looked first; the same finding is not written twice', () => {
    const again = { ...check, checkedAt: '2025-07-10T03:00:00.000Z' };
    given(planned, ...ticked('faq'))
      .when({ do: 'check', termId, items: ['faq', 'training'], ...again })
      .then({ type: 'TermReadinessChecked', data: { termId, item: 'training', ...again } });
  });

  test('that nobody planned has no readiness', () => {
    given()
      .when({ do: 'check', termId, items: ['faq'], ...check })
      .thenRefuses('not-found');
  });
});
