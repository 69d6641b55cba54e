import { Inject, Injectable } from '@nestjs/common';
import { Refusal } from '#kernel/refusal.js';
import { ReservationElsewhere } from '../class-session/class-session.js';
import { Rows } from '#platform/hosting/rows.js';
import { PLACE_COLUMNS, type PlaceRow } from './reservation.row.js';

/** More moves than one reservation makes while somebody waits. */
const TRIES = 5;

/** Where reservations are. */
@Injectable()
export class Places {
  constructor(@Inject(Rows) private readonly rows: Rows) {}

  /** @throws Refusal `not-found` */
  async of(reservationId: string): Promise<PlaceRow> {
    const row = await this.rows.first<PlaceRow>(
      'place',
      `select ${PLACE_COLUMNS} from reservation_place where reservation_id = $1`,
      [reservationId],
    );
    if (row !== undefined) return row;
    throw new Refusal('not-found', 'not-found', 'There is no such reservation.', { reservationId });
  }

  ofPerson(personId: string): Promise<PlaceRow[]> {
    return this.rows.all<PlaceRow>(
      'places-of-person',
      `select ${PLACE_COLUMNS} from reservation_place where person_id = $1 and state = 'active' order by reservation_id`,
      [personId],
    );
  }

  /**
   * Sends a command to the lane where the reservation is; and again when it has moved away meanwhile, rather than saying
   * that there is none (design §4).
   */
  async inItsLane<Result>(reservationId: string, attempt: (place: PlaceRow) => Promise<Result>): Promise<Result> {
    let place = await this.of(reservationId);
    for (let tries = 1; ; tries++) {
      try {
        return await attempt(place);
      } catch (thrown) {
        if (!(thrown instanceof ReservationElsewhere) || tries === TRIES) throw thrown;
        const now = await this.of(reservationId);
        if (now.session_id === place.session_id) throw thrown;
        place = now;
      }
    }
  }
}
