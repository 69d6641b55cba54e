import { Inject, Injectable } from '@nestjs/common';
import { Rows } from '#platform/hosting/rows.js';
import { KeyDirectory } from '#vault/key-directory.js';
import type { TermKeys } from '#vault/term-keys.js';
import { Bookings } from '../booking/bookings.js';
import { nextNumber } from '../desk/numbers.js';
import { DeskClock, type DeskDay } from '../reception/desk-clock.js';

/** What a case is opened with. */
export interface Opening {
  readonly dayAt: (instant: number) => DeskDay;
  readonly termId: string;
  /** Of the term: what is said about somebody is sealed under it. */
  readonly keys: TermKeys;
  /** Whose erasure takes along what is written, where it is about a reservation. */
  readonly personId: string | undefined;
  /** 第○号 */
  readonly number: number;
}

/** Complaints and escalations begin alike: under the term of today, with a number of their own, about somebody or nobody. */
@Injectable()
export class CaseOpening {
  constructor(
    @Inject(DeskClock) private readonly clock: DeskClock,
    @Inject(KeyDirectory) private readonly keys: KeyDirectory,
    @Inject(Rows) private readonly rows: Rows,
    @Inject(Bookings) private readonly bookings: Bookings,
  ) {}

  /** @throws Refusal `no-term`, `term-erased` */
  async begin(reservationId: string | undefined, numbers: Parameters<typeof nextNumber>[1]): Promise<Opening> {
    const dayAt = await this.clock.read();
    const { termId } = dayAt(Date.now());
    const keys = this.keys.keysOf(termId);
    const personId = await this.bookings.personOf(reservationId);
    return { dayAt, termId, keys, personId, number: await nextNumber(this.rows, numbers) };
  }
}
