import { describe, test } from '@jest/globals';
import type { NoticesEvent } from '#contracts/notices/notices.events.js';
import { specOf } from '#kernel/spec.js';
import { notices, type NoticeCommand } from './notice.decider.js';
import type { Seat } from './notice.js';

const { given } = specOf(notices);

const reservationId = '10000000-0000-4000-8000-000000000001';
const id = (nth: number) => `2000000${nth}-0000-4000-8000-000000000000`;
const batchId = '30000000-0000-4000-8000-000000000001';
const north = '40000000-0000-4000-8000-000000000001';
const south = '40000000-0000-4000-8000-000000000002';
const personId = '50000000-0000-4000-8000-000000000001';

const seatIn = (sessionId: string, personVersion = 1): Seat => ({ sessionId, personId, personVersion });
const seat = (revision: number, where: Seat, nth: number, more: object = {}): NoticeCommand => ({
  ...{ do: 'seat', reservationId, revision, seat: where, isOnCard: true, isOver: false, next: { noticeId: id(nth) } },
  ...more,
});
const of = (nth: number, reservationRevision: number) => ({ noticeId: id(nth), reservationId, reservationRevision });
const due = (nth: number, revision: number, where: Seat, more: object = {}): NoticesEvent => ({
  type: 'NoticeDue',
  data: { ...of(nth, revision), ...where, kind: 'first', ...more },
});
const drafted = (nth: number, revision = 1): NoticesEvent => ({
  type: 'NoticeDrafted',
  data: { ...of(nth, revision), batchId, serialNo: 7, warnings: [] },
});
const printed = (nth: number): NoticesEvent => ({
  type: 'NoticePrinted',
  data: { ...of(nth, 1), batchId, serialNo: 7 },
});
const posted = (nth: number): NoticesEvent => ({
  type: 'NoticePosted',
  data: { ...of(nth, 1), sessionId: north, batchId, postedOn: '2025-07-23', predictedArrival: '2025-07-25' },
});
const voided = (nth: number, revision: number, reason: string, more: object = {}): NoticesEvent =>
  ({ type: 'NoticeVoided', data: { ...of(nth, revision), reason, ...more } }) as NoticesEvent;
const inBatch = { batchId, serialNo: 7 };
const reissued = (nth: number, newNth: number, cause: string): NoticesEvent =>
  ({ type: 'NoticeReissued', data: { ...of(nth, 1), newNoticeId: id(newNth), cause } }) as NoticesEvent;
const onItsWay = [due(1, 1, seatIn(north)), drafted(1), printed(1), posted(1)];
const end = (revision: number): NoticeCommand => ({ do: 'end', reservationId, reason: 'cancelled', revision });

describe('a notice is due', () => {
  test('for whoever was booked', () => {
    given()
      .when(seat(1, seatIn(north), 1))
      .then(due(1, 1, seatIn(north)));
  });
  test('once, however often the booking is told', () => {
    given(due(1, 1, seatIn(north)))
      .when(seat(1, seatIn(north), 2))
      .thenNothing();
  });
  test('for the class that was moved to, by whichever half is heard first, and not again by the other', () => {
    const now = due(2, 2, seatIn(south));
    given(due(1, 1, seatIn(north)))
      .when(seat(2, seatIn(south), 2))
      .then(voided(1, 1, 'moved'), now);
    given(due(1, 1, seatIn(north)), voided(1, 1, 'moved'), now)
      .when(seat(2, seatIn(south), 3))
      .thenNothing();
  });
  test('by a move that is heard before the booking it changes, which then comes too late', () => {
    given()
      .when(seat(2, seatIn(south), 1))
      .then(due(1, 2, seatIn(south)));
    given(due(1, 2, seatIn(south)))
      .when(seat(1, seatIn(north), 2))
      .thenNothing();
  });
  test('anew when name or address were corrected, and not when only the telephone was', () => {
    const corrected = seat(2, seatIn(north, 2), 2);
    given(due(1, 1, seatIn(north)))
      .when(corrected)
      .then(voided(1, 1, 'corrected'), due(2, 2, seatIn(north, 2)));
    given(due(1, 1, seatIn(north)))
      .when({ ...corrected, isOnCard: false } as NoticeCommand)
      .thenNothing();
  });
  test('to nobody whose class has gone by', () => {
    given()
      .when(seat(1, seatIn(north), 1, { isOver: true }))
      .thenNothing();
  });
});

describe('a cancelled booking', () => {
  test('voids its notice', () => {
    given(due(1, 1, seatIn(north)))
      .when(end(2))
      .then(voided(1, 1, 'cancelled'));
  });
  test('tells which printed card has to be pulled out', () => {
    given(due(1, 1, seatIn(north)), drafted(1), printed(1))
      .when(end(2))
      .then(voided(1, 1, 'cancelled', inBatch));
  });
  test('heard before it was made is written to by nobody', () => {
    const over: NoticesEvent = { type: 'NoticeNotNeeded', data: { reservationId, reservationRevision: 3 } };
    given().when(end(3)).then(over);
    given(over)
      .when(seat(1, seatIn(north), 1))
      .thenNothing();
    given(over)
      .when(seat(2, seatIn(south), 1))
      .thenNothing();
    given(over).when(end(3)).thenNothing();
  });
});

describe('a class that the city changes', () => {
  const revise: NoticeCommand = { do: 'reviseSession', reservationId, sessionId: north, isOver: false, next: { noticeId: id(2) } }; // prettier-ignore
  test('leaves a notice that is only due: it is written from the new plan', () => {
    given(due(1, 1, seatIn(north)))
      .when(revise)
      .thenNothing();
  });
  test('drops a drafted card, which is due again', () => {
    const dropped: NoticesEvent = { type: 'NoticeDropped', data: { ...of(1, 1), batchId, reason: 'changed' } };
    given(due(1, 1, seatIn(north)), drafted(1))
      .when(revise)
      .then(dropped);
    given(due(1, 1, seatIn(north)), drafted(1), dropped)
      .when(revise)
      .thenNothing();
  });
  test('voids a printed card and makes another due', () => {
    given(due(1, 1, seatIn(north)), drafted(1), printed(1))
      .when(revise)
      .then(voided(1, 1, 'sessionRevised', inBatch), due(2, 1, seatIn(north)));
  });
  test('is told to whoever has the old card', () => {
    const replacement = due(2, 1, seatIn(north), { kind: 'replacement', replaces: id(1) });
    given(...onItsWay)
      .when(revise)
      .then(reissued(1, 2, 'replaced'), replacement);
  });
  test('is nothing to those who sit elsewhere by now', () => {
    given(due(1, 2, seatIn(south)), drafted(1, 2))
      .when(revise)
      .thenNothing();
  });
  test('and calls off voids what is open; the post of a card that is on its way is not stopped', () => {
    const callOff: NoticeCommand = { do: 'callOff', reservationId, sessionId: north };
    given(due(1, 1, seatIn(north)))
      .when(callOff)
      .then(voided(1, 1, 'calledOff'));
    given(...onItsWay)
      .when(callOff)
      .thenNothing();
  });
});

describe('a posted notice', () => {
  const sent: NoticeCommand = { do: 'reissue', reservationId, noticeId: id(1), today: '2025-07-28', next: { noticeId: id(2) } }; // prettier-ignore
  const back: NoticesEvent = { type: 'NoticeReturned', data: { ...of(1, 1), sessionId: north, personId, reason: 'unknownAddress' } }; // prettier-ignore
  const again = due(2, 1, seatIn(north), { kind: 'reissue', replaces: id(1) });

  test('comes back once', () => {
    const comesBack: NoticeCommand = { do: 'return', reservationId, noticeId: id(1), reason: 'unknownAddress' };
    given(...onItsWay)
      .when(comesBack)
      .then(back);
    given(...onItsWay, back)
      .when(comesBack)
      .thenRefuses('notice-returned');
    given(due(1, 1, seatIn(north)))
      .when(comesBack)
      .thenRefuses('notice-not-posted');
  });
  test('is sent once more after it came back, by a corrected address or by hand, and not by both', () => {
    given(...onItsWay, back)
      .when(sent)
      .then(reissued(1, 2, 'returned'), again);
    const corrected = due(2, 2, seatIn(north, 2), { kind: 'reissue', replaces: id(1) });
    given(...onItsWay, back)
      .when(seat(2, seatIn(north, 2), 2))
      .then(reissued(1, 2, 'returned'), corrected);
    given(...onItsWay, back, reissued(1, 2, 'returned'), corrected)
      .when(sent)
      .thenNothing();
  });
  test('that is still expected is not sent again', () => {
    given(...onItsWay)
      .when({ ...sent, today: '2025-07-25' } as NoticeCommand)
      .thenRefuses('still-expected');
    given(...onItsWay)
      .when(sent)
      .then(reissued(1, 2, 'notArrived'), again);
  });
  test('of somebody who moved is replaced; the card says so', () => {
    const replacement = due(2, 2, seatIn(south), { kind: 'replacement', replaces: id(1) });
    given(...onItsWay)
      .when(seat(2, seatIn(south), 2))
      .then(reissued(1, 2, 'replaced'), replacement);
  });
  test('of a cancelled booking is not sent again', () => {
    const over: NoticesEvent = { type: 'NoticeNotNeeded', data: { reservationId, reservationRevision: 2 } };
    given(...onItsWay)
      .when(end(2))
      .then(over);
    given(...onItsWay, over)
      .when(sent)
      .thenRefuses('reservation-cancelled');
  });
});

describe('a late notice (直前受付)', () => {
  const choose: NoticeCommand = { do: 'choose', reservationId, noticeId: id(1), handling: 'telephone' };
  const byTelephone: NoticesEvent = {
    type: 'NoticeHandlingChosen',
    data: { ...of(1, 1), handling: 'telephone', agreementNumber: '協-1' },
  };
  test('is told by telephone alone only as the city agreed', () => {
    given(due(1, 1, seatIn(north)))
      .when(choose)
      .thenRefuses('agreement-needed');
    given(due(1, 1, seatIn(north)))
      .when({ ...choose, agreementNumber: '協-1' } as NoticeCommand)
      .then(byTelephone);
  });
  test('that is told by telephone goes into no batch', () => {
    const draft: NoticeCommand = { do: 'draft', reservationId, noticeId: id(1), batchId, serialNo: 1, warnings: [] };
    given(due(1, 1, seatIn(north)), byTelephone)
      .when(draft)
      .thenRefuses('notice-not-due');
  });
  test('is read out once', () => {
    const told: NoticesEvent = { type: 'NoticeReadOut', data: of(1, 1) };
    given(due(1, 1, seatIn(north)))
      .when({ do: 'readOut', reservationId, noticeId: id(1) })
      .then(told);
    given(due(1, 1, seatIn(north)), told)
      .when({ do: 'readOut', reservationId, noticeId: id(1) })
      .thenNothing();
  });
});
