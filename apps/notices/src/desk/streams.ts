import { noticesEvents, type NoticesEvent } from '#contracts/notices/notices.events.js';
import { streamTypesIn } from '#platform/hosting/event-streams.js';
import { streamRef } from '#platform/lane/lane-command.js';
import { noticeBatches } from '../notice-batch/notice-batch.decider.js';
import { notices } from '../notice/notice.decider.js';
import { postingSettings } from '../posting-settings/posting-settings.decider.js';
import { noticeTemplates } from '../template/notice-template.decider.js';

// What is decided together, and under which name it stands in the log (design §4).

const streamType = streamTypesIn<NoticesEvent>(noticesEvents);

const ofReservations = streamType('notice', notices);
const ofSettings = streamType('posting-settings', postingSettings);
const ofTemplates = streamType('notice-template', noticeTemplates);
const ofBatches = streamType('notice-batch', noticeBatches);

/** What the desk owes one reservation by post. */
export const noticeStream = (reservationId: string) => streamRef(ofReservations, reservationId);
export const batchStream = (batchId: string) => streamRef(ofBatches, batchId);
/** There is one: how this desk posts. */
export const settingsStream = () => streamRef(ofSettings, 'desk');
/** What is used for a term, or, without one, for all that have none of their own. */
export const templateStream = (termId: string | undefined) => streamRef(ofTemplates, termId ?? 'desk');
