import type { CardDraft } from './cards.js';
import type { Bound } from './digest.policy.js';

/**
 * What a digest is over; the same of the same card whenever it is looked up.
 * @param sessionVersion as it was bound: a session that only closed says what it said
 */
export function boundBy({ notice, card }: CardDraft, sessionVersion: number, templateVersion: number): Bound {
  return {
    ...{ noticeId: notice.notice_id, personId: notice.person_id, personVersion: notice.person_version },
    ...{ sessionId: notice.session_id, sessionVersion, templateVersion, text: card },
  };
}
