import { dateAt } from '#calendar/civil-time.js';
import type { InquiriesEvent } from '#contracts/inquiries/inquiries.events.js';
import type { ApplyContext } from '#platform/subscription/subscriber.js';
import { dayOf, type Heard } from '../ledger/heard.js';
import { foldVersions, touches, type Touched } from '../ledger/versions.js';
import { foldCare } from './care.projector.js';
import { FAQ, INQUIRY, type FaqRow, type InquiryRow } from './inquiry.row.js';

/** Questions, the FAQ, and what the desk has to care for afterwards. */
export async function foldInquiries(context: ApplyContext, batch: readonly Heard<InquiriesEvent>[]): Promise<void> {
  await foldVersions<InquiryRow>(context, INQUIRY, touches(batch, inquiryTouch));
  await foldVersions<FaqRow>(context, FAQ, touches(batch, faqTouch));
  await foldCare(context, batch);
}

function inquiryTouch({ type, data }: Heard<InquiriesEvent>): Touched<InquiryRow> {
  switch (type) {
    case 'InquiryRecorded':
    case 'InquiryTallied': {
      const recorded = type === 'InquiryRecorded' ? data : undefined;
      const row = {
        ...{ term_id: data.termId, day: dateAt(Date.parse(data.receivedAt)) },
        ...{ channel: data.channel, category: data.category, tallied: type === 'InquiryTallied', undone: false },
        outcome: recorded?.outcome ?? null,
        resolved_at_once: recorded?.firstContactResolution ?? null,
        unlisted: recorded?.unlistedTopicId !== undefined,
        ...{ received_at: data.receivedAt, handover: recorded?.handover ?? false, noted: recorded?.noted ?? false },
      };
      return { key: data.inquiryId, after: () => row };
    }
    case 'InquiryTallyUndone':
      return { key: data.inquiryId, after: (before) => before && { ...before, undone: true } };
    case 'InquiryCorrected':
      return {
        key: data.inquiryId,
        after: (before) => before && { ...before, category: data.category, handover: data.handover },
      };
    default:
      return undefined;
  }
}

function faqTouch(heard: Heard<InquiriesEvent>): Touched<FaqRow> {
  const { type, data } = heard;
  const day = dayOf(heard);
  switch (type) {
    case 'FaqDrafted': {
      const { faqId, question, category } = data;
      const after = (before: FaqRow | undefined): FaqRow => ({
        ...{ question, category, published: before?.published ?? 0, change: null, day },
      });
      return { key: faqId, after };
    }
    case 'FaqPublished':
      return {
        key: data.faqId,
        after: (before) =>
          before && { ...before, published: data.version, change: before.published === 0 ? 'added' : 'revised', day },
      };
    case 'FaqRetired':
      return { key: data.faqId, after: (before) => before && { ...before, published: 0, change: 'retired', day } };
    default:
      return undefined;
  }
}
