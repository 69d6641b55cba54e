import { Inject, Injectable } from '@nestjs/common';
import { noticesEvents, type NoticesEvent } from '#contracts/notices/notices.events.js';
import { CommandDesk, type Outcome as OutcomeOf } from '#platform/hosting/command-desk.js';
import { writtenIn } from '#platform/hosting/event-streams.js';
import { Lanes } from '#platform/lane/lanes.js';
import { KeyDirectory } from '#vault/key-directory.js';

export type Outcome<Answer> = OutcomeOf<Answer, NoticesEvent>;

/** The one way from a request to the log of this service. */
@Injectable()
export class Desk extends CommandDesk<NoticesEvent> {
  constructor(@Inject(Lanes) lanes: Lanes, @Inject(KeyDirectory) keys: KeyDirectory) {
    super(lanes, writtenIn(noticesEvents), () => keys.keyOf('command-body'));
  }
}
