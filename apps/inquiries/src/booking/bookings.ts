import { Inject, Injectable } from '@nestjs/common';
import { Rows } from '#platform/hosting/rows.js';
import { BOOKINGS } from './bookings.projector.js';

export interface Booking {
  readonly reservationId: string;
  readonly sessionId: string;
  readonly personId: string | null;
  readonly personVersion: number | null;
  readonly active: boolean;
}

/** Whose a reservation is, as far as this service has heard. */
@Injectable()
export class Bookings {
  constructor(@Inject(Rows) private readonly rows: Rows) {}

  async find(reservationIds: readonly string[]): Promise<Map<string, Booking>> {
    if (reservationIds.length === 0) return new Map();
    const rows = await this.rows.all<Booking>(
      'bookings',
      `select reservation_id as "reservationId", session_id as "sessionId", person_id as "personId",
         person_version as "personVersion", active from ${BOOKINGS}.booking where reservation_id = any ($1)`,
      [reservationIds],
    );
    return new Map(rows.map((row) => [row.reservationId, row]));
  }

  /** Whose erasure takes along what is written about a reservation. */
  async personOf(reservationId: string | undefined): Promise<string | undefined> {
    if (reservationId === undefined) return undefined;
    return (await this.find([reservationId])).get(reservationId)?.personId ?? undefined;
  }
}
