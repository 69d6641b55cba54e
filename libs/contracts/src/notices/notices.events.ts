import { EventCatalogue } from '../event-catalogue.js';
import type { EventOf } from '../event-contract.js';
import { Internal } from '../internal.events.js';
import {
  NoticeBatchApproved,
  NoticeBatchInspected,
  NoticeBatchPosted,
  NoticeBatchPrepared,
  NoticeBatchPrinted,
  NoticeBatchReprinted,
  NoticeBatchSentBack,
  NoticeWithdrawn,
} from './notice-batch.events.js';
import {
  NoticeDrafted,
  NoticeDropped,
  NoticeDue,
  NoticeNotNeeded,
  NoticePosted,
  NoticePrinted,
  NoticeReissued,
  NoticeReturned,
  NoticeVoided,
} from './notice.events.js';
import { PostingSettingsAgreed } from './posting-settings.events.js';

const contracts = [
  NoticeDue,
  NoticeVoided,
  NoticeNotNeeded,
  NoticeDrafted,
  NoticeDropped,
  NoticePrinted,
  NoticePosted,
  NoticeReturned,
  NoticeReissued,
  NoticeBatchPrepared,
  NoticeWithdrawn,
  NoticeBatchInspected,
  NoticeBatchApproved,
  NoticeBatchSentBack,
  NoticeBatchPrinted,
  NoticeBatchReprinted,
  NoticeBatchPosted,
  PostingSettingsAgreed,
  Internal,
];

/** Everything on the topic `notices.events`, and nothing else. */
export const noticesEvents = new EventCatalogue(contracts);

/** Any event of the notices service, in its newest version. */
export type NoticesEvent = EventOf<(typeof contracts)[number]>;
