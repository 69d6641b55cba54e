import type { NoticeTemplateAccepted } from '#contracts/notices/notice-template.events.js';
import type { NoticesEvent } from '#contracts/notices/notices.events.js';
import type { Decider } from '#kernel/decider.js';
import { Refusal } from '#kernel/refusal.js';

export type AcceptedTemplate = NoticeTemplateAccepted['data'];

/** What is used for a term, or for all that have none of their own. */
export interface UsedTemplate {
  readonly inUse?: AcceptedTemplate;
}

export interface AcceptTemplate {
  readonly template: AcceptedTemplate;
  /** Another than was used in the term already: last year's, or of another term. (§8.8) */
  readonly isEarlier: boolean;
}

export const noticeTemplates: Decider<UsedTemplate, AcceptTemplate, NoticesEvent> = {
  initialState: {},
  decide: ({ template, isEarlier }, { inUse }) => {
    if (isEarlier && template.agreementNumber === undefined) {
      throw new Refusal('agreement-needed', 'unprocessable', 'To use an earlier template, name the agreement.', {
        templateVersion: template.templateVersion,
      });
    }
    if (inUse?.sha256 === template.sha256 && !isEarlier) return [];
    return [{ type: 'NoticeTemplateAccepted', data: template }];
  },
  evolve: (used, { type, data }) => (type === 'NoticeTemplateAccepted' ? { inUse: data } : used),
};
