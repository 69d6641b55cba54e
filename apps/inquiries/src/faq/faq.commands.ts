import type { Call } from '#contracts/access/call.js';
import type { ReadVersion } from './faq.body.js';
import type { FaqCommand, FaqEntry } from './faq.js';

/** A new entry, or a new version of one that is there. */
export class DraftFaq {
  constructor(
    readonly call: Call,
    /** Absent for a new entry. */
    readonly faqId: string | undefined,
    readonly entry: Omit<FaqEntry, 'faqNo'> & { readonly faqNo?: string },
    readonly unlistedTopicId?: string,
  ) {}
}

type WithoutId<Command> = Command extends FaqCommand ? Omit<Command, 'faqId' | 'by'> : never;

export class StepFaq {
  constructor(
    readonly call: Call,
    readonly faqId: string,
    readonly step: WithoutId<Exclude<FaqCommand, { readonly do: 'draft' }>>,
  ) {}
}

/** All at once, or none: what a supervisor has read of a list. */
export class PublishFaqs {
  constructor(
    readonly call: Call,
    readonly entries: readonly ReadVersion[],
  ) {}
}

export class DismissCandidate {
  constructor(
    readonly call: Call,
    readonly unlistedTopicId: string,
    readonly termId: string,
    readonly timesAsked: number,
  ) {}
}
