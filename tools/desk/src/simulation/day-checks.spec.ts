import { describe, expect, test } from '@jest/globals';
import type { Applicant } from './callers.js';
import { dayChecks } from './day-checks.js';
import type { SeatEvidence as Evidence } from './evidence.js';
import { Ledger } from './ledger.js';
import type { BoardSession } from './schedule.js';

const session: BoardSession = {
  ...{ sessionId: 's', sessionCode: '3-A01', termId: 't', courseId: 'c', state: 'open' },
  ...{ capacity: 2, reserved: 1, held: 1, seatsLeft: 0 },
};
const booking = {
  ...{ reservationId: 'r', receiptNumber: '27182819', personId: 'p', sessionId: 's', revision: 1 },
  state: 'active' as const,
};

/** A day with one booking and one forgotten hold, on which all is well but for what is changed. */
function evidence(changed: Partial<Evidence> = {}, change: (ledger: Ledger) => void = () => undefined): Evidence {
  const ledger = new Ledger();
  ledger.bookings.push({ ...booking, who: '0.0', applicant: {} as Applicant, callNth: 0 });
  ledger.leftHolds.push({ sessionId: 's', seats: 1 });
  ledger.offers.made = 1;
  change(ledger);
  return {
    ledger,
    before: [{ ...session, reserved: 0, held: 0, seatsLeft: 2 }],
    board: [session],
    reservations: new Map([['r', booking]]),
    screen: new Map([['s', session]]),
    atTheEnd: new Map([['s', session]]),
    log,
    ...changed,
  };
}
const log = {
  sessions: new Map([['s', { reserved: 1, held: 1 }]]),
  places: new Map([['r', 's']]),
  ...{ overbooked: [], twice: [], offersMade: 1, events: 9 },
};
const wrongIn = (found: Evidence) => dayChecks(found).filter(({ ok }) => !ok).map(({ name }) => name); // prettier-ignore

describe('the checks of a day', () => {
  test('are all well when callers, desk and log say the same', () => {
    expect(wrongIn(evidence())).toEqual([]);
  });

  const full = { ...session, reserved: 2, held: 1 };
  test.each([
    ['more seats taken than there are', { board: [full] }, 'nobody-overbooked'],
    ['more seats taken at some event', { log: { ...log, overbooked: ['s'] } }, 'nobody-overbooked'],
    ['somebody twice in a session at some event', { log: { ...log, twice: ['s'] } }, 'nobody-twice'],
    ['a seat that no caller has', { board: [{ ...session, reserved: 2, held: 0 }] }, 'seats-as-the-callers-know'],
    ['a seat that is held by nobody', { board: [{ ...session, held: 2 }] }, 'seats-as-the-callers-know'],
    ['a booking that the desk has forgotten', { reservations: new Map() }, 'bookings-as-the-callers-know'],
    [
      'a booking in another session',
      { reservations: new Map([['r', { ...booking, sessionId: 'x' }]]) },
      'bookings-as-the-callers-know',
    ],
    ['a screen that is behind', { screen: new Map([['s', { ...session, reserved: 0 }]]) }, 'screens-saw-it'],
    ['a past that is another', { atTheEnd: new Map() }, 'seats-as-the-past-tells'],
    ['a log with other seats', { log: { ...log, sessions: new Map() } }, 'seats-fold-of-the-log'],
    ['a log without a booking', { log: { ...log, places: new Map() } }, 'bookings-fold-of-the-log'],
    ['a log without an offer', { log: { ...log, offersMade: 0 } }, 'offers-in-the-log'],
  ] satisfies [string, Partial<Evidence>, string][])('name %s', (_, changed, name) => {
    expect(wrongIn(evidence(changed))).toContain(name);
  });

  test('name a person with two seats in a session, a number given twice, and an answer nobody may get', () => {
    const twice = evidence({}, (ledger) => {
      ledger.bookings.push({ ...ledger.bookings[0]!, reservationId: 'r2' });
      ledger.surprised('POST /holds: 500');
    });
    expect(wrongIn(twice)).toEqual(expect.arrayContaining(['nobody-twice', 'receipts-unique', 'nothing-unexpected']));
  });
});
