import type { FaqDrafted } from '#contracts/inquiries/faq.events.js';

type Drafted = FaqDrafted['data'];

/** What is read out, and when. */
export type FaqEntry = Pick<
  Drafted,
  'faqNo' | 'category' | 'question' | 'answer' | 'keywords' | 'validFrom' | 'validTo' | 'reviewBy'
>;

/** One writing of an entry. */
export interface FaqVersion {
  readonly version: number;
  readonly entry: FaqEntry;
  readonly source: Drafted['source'];
  readonly draftedBy: string;
}

export interface Faq {
  readonly faqId?: string;
  /** The last version that was written; 0 before the first. */
  readonly lastVersion: number;
  /** Written, and neither published nor sent back. */
  readonly draft?: FaqVersion;
  readonly published?: FaqVersion;
  /** A draft that the supervisor gave back. */
  readonly sentBack?: FaqVersion;
  readonly retired?: true;
}

export type FaqCommand = { readonly faqId: string; readonly by: string } & (
  | ({ readonly do: 'draft'; readonly entry: FaqEntry } & Pick<Drafted, 'source' | 'unlistedTopicId' | 'importId'>)
  | { readonly do: 'publish'; readonly version: number }
  | { readonly do: 'sendBack'; readonly version: number; readonly reasonCode: string }
  | { readonly do: 'review'; readonly reviewBy: string }
  | { readonly do: 'retire'; readonly reasonCode: string }
);

export function faqVersionOf({ version, source, draftedBy, ...data }: Drafted): FaqVersion {
  const { faqId: _, unlistedTopicId: __, importId: ___, ...entry } = data;
  return { version, entry, source, draftedBy };
}

/** Whether an entry is answered on a day, both ends included. */
export function isValidOn({ validFrom, validTo }: Pick<FaqEntry, 'validFrom' | 'validTo'>, date: string): boolean {
  return (validFrom === undefined || validFrom <= date) && (validTo === undefined || date <= validTo);
}
