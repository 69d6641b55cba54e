import { READINESS_ITEMS } from '#contracts/reservations/term.events.js';
import { dateAt, plusDays } from '#calendar/civil-time.js';
import type { NoticesDesk } from './notices-desk.js';

/** As the demo has it: two days from the post office, no safety. */
export const postingSettings = {
  ...{ validFrom: '2026-04-01', agreementNumber: '協-1', daysAhead: 7, approveAhead: 1, freezeAhead: 2 },
  batchAt: '13:00',
  offices: [{ name: '札幌中央郵便局', cutOff: '17:00', leads: [{ days: 2 }] }],
  ...{ safety: [], deskDays: [], deliveryDays: [], cardYen: 85, expressYen: 300, cardStock: 'postalCard' },
  sender: { name: '札幌市デジタル講習会受付窓口', postalCode: '0608611', address: '札幌市中央区北一条西二丁目' },
  reception: '札幌市デジタル講習会受付 011-000-0000（平日9:00〜16:00）',
};

/** A term that is open, one course, one venue, and how notices are posted. */
export class SmallTerm {
  private persons = 0;

  private constructor(
    private readonly desk: NoticesDesk,
    readonly termId: string,
    readonly courseId: string,
    readonly venueId: string,
    readonly firstDay: string,
  ) {}

  static async open(desk: NoticesDesk, termNo = 1, settings: object | null = postingSettings): Promise<SmallTerm> {
    const firstDay = plusDays(dateAt(Date.now()), 30);
    const plan = {
      ...{ fiscalYear: 2026, termNo, title: `第${termNo}期` },
      reception: { from: plusDays(firstDay, -20), to: plusDays(firstDay, -5), opensAt: '09:00', closesAt: '16:00' },
      bookableClasses: { from: plusDays(firstDay, -29), to: plusDays(firstDay, 60) },
      dispatchWindow: { from: plusDays(firstDay, -30), to: plusDays(firstDay, 30) },
      contactAfterClosing: '札幌市役所 デジタル推進課 011-111-1111',
    };
    const { termId } = (await desk.must('POST', '/terms', plan, 'supervisor')).body;
    await desk.must('POST', `/terms/${termId}/readiness`, { items: READINESS_ITEMS }, 'supervisor');
    await desk.must('POST', `/terms/${termId}/open`, undefined, 'supervisor');
    const course = { title: `はじめてのスマホ${termNo}`, bringAlong: '筆記用具' };
    const { courseId } = (await desk.must('POST', '/courses', course, 'supervisor')).body;
    const venue = {
      name: `北区民センター${termNo}`,
      ward: '北区',
      wardCode: '01102',
      address: '札幌市北区北25条西6丁目',
    };
    const { venueId } = (await desk.must('POST', '/venues', venue, 'supervisor')).body;
    if (settings !== null) await desk.must('POST', '/notices/posting-settings', settings, 'supervisor');
    return new SmallTerm(desk, termId, courseId, venueId, firstDay);
  }

  /** @returns the id of a new session, thirty days ahead unless `date` says otherwise */
  async schedule(sessionCode: string, capacity = 500, date = this.firstDay): Promise<string> {
    const { body, position } = await this.desk.must(
      'POST',
      '/sessions',
      this.plan(sessionCode, capacity, date),
      'supervisor',
    );
    await this.desk.must('GET', '/notices', undefined, 'operator', { waitFor: position });
    return body.sessionId;
  }

  plan(sessionCode: string, capacity: number, date = this.firstDay, more: object = {}) {
    const { termId, courseId, venueId } = this;
    const dates = [{ date, startsAt: '10:00', endsAt: '12:00' }];
    return { termId, courseId, venueId, sessionCode, capacity, dates, ...more };
  }

  /** Books somebody new and waits until the notice is due. */
  async book(sessionId: string, more: object = {}): Promise<Booked> {
    const person = applicant(++this.persons, more);
    const answer = await this.desk.must('POST', '/reservations', { sessionId, attendees: [{ applicant: person }] });
    const [reservation] = answer.body.reservations;
    await this.desk.must('GET', '/notices/due', undefined, 'operator', { waitFor: answer.position });
    return reservation;
  }

  /** Several persons at once, until the last of their notices is due. */
  async bookMany(sessionId: string, count: number): Promise<Booked[]> {
    const { booked, position } = await this.bookAll(sessionId, count);
    await this.desk.must('GET', '/notices/due', undefined, 'operator', { waitFor: position });
    return booked;
  }

  /** The same while nobody hears it. */
  async bookUnheard(sessionId: string, count: number): Promise<Booked[]> {
    return (await this.bookAll(sessionId, count)).booked;
  }

  private async bookAll(sessionId: string, count: number): Promise<{ booked: Booked[]; position: string | null }> {
    const booked: Booked[] = [];
    let position: string | null = null;
    for (let left = count; left > 0; left -= 4) {
      const attendees = Array.from({ length: Math.min(4, left) }, () => ({ applicant: applicant(++this.persons) }));
      const answer = await this.desk.must('POST', '/reservations', { sessionId, attendees });
      booked.push(...answer.body.reservations);
      position = answer.position;
    }
    return { booked, position };
  }
}

export interface Booked {
  readonly reservationId: string;
  readonly receiptNumber: string;
  readonly personId: string;
}

/** Somebody invented, told apart by number. */
export function applicant(nth: number, more: object = {}) {
  const kana = [...String(nth)].map((digit) => 'アカサタナハマヤラワ'[Number(digit)]).join('');
  return {
    ...{ familyName: '試験', givenName: `花子${nth}`, familyNameKana: 'シケン', givenNameKana: kana },
    ...{ phoneNumber: `0110${String(nth).padStart(6, '0')}`, postalCode: '0010024', prefecture: '北海道' },
    ...{ city: '札幌市', ward: '北区', town: '北二十四条西', chome: '6', blockLot: `1番${nth}号` },
    ...more,
  };
}
