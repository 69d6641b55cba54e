import { Inject, Injectable } from '@nestjs/common';
import type { ResolvedApplicant } from '#contracts/reservations/resolve.http.js';
import { Refusal } from '#kernel/refusal.js';
import { inKanaOrder } from '#office/roster/kana-order.js';
import type { Roster, RosterEntry } from '#office/roster/roster.js';
import { PersonsClient, recordKey } from '#plan/persons-client.js';
import { ReceiptsClient } from '#plan/receipts-client.js';
import { sessionsCapacity } from '../booking/bookings-asked.row.js';
import { Ledger } from '../query/ledger-reading.js';
import type { AskedOf, LedgerReading } from '../query/ledger-reading.js';
import type { Asked, Row } from '../query/query.js';
import { Specimen } from '../report/specimen.js';
import { rosterSeats, rosterVersions } from './roster-asked.row.js';

/** Why names are asked for; stands in the access log of reservations. */
export const ROSTER_PURPOSE = 'roster-print';

export interface Seat {
  readonly reservation_id: string;
  readonly person_id: string;
  readonly person_version: number;
  readonly channel: string | null;
  readonly told_at_venue: boolean;
  readonly notice_returned: boolean;
}

/** A roster without names: everything that is kept of it. */
export interface NamelessRoster {
  readonly session: Row;
  readonly version: number;
  readonly frozen: boolean;
  readonly seats: readonly Seat[];
}

export const CHANNELS: Readonly<Record<string, string>> = {
  telephone: '電話',
  relay: '電話リレー',
  fax: 'ＦＡＸ',
  proxyCall: '代理電話',
  city: '市経由',
  paper: '紙控え',
};

/** 予約者リスト: who comes to which session. Names are asked for at the moment a list is written and kept nowhere. (R014, R015) */
@Injectable()
export class Rosters {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(PersonsClient) private readonly persons: PersonsClient,
    @Inject(ReceiptsClient) private readonly receipts: ReceiptsClient,
    @Inject(Specimen) private readonly specimen: Specimen,
  ) {}

  /** @throws Refusal `not-found` when there is no such session, or no session of such a term */
  async mustExist(asked: Pick<Asked, 'sessionId' | 'termId'>): Promise<void> {
    const found = await this.ledger.read(undefined, (reading) => reading.ask(sessionsCapacity, asked));
    if (found.length === 0) throw new Refusal('not-found', 'not-found', 'この開催回または期はありません。');
  }

  /** @throws Refusal `not-found` when there is no such session */
  async ofSession(sessionId: string, asOf: string | undefined, callerToken: string | undefined) {
    const read = await this.ledger.read(asOf, async (reading) => ({
      asOf: reading.asOf,
      rosters: await namelessRosters(reading, { sessionId }),
    }));
    if (read.rosters.length === 0) {
      throw new Refusal('not-found', 'not-found', 'この開催回はありません。', { sessionId });
    }
    return { asOf: read.asOf, rosters: await this.named(read.rosters, read.asOf, callerToken) };
  }

  /** Every session of a term, in the order in which they begin. @throws Refusal `not-found` for a term without sessions */
  async ofTerm(termId: string, asOf: string | undefined, callerToken: string | undefined) {
    const read = await this.ledger.read(asOf, async (reading) => ({
      asOf: reading.asOf,
      rosters: await namelessRosters(reading, { termId }),
    }));
    if (read.rosters.length === 0) {
      throw new Refusal('not-found', 'not-found', 'この期はないか、開催回がまだ登録されていません。', { termId });
    }
    return { asOf: read.asOf, rosters: await this.named(read.rosters, read.asOf, callerToken) };
  }

  private async named(rosters: readonly NamelessRoster[], asOf: AskedOf, token: string | undefined): Promise<Roster[]> {
    const seats = rosters.flatMap((roster) => roster.seats);
    const wanted = seats.map((seat) => ({ personId: seat.person_id, version: seat.person_version }));
    const receipts = await this.receipts.receiptsOf(seats.map((seat) => seat.reservation_id), token); // prettier-ignore
    const names = await this.persons.resolve(wanted, ROSTER_PURPOSE, token);
    return rosters.map(({ session, version, frozen, seats: own }) => ({
      sessionCode: String(session['session_code']),
      termName: String(session['term_title']),
      courseTitle: String(session['course_title']),
      venueName: String(session['venue_name']),
      venueAddress: String(session['venue_address']),
      ward: String(session['ward']),
      dates: session['dates'] as Roster['dates'],
      capacity: Number(session['capacity']),
      ...{ version, frozen },
      asOf: Date.parse(asOf.instant ?? '1970-01-01T00:00:00Z'),
      entries: inKanaOrder(
        own.map((seat) => {
          const applicant = names.get(recordKey({ personId: seat.person_id, version: seat.person_version }));
          return entryOf(seat, applicant, receipts.get(seat.reservation_id) ?? '');
        }),
      ),
      ...(this.specimen.isOne && { specimen: true }),
    }));
  }
}

/** @param asked one session, or the sessions of one term */
export async function namelessRosters(reading: LedgerReading, asked: Asked): Promise<NamelessRoster[]> {
  const sessions = await reading.ask(sessionsCapacity, asked);
  const versions = await reading.ask<{ session_id: string; version: number; frozen_at: number | null }>(
    rosterVersions,
    asked,
  );
  const versionOf = new Map(versions.map((row) => [row.session_id, row]));
  const seatsOf = new Map<string, Seat[]>();
  for (const seat of await reading.ask<Seat & { session_id: string }>(rosterSeats, asked)) {
    const others = seatsOf.get(seat.session_id);
    if (others === undefined) seatsOf.set(seat.session_id, [seat]);
    else others.push(seat);
  }
  return sessions.map((session) => {
    const id = String(session['session_id']);
    const known = versionOf.get(id);
    const frozen = known !== undefined && known.frozen_at !== null;
    return { session, version: known?.version ?? 0, frozen, seats: seatsOf.get(id) ?? [] };
  });
}

/** Someone whose data were erased has a seat and no name. */
function entryOf(seat: Seat, applicant: ResolvedApplicant | undefined, receiptNumber: string): RosterEntry {
  const remarks = [
    ...(seat.told_at_venue ? ['会場で案内'] : []),
    ...(seat.notice_returned ? ['通知書返戻'] : []),
    ...(applicant === undefined ? ['消去済'] : []),
  ].join('・');
  const channel = seat.channel === null ? undefined : CHANNELS[seat.channel];
  return {
    receiptNumber,
    familyName: applicant?.familyName ?? '（消去済）',
    givenName: applicant?.givenName ?? '',
    familyNameKana: applicant?.familyNameKana ?? '',
    givenNameKana: applicant?.givenNameKana ?? '',
    ...(applicant?.phoneNumber !== undefined && { phoneNumber: applicant.phoneNumber }),
    ...(applicant?.postalCode !== undefined && { postalCode: applicant.postalCode }),
    ...(applicant !== undefined && { address: addressOf(applicant) }),
    ...(channel !== undefined && { channel }),
    ...(remarks !== '' && { remarks }),
  };
}

function addressOf({ city, ward, town, chome, blockLot, building, roomNumber, careOf }: ResolvedApplicant): string {
  const place = [city, ward, town, chome && `${chome}丁目`, blockLot].filter(Boolean).join('');
  const rest = [building, roomNumber, careOf].filter(Boolean).join(' ');
  return rest === '' ? place : `${place} ${rest}`;
}
