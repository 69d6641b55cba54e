import type { NoticesEvent } from '#contracts/notices/notices.events.js';
import type { Decider } from '#kernel/decider.js';
import * as approving from './approving.policy.js';
import { afterBatchEvent, NO_BATCH, type NoticeBatch } from './notice-batch.js';
import * as posting from './posting.policy.js';

type Of<Verb extends string, Rule extends (command: never, batch: NoticeBatch) => NoticesEvent[]> = {
  readonly do: Verb;
} & Parameters<Rule>[0];

/** What becomes of a batch: prepared, approved by somebody else, printed, posted. (R028, §4.2, §8.3) */
export type NoticeBatchCommand =
  | Of<'prepare', typeof approving.prepared>
  | Of<'withdraw', typeof posting.withdrawn>
  | Of<'approve', typeof approving.approved>
  | Of<'sendBack', typeof approving.sentBack>
  | Of<'print', typeof posting.printed>
  | Of<'reprint', typeof posting.reprinted>
  | Of<'post', typeof posting.posted>;

export const noticeBatches: Decider<NoticeBatch, NoticeBatchCommand, NoticesEvent> = {
  initialState: NO_BATCH,
  decide: (command, batch) => {
    switch (command.do) {
      case 'prepare':
        return approving.prepared(command, batch);
      case 'withdraw':
        return posting.withdrawn(command, batch);
      case 'approve':
        return approving.approved(command, batch);
      case 'sendBack':
        return approving.sentBack(command, batch);
      case 'print':
        return posting.printed(command, batch);
      case 'reprint':
        return posting.reprinted(command, batch);
      case 'post':
        return posting.posted(command, batch);
    }
  },
  evolve: afterBatchEvent,
};
