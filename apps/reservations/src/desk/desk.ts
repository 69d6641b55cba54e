import { Inject, Injectable } from '@nestjs/common';
import { reservationsEvents, type ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import { CommandDesk, type Outcome as OutcomeOf } from '#platform/hosting/command-desk.js';
import { writtenIn } from '#platform/hosting/event-streams.js';
import { Lanes } from '#platform/lane/lanes.js';
import { KeyDirectory } from '#vault/key-directory.js';

export type Outcome<Answer> = OutcomeOf<Answer, ReservationsEvent>;

/** The one way from a request to the log of this service. */
@Injectable()
export class Desk extends CommandDesk<ReservationsEvent> {
  constructor(@Inject(Lanes) lanes: Lanes, @Inject(KeyDirectory) keys: KeyDirectory) {
    super(lanes, writtenIn(reservationsEvents), () => keys.keyOf('command-body'));
  }
}
