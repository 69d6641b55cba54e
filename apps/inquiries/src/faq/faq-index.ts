import { searchText } from './search-text.policy.js';

export interface IndexedEntry {
  readonly faqId: string;
  readonly category: string;
  readonly question: string;
  readonly answer: string;
  readonly keywords: readonly string[];
}

export interface Hit {
  readonly faqId: string;
  readonly score: number;
}

/** What stands in a question or a keyword says more about an entry than what stands in its answer. */
const IN_QUESTION = 3;
const IN_ANSWER = 1;
/** Of what was asked, weighed by how rare it is, so much has to be found. */
const COVERAGE = 0.3;
/** What is found less well than half of the best is not shown beside it: whatever has all the words is far above. */
const OF_THE_BEST = 0.5;
/** Hits of which it is looked whether the words stand there as they were typed. */
const LOOKED_AT = 60;

/** Where a part of a word stands: entries, and how much that says. */
interface Postings {
  readonly entries: number[];
  readonly weights: number[];
}

/**
 * Full-text search on parts of words, in memory: every two letters in a row are looked up, so that neither a dictionary nor
 * blanks between words are needed, which Japanese has not. Some thousand entries are searched in well under a tenth of a
 * millisecond. (docs/decisions/0034-faq-search.md)
 */
export class FaqIndex {
  private readonly postings = new Map<string, Postings>();
  private readonly texts: string[];
  private readonly scores: Float64Array;

  constructor(private readonly entries: readonly IndexedEntry[]) {
    this.scores = new Float64Array(entries.length);
    this.texts = entries.map(({ question, keywords, answer }) =>
      [question, ...keywords, answer].map(searchText).join('\n'),
    );
    entries.forEach(({ question, keywords, answer }, at) => {
      for (const text of [question, ...keywords]) this.post(at, searchText(text), IN_QUESTION);
      this.post(at, searchText(answer), IN_ANSWER);
    });
  }

  /** @returns the best first, at most `limit`; empty for a text without a letter */
  search(text: string, { limit = 20, category }: { limit?: number; category?: string | undefined } = {}): Hit[] {
    const words = text.normalize('NFKC').split(/\s+/).map(searchText).filter((word) => word !== ''); // prettier-ignore
    const parts = new Set(words.flatMap(partsOf));
    const { scores, entries } = this;
    const touched: number[] = [];
    let whole = 0;
    for (const part of parts) {
      const found = this.postings.get(part);
      const weight = Math.log(1 + entries.length / (1 + (found?.entries.length ?? 0)));
      whole += weight;
      if (found === undefined) continue;
      for (let i = 0; i < found.entries.length; i++) {
        const at = found.entries[i]!;
        if (scores[at] === 0) touched.push(at);
        scores[at]! += weight * (1 + found.weights[i]! / 10);
      }
    }
    let most = 0;
    for (const at of touched) if (scores[at]! > most) most = scores[at]!;
    const least = Math.max(whole * COVERAGE, most * OF_THE_BEST);
    const hits: { at: number; score: number }[] = [];
    for (const at of touched) {
      const score = scores[at]!;
      scores[at] = 0;
      if (score >= least && (category === undefined || entries[at]!.category === category)) hits.push({ at, score });
    }
    hits.sort((a, b) => b.score - a.score || a.at - b.at);
    const best = hits.slice(0, Math.max(limit, LOOKED_AT)).map(({ at, score }) => ({
      ...{ at, score: score * (words.every((word) => this.texts[at]!.includes(word)) ? 2 : 1) },
    }));
    best.sort((a, b) => b.score - a.score || a.at - b.at);
    return best.slice(0, limit).map(({ at, score }) => ({ faqId: entries[at]!.faqId, score }));
  }

  private post(at: number, text: string, weight: number): void {
    for (const part of new Set([...partsOf(text), ...text])) {
      let found = this.postings.get(part);
      if (found === undefined) this.postings.set(part, (found = { entries: [], weights: [] }));
      // An entry is posted in one go, so it is the last of every list that has it
      const last = found.entries.length - 1;
      if (found.entries[last] === at) found.weights[last] = Math.max(found.weights[last]!, weight);
      else {
        found.entries.push(at);
        found.weights.push(weight);
      }
    }
  }
}

/** Every two letters in a row; a single letter is itself. */
function partsOf(text: string): string[] {
  const letters = [...text];
  return letters.length < 2 ? letters : letters.slice(1).map((letter, i) => letters[i]! + letter);
}
