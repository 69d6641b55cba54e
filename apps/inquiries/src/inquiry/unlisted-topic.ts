import { createHmac } from 'node:crypto';
import type { TermKeys } from '#vault/term-keys.js';
import { topicText } from '../faq/search-text.policy.js';

/**
 * Names an unlisted question: the same question in a term has the same id, and nobody without the term's key can tell
 * which question it is. (design §6: a hash over words that may hold a name is keyed)
 */
export function unlistedTopicIdOf(keys: TermKeys, words: string): string {
  const digest = createHmac('sha256', keys.indexKey)
    .update(`unlisted topic\0${topicText(words)}`)
    .digest('hex');
  const [a, b, c, d, e] = [0, 8, 12, 16, 20].map((from, i) => digest.slice(from, from + [8, 4, 4, 4, 12][i]!));
  return `${a}-${b}-${c}-${d}-${e}`;
}
