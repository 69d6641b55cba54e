import { describe, expect, test } from '@jest/globals';
import { Refusal } from '#kernel/refusal.js';
import { forecastOf, type OpenTerm, type PastDay } from './forecast.policy.js';
import { fewestSeats, seatNeeds, USUAL_TARGET } from './seat-plan.policy.js';
import { alarmsOf, checkShiftPlan, type Duty, type ShiftPlan } from './shift.policy.js';

const term: OpenTerm = {
  termNo: 1,
  openDays: ['2025-07-11', '2025-07-14', '2025-07-15', '2025-07-16'],
  hours: [9, 10, 11, 12, 13, 14, 15],
};
const seats = (calls: number, aht = 300) => {
  const needs = seatNeeds({ ...forecastOf('2025-07-11', term, [])!, calls }, { ...USUAL_TARGET, aht });
  return needs.map((need) => need.seats);
};

describe('how many seats a day needs', () => {
  test('450 calls on day one: 15 seats in both halves of nine o’clock (§5.3)', () => {
    expect(seats(450)).toEqual([15, 15, 11, 11, 8, 8, 6, 6, 6, 6, 6, 6, 6, 6]);
  });

  test('a minute less of each call, 13; a minute more, 18', () => {
    expect(seats(450, 240)[0]).toBe(13);
    expect(seats(450, 360)[0]).toBe(18);
  });

  test('five seats cannot take 450 calls even if they came evenly: it takes six', () => {
    expect(fewestSeats(450, 7, 300)).toBe(6);
    expect(5 * 7 * 12).toBeLessThan(450);
  });
});

describe('what to expect of a day', () => {
  test('before anything was measured comes from the specification, and says so', () => {
    const first = forecastOf('2025-07-11', term, [])!;
    expect(first.calls).toBeCloseTo(450);
    expect(first.termTotal).toMatchObject({ value: 640, from: 'specification' });
    expect(first.hourlySplit.from).toBe('assumed');
    const second = forecastOf('2025-07-14', term, [])!;
    expect(second.calls).toBeCloseTo((640 - 450) / 3);
  });

  test('once day one is over, follows what came', () => {
    const past: PastDay[] = [{ date: '2025-07-11', offered: 225, byHour: new Map([[9, 150], [10, 75]]) }]; // prettier-ignore
    const second = forecastOf('2025-07-14', term, past)!;
    expect(second.termTotal).toMatchObject({ value: 320, from: 'history' });
    expect(second.hourlySplit).toMatchObject({ from: 'history' });
    expect(second.hourlySplit.value.get(9)).toBeCloseTo(2 / 3);
  });

  test('never looks ahead: the forecast of a day does not know the day', () => {
    const past: PastDay[] = [{ date: '2025-07-11', offered: 225, byHour: new Map() }];
    const known = [...past, { date: '2025-07-14', offered: 400, byHour: new Map() }];
    expect(forecastOf('2025-07-14', term, known)).toEqual(forecastOf('2025-07-14', term, past));
  });

  test('never plans for more than 450 a day, and knows no day on which the telephones are closed', () => {
    expect(forecastOf('2025-07-11', term, [], { termTotal: 5_000 })!.calls).toBe(450);
    expect(forecastOf('2025-07-12', term, [])).toBeUndefined();
  });
});

describe('a shift plan', () => {
  const slots = ['09:00', '09:30', '10:00'];
  const duty = (role: Duty['role'], from = '09:00', to = '16:00', more: Partial<Duty> = {}): Duty => ({
    ...{ accountId: role, role, from, to },
    ...more,
  });
  const plan = (duties: Duty[], more: Partial<ShiftPlan> = {}): ShiftPlan => ({ date: '2025-07-11', duties, ...more });
  const refused = (one: ShiftPlan) => {
    try {
      checkShiftPlan(one, slots);
      return undefined;
    } catch (thrown) {
      return thrown as Refusal;
    }
  };

  test('without a supervisor in some half hour is refused, naming it (R027)', () => {
    expect(refused(plan([duty('operator')]))).toMatchObject({ slug: 'no-supervisor', details: { slots } });
    const late = plan([duty('operator'), duty('supervisor', '09:30')]);
    expect(refused(late)).toMatchObject({ slug: 'no-supervisor', details: { slots: ['09:00'] } });
    expect(refused(plan([duty('operator'), duty('supervisor')]))).toBeUndefined();
  });

  test('with a supervisor alone needs the agreement with the city', () => {
    expect(refused(plan([duty('supervisor')]))).toMatchObject({ slug: 'no-operator' });
    const both = [duty('supervisor', '09:00', '16:00', { alsoOperator: true })];
    expect(refused(plan(both))).toMatchObject({ slug: 'agreement-missing' });
    expect(refused(plan(both, { combinedRoleAgreement: '協-7' }))).toBeUndefined();
    expect(refused(plan([duty('operator', '10:00', '09:00')]))).toMatchObject({ slug: 'invalid-duty' });
  });

  test('tells in which half hours fewer sit than are needed (R030)', () => {
    const needs = seatNeeds({ ...forecastOf('2025-07-11', term, [])!, calls: 27 }, USUAL_TARGET);
    const one = plan([duty('supervisor'), duty('operator')]);
    expect(alarmsOf(one, needs).map(({ slot }) => slot)).toEqual(['09:00', '09:30', '10:00', '10:30', '11:00', '11:30', '13:00', '13:30', '14:00', '14:30']); // prettier-ignore
    const two = plan([duty('supervisor'), duty('operator'), duty('operator')]);
    expect(alarmsOf(two, needs)).toEqual([]);
  });
});
