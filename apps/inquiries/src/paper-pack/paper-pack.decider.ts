import type { PaperPackPrinted, PaperPackReturned } from '#contracts/inquiries/desk-day.events.js';
import type { Decider } from '#kernel/decider.js';
import { Refusal } from '#kernel/refusal.js';
import type { DeskEvent } from '../desk/desk-events.js';

/** The paper of an outage (受付用紙) for a day: numbered forms, and seats that are really held for it. (§8.17) */
export interface PaperPack {
  readonly printed?: PaperPackPrinted['data'];
  readonly returned: boolean;
}

export type PaperPackCommand =
  | { readonly do: 'print'; readonly pack: PaperPackPrinted['data'] }
  | { readonly do: 'return'; readonly back: PaperPackReturned['data'] };

export const paperPack: Decider<PaperPack, PaperPackCommand, DeskEvent> = {
  initialState: { returned: false },
  decide: (command, { printed, returned }) => {
    if (command.do === 'print') return printed ? [] : [{ type: 'PaperPackPrinted', data: command.pack }];
    if (printed === undefined) throw new Refusal('not-found', 'not-found', 'There is no such pack.');
    if (command.back.formsUsed > printed.forms) {
      throw new Refusal('more-than-printed', 'conflict', 'More forms came back than were printed.', {
        forms: printed.forms,
      });
    }
    return returned ? [] : [{ type: 'PaperPackReturned', data: command.back }];
  },
  evolve: (state, event) => {
    if (event.type === 'PaperPackPrinted') return { ...state, printed: event.data };
    return event.type === 'PaperPackReturned' ? { ...state, returned: true } : state;
  },
};
