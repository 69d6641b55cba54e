import { Refusal } from '#kernel/refusal.js';
import { searchText } from '../faq/search-text.policy.js';

/** Nine digits in a row, however they are grouped: somebody's telephone. */
const TELEPHONE = /\d(?:[-‐－ー()（）\s]*\d){8,}/u;

/**
 * What is put to the city names nobody (design §6): the name of whoever waits, or a telephone number, does not stand in it.
 * @throws Refusal `names-in-question` 400
 */
export function mustNameNobody(question: string, names: readonly string[]): void {
  const plain = searchText(question);
  const parts = names.flatMap((name) => [name, ...name.split(/[\s　]+/)]).map(searchText);
  const named = parts.some((part) => part.length >= 2 && plain.includes(part));
  if (!named && !TELEPHONE.test(question.normalize('NFKC'))) return;
  throw new Refusal('names-in-question', 'invalid', 'The question goes to the city: leave out names and numbers.');
}
