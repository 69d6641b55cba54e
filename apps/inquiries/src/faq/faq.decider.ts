import { isDeepStrictEqual } from 'node:util';
import type { Decider } from '#kernel/decider.js';
import { Refusal } from '#kernel/refusal.js';
import type { DeskEvent } from '../desk/desk-events.js';
import { faqVersionOf, type Faq, type FaqCommand, type FaqEntry, type FaqVersion } from './faq.js';

type Of<Do extends FaqCommand['do']> = Extract<FaqCommand, { readonly do: Do }>;

/** An entry of the FAQ: written, approved by a supervisor who did not write it, answered, retired. (R018, R019) */
export const faq: Decider<Faq, FaqCommand, DeskEvent> = {
  initialState: { lastVersion: 0 },
  decide: (command, state) => {
    if (command.do === 'draft') return draft(command, state);
    if (state.lastVersion === 0) throw new Refusal('not-found', 'not-found', 'There is no such entry.');
    const { faqId, by } = command;
    switch (command.do) {
      case 'publish': {
        const { version, draftedBy } = mustBeDraft(state, command.version);
        if (draftedBy === by) {
          throw new Refusal('own-draft', 'forbidden', 'Somebody else has to approve what you wrote.', {
            faqId,
            version,
          });
        }
        return [{ type: 'FaqPublished', data: { faqId, version, approvedBy: by } }];
      }
      case 'sendBack': {
        const { version } = mustBeDraft(state, command.version);
        return [{ type: 'FaqSentBack', data: { faqId, version, sentBackBy: by, reasonCode: command.reasonCode } }];
      }
      case 'review': {
        const { version, entry } = mustBePublished(state);
        if (entry.reviewBy === command.reviewBy) return [];
        return [{ type: 'FaqReviewed', data: { faqId, version, reviewedBy: by, reviewBy: command.reviewBy } }];
      }
      case 'retire':
        if (state.retired) return [];
        return [{ type: 'FaqRetired', data: { faqId, version: state.published?.version ?? state.lastVersion, retiredBy: by, reasonCode: command.reasonCode } }]; // prettier-ignore
    }
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'FaqDrafted': {
        // Written again, a retired entry stays retired until somebody publishes it
        const { sentBack: _, ...rest } = state;
        const { faqId, version } = event.data;
        return { ...rest, faqId, lastVersion: version, draft: faqVersionOf(event.data) };
      }
      case 'FaqPublished': {
        const { draft: published, retired: _, ...rest } = state;
        return published === undefined ? state : { ...rest, published };
      }
      case 'FaqSentBack': {
        const { draft: sentBack, ...rest } = state;
        return sentBack === undefined ? state : { ...rest, sentBack };
      }
      case 'FaqReviewed': {
        const { published } = state;
        if (published === undefined) return state;
        return { ...state, published: { ...published, entry: { ...published.entry, reviewBy: event.data.reviewBy } } };
      }
      case 'FaqRetired': {
        const { draft: _, published: __, sentBack: ___, ...rest } = state;
        return { ...rest, retired: true };
      }
      default:
        return state;
    }
  },
};

/** What says the same as what waits, or else as what is answered, changes nothing: a list may be read twice. */
function draft({ faqId, by, entry, source, unlistedTopicId, importId }: Of<'draft'>, state: Faq): DeskEvent[] {
  const { draft: waiting, sentBack, published, lastVersion } = state;
  const current = waiting === undefined ? [sentBack, published] : [waiting];
  if (current.some((one) => one !== undefined && saysTheSame(entry, one.entry))) return [];
  const origin = {
    ...{ source, draftedBy: by },
    ...(unlistedTopicId !== undefined && { unlistedTopicId }),
    ...(importId !== undefined && { importId }),
  };
  return [{ type: 'FaqDrafted', data: { faqId, version: lastVersion + 1, ...entry, ...origin } }];
}

/** A list that still has the review date of last time says nothing new. */
function saysTheSame({ reviewBy, ...entry }: FaqEntry, { reviewBy: current = '', ...other }: FaqEntry): boolean {
  return isDeepStrictEqual(entry, other) && (reviewBy ?? '') <= current;
}

function mustBeDraft(state: Faq, version: number): FaqVersion {
  if (state.draft?.version === version) return state.draft;
  throw new Refusal('no-such-draft', 'conflict', 'This version does not wait for approval: look at the entry again.', {
    ...(state.draft && { draftVersion: state.draft.version }),
    ...(state.published && { publishedVersion: state.published.version }),
  });
}

function mustBePublished({ published }: Faq): FaqVersion {
  if (published !== undefined) return published;
  throw new Refusal('not-published', 'conflict', 'Only a published entry is reviewed.');
}
