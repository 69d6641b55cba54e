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
  NoticeHandlingChosen,
  NoticeNotNeeded,
  NoticePosted,
  NoticePrinted,
  NoticeReadOut,
  NoticeReissued,
  NoticeReturned,
  NoticeVoided,
} from './notice.events.js';
import { NoticeTemplateAccepted } from './notice-template.events.js';
import { PostingSettingsAgreed } from './posting-settings.events.js';

const contracts = [
  NoticeDue,
  NoticeVoided,
  NoticeNotNeeded,
  NoticeHandlingChosen,
  NoticeReadOut,
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
  NoticeTemplateAccepted,
  Internal,
];

/** Everything on the topic `notices.events`, and nothing else. */
export const noticesEvents = new EventCatalogue(contracts);

/** Any event of the notices service, in its newest version. */
export type NoticesEvent = EventOf<(typeof contracts)[number]>;
