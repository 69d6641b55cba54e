import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fold } from '#kernel/decider.js';
import { seatTime } from './seat-time.decider.js';
import { seatTimeOf, type StaffLine } from './seat-time.policy.js';

const date = '2025-07-11';
const nine = Date.UTC(2025, 6, 11, 0) / 1_000;
const [amy, ben] = ['00000021-0000-4000-8000-000000000021', '00000022-0000-4000-8000-000000000022'];
const line = (minute: number, said: StaffLine['said'], member = amy, queue = 'uketsuke'): StaffLine => ({
  ...{ at: nine + minute * 60, queue, member, said },
});

describe('the time at the telephones', () => {
  test('is split by half hours, pauses told apart', () => {
    expect(seatTimeOf(date, [line(0, 'in'), line(20, 'pause'), line(40, 'resume'), line(60, 'out')])).toEqual([
      { startsAt: '09:00', minutes: 30, loggedInSeconds: 1_800, pausedSeconds: 600 },
      { startsAt: '09:30', minutes: 30, loggedInSeconds: 1_800, pausedSeconds: 600 },
    ]);
  });

  test('adds members up, and counts who sits in two queues once', () => {
    const both = [line(0, 'in'), line(0, 'in', amy, 'sv'), line(10, 'out', amy, 'sv'), line(30, 'out')];
    expect(seatTimeOf(date, [...both, line(0, 'in', ben), line(30, 'out', ben)])).toEqual([
      { startsAt: '09:00', minutes: 30, loggedInSeconds: 3_600, pausedSeconds: 0 },
    ]);
  });

  test('makes nothing up where a beginning or an end was not written down', () => {
    expect(seatTimeOf(date, [line(0, 'in')])).toEqual([]);
    expect(seatTimeOf(date, [line(30, 'out'), line(40, 'pause')])).toEqual([]);
  });

  test('is the same however its lines were mixed, repeated and cut into files', () => {
    const lines = [line(0, 'in'), line(5, 'in', ben), line(20, 'pause'), line(40, 'resume'), line(60, 'out'), line(95, 'out', ben)]; // prettier-ignore
    const whole = seatTimeOf(date, lines);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...lines, ...lines], { minLength: 12 }),
        fc.integer({ min: 1, max: 11 }),
        (mixed, cut) => {
          let state = seatTime.initialState;
          for (const part of [mixed.slice(0, cut), mixed.slice(cut), mixed]) {
            state = fold(seatTime, seatTime.decide({ do: 'hear', seatTimeId: amy, date, lines: part }, state), state);
          }
          expect(state.reported?.slots).toEqual(whole);
          expect(seatTime.decide({ do: 'hear', seatTimeId: amy, date, lines }, state)).toEqual([]);
        },
      ),
    );
  });
});
