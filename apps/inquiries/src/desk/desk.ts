import { Inject, Injectable } from '@nestjs/common';
import { CommandDesk, type Outcome as OutcomeOf } from '#platform/hosting/command-desk.js';
import { writtenIn } from '#platform/hosting/event-streams.js';
import { Lanes } from '#platform/lane/lanes.js';
import { KeyDirectory } from '#vault/key-directory.js';
import { deskEvents, type DeskEvent } from './desk-events.js';

export type Outcome<Answer> = OutcomeOf<Answer, DeskEvent>;

/** The one way from a request to the log of this service. */
@Injectable()
export class Desk extends CommandDesk<DeskEvent> {
  constructor(@Inject(Lanes) lanes: Lanes, @Inject(KeyDirectory) keys: KeyDirectory) {
    super(lanes, writtenIn(deskEvents), () => keys.keyOf('command-body'));
  }
}
