import type { FaqLine } from './faq.body.js';
import type { ShelvedFaq, WrittenVersion } from './faq-shelf.js';
import { faqVersionOf, type FaqVersion } from './faq.js';

export type LineState = 'published' | 'waiting' | 'sentBack' | 'retired';

/** An entry as a list shows it: what waits for approval before what is answered. */
export function lineOf({ id, state }: ShelvedFaq, last?: WrittenVersion): FaqLine | undefined {
  const { draft, published, sentBack, retired } = state;
  if (draft !== undefined) return versionLine(id, draft, 'waiting');
  if (published !== undefined) return versionLine(id, published, 'published');
  if (sentBack !== undefined) return versionLine(id, sentBack, 'sentBack');
  return retired && last ? versionLine(id, faqVersionOf(last.data), 'retired') : undefined;
}

export function versionLine(faqId: string, { version, entry, source }: FaqVersion, state: LineState): FaqLine {
  return { faqId, version, ...entry, keywords: [...entry.keywords], state, source } as FaqLine;
}
