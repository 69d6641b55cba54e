import type { NoticesEvent } from '#contracts/notices/notices.events.js';
import type { Decider } from '#kernel/decider.js';
import * as hearing from './hearing.policy.js';
import { afterNoticeEvent, NOTHING_YET, type Notices } from './notice.js';
import * as posting from './posting.policy.js';

type Of<Verb extends string, Rule extends (command: never, state: Notices) => NoticesEvent[]> = {
  readonly do: Verb;
} & Parameters<Rule>[0];

/** What becomes of the notices of one reservation: first what is heard of it, then what the desk does. */
export type NoticeCommand =
  | Of<'seat', typeof hearing.seated>
  | Of<'end', typeof hearing.ended>
  | Of<'reviseSession', typeof hearing.sessionRevised>
  | Of<'callOff', typeof hearing.sessionCalledOff>
  | Of<'draft', typeof posting.drafted>
  | Of<'drop', typeof posting.dropped>
  | Of<'print', typeof posting.printed>
  | Of<'post', typeof posting.posted>
  | Of<'return', typeof posting.returned>
  | Of<'reissue', typeof posting.reissued>
  | Of<'choose', typeof posting.chosen>
  | Of<'readOut', typeof posting.readOut>;

/** One stream a reservation: at most one notice of it is neither posted nor voided. (R020, R021) */
export const notices: Decider<Notices, NoticeCommand, NoticesEvent> = {
  initialState: NOTHING_YET,
  decide: (command, state) => {
    switch (command.do) {
      case 'seat':
        return hearing.seated(command, state);
      case 'end':
        return hearing.ended(command, state);
      case 'reviseSession':
        return hearing.sessionRevised(command, state);
      case 'callOff':
        return hearing.sessionCalledOff(command, state);
      case 'draft':
        return posting.drafted(command, state);
      case 'drop':
        return posting.dropped(command, state);
      case 'print':
        return posting.printed(command, state);
      case 'post':
        return posting.posted(command, state);
      case 'return':
        return posting.returned(command, state);
      case 'reissue':
        return posting.reissued(command, state);
      case 'choose':
        return posting.chosen(command, state);
      case 'readOut':
        return posting.readOut(command, state);
    }
  },
  evolve: afterNoticeEvent,
};
