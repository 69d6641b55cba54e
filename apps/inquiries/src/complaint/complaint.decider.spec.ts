import { describe, test } from '@jest/globals';
import { endOfNextBusinessDay } from '#calendar/business-hours.js';
import { instantOf } from '#calendar/civil-time.js';
import { specOf } from '#kernel/spec.js';
import type { DeskEvent } from '../desk/desk-events.js';
import { complaint } from './complaint.decider.js';
import type { ComplaintCommand } from './complaint.js';

const { given } = specOf(complaint);
const id = (n: number) => `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`;
const [complaintId, operator, manager] = [id(47), id(31), id(33)];
const utc = (date: string, time: string) => new Date(instantOf(date, time)).toISOString();
const at = (date: string, time: string, by = manager) => ({ complaintId, by, now: instantOf(date, time) });

const receivedAt = utc('2025-07-18', '15:50');
const reportBy = new Date(
  endOfNextBusinessDay(Date.parse(receivedAt), { opensAt: '09:00', closesAt: '16:00' }),
).toISOString();
const details = { ...{ complaintNumber: 3, termId: id(1), category: 'notice' }, channel: 'telephone' as const };
const raised: DeskEvent = {
  type: 'ComplaintRaised',
  data: { complaintId, ...details, receivedAt, reportBy, raisedBy: operator },
};
const urgent: DeskEvent = {
  type: 'ComplaintMarkedUrgent',
  data: { complaintId, markedBy: manager, markedAt: utc('2025-07-18', '15:52'), tellBy: utc('2025-07-18', '16:02') },
};
const told = (time: string, reached: boolean, minutesToReach?: number): DeskEvent => ({
  type: 'ComplaintToldToCity',
  data: {
    ...{ complaintId, toldBy: manager, toldAt: utc('2025-07-18', time), means: 'telephone', reached },
    checklist: ['whatHappened'],
    ...(minutesToReach !== undefined && { minutesToReach }),
  },
});
const tell = (time: string, reached: boolean, now = '16:10'): ComplaintCommand => ({
  ...{ ...at('2025-07-18', now), do: 'tellCity', toldAt: utc('2025-07-18', time) },
  ...{ means: 'telephone', reached, checklist: ['whatHappened'] },
});
const reported = (date: string, time: string, onTime: boolean): DeskEvent => ({
  type: 'ComplaintReported',
  data: { complaintId, reportedBy: manager, reportedAt: utc(date, time), reportDate: date, onTime },
});
const close: ComplaintCommand = { ...at('2025-07-22', '15:00'), do: 'close', result: 'resolved' };
const closed: DeskEvent = { type: 'ComplaintClosed', data: { complaintId, closedBy: manager, result: 'resolved' } };

describe('a complaint of Friday 7/18 15:50 (R043)', () => {
  test('is due on Tuesday 7/22 at 16:00: Monday is 海の日', () => {
    given()
      .when({
        ...at('2025-07-18', '15:50', operator),
        do: 'raise',
        complaint: { ...details, receivedAt, reportBy },
        urgent: false,
      }) // prettier-ignore
      .then({ ...raised, data: { ...(raised.data as object), reportBy: utc('2025-07-22', '16:00') } } as DeskEvent);
  });

  test.each([
    ['2025-07-22', '16:00', true],
    ['2025-07-22', '16:01', false],
  ])('reported on %s at %s is on time: %s', (date, time, onTime) => {
    given(raised)
      .when({ ...at(date, time), do: 'report' })
      .then(reported(date, time, onTime));
  });

  test('stands in one report, and is closed only after it', () => {
    const report = reported('2025-07-22', '09:30', true);
    given(raised, report)
      .when({ ...at('2025-07-22', '10:00'), do: 'report' })
      .thenRefuses('already-reported');
    given(raised)
      .when(close)
      .thenRefuses('complaint-not-reported', { reportBy: utc('2025-07-22', '16:00') });
    given(raised, report).when(close).then(closed);
    given(raised, report, closed)
      .when({ ...at('2025-07-22', '15:30'), do: 'note', part: 'prevention' })
      .thenRefuses('complaint-closed');
  });
});

describe('when the city has to act at once (R044)', () => {
  test('the minutes from the flag to the telephone are counted, of the first call that reached somebody', () => {
    given(raised)
      .when({ ...at('2025-07-18', '15:52'), do: 'markUrgent' })
      .then(urgent);
    given(raised, urgent).when(tell('15:55', false)).then(told('15:55', false));
    given(raised, urgent, told('15:55', false))
      .when(tell('16:00', true))
      .then(told('16:00', true, 8));
    given(raised, urgent, told('16:00', true, 8))
      .when(tell('16:09', true))
      .then(told('16:09', true));
  });

  test('it is marked once, and told only of what is marked', () => {
    given(raised, urgent)
      .when({ ...at('2025-07-18', '16:00'), do: 'markUrgent' })
      .thenNothing();
    given(raised).when(tell('16:00', true)).thenRefuses('not-urgent');
  });

  test('nobody was told before the complaint came in, or tomorrow', () => {
    given(raised, urgent).when(tell('15:49', true)).thenRefuses('told-at-impossible');
    given(raised, urgent)
      .when(tell('16:30', true, '16:10'))
      .thenRefuses('told-at-impossible');
  });

  test('it is not closed before somebody of the city knows', () => {
    const report = reported('2025-07-22', '09:30', true);
    given(raised, urgent, told('15:55', false), report).when(close).thenRefuses('city-not-told');
    given(raised, urgent, told('16:00', true, 8), report)
      .when(close)
      .then(closed);
  });

  test('raised as urgent it is marked in the same breath', () => {
    given()
      .when({ ...at('2025-07-18', '15:52'), do: 'raise', complaint: { ...details, receivedAt, reportBy }, urgent: true }) // prettier-ignore
      .then({ type: 'ComplaintRaised', data: { ...(raised.data as never as object), raisedBy: manager } } as DeskEvent, urgent); // prettier-ignore
  });
});
