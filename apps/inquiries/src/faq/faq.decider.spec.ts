import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FaqDrafted, FaqPublished } from '#contracts/inquiries/faq.events.js';
import { fold } from '#kernel/decider.js';
import { Refusal } from '#kernel/refusal.js';
import { specOf } from '#kernel/spec.js';
import type { DeskEvent } from '../desk/desk-events.js';
import { faq } from './faq.decider.js';
import { isValidOn, type Faq, type FaqCommand, type FaqEntry } from './faq.js';

type Drafted = FaqDrafted['data'];
type Approved = FaqPublished['data'];

const { given } = specOf(faq);
const id = (n: number) => `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`;
const [faqId, writer, supervisor] = [id(42), id(31), id(32)];
const entry: FaqEntry = {
  ...{ faqNo: 'Q-1', category: 'belongings', question: '持ち物は', answer: '筆記用具', keywords: [] },
  reviewBy: '2025-08-29',
};
const other = { ...entry, answer: '筆記用具とスマートフォン' };
const draft = (what = entry, by = writer): FaqCommand => ({ do: 'draft', faqId, by, entry: what, source: 'city' });
const drafted = (version: number, what = entry, by = writer): DeskEvent => ({
  type: 'FaqDrafted',
  data: { faqId, version, ...what, source: 'city', draftedBy: by },
});
const published = (version: number): DeskEvent => ({
  type: 'FaqPublished',
  data: { faqId, version, approvedBy: supervisor },
});
const publish = (version: number, by = supervisor): FaqCommand => ({ do: 'publish', faqId, by, version });
const sentBack = (version: number): DeskEvent => ({
  type: 'FaqSentBack',
  data: { faqId, version, sentBackBy: supervisor, reasonCode: 'unclear' },
});
const retired: DeskEvent = {
  type: 'FaqRetired',
  data: { faqId, version: 1, retiredBy: supervisor, reasonCode: 'outdated' },
};

describe('an entry of the FAQ (R018, R019)', () => {
  test('is written, and approved by somebody else', () => {
    given().when(draft()).then(drafted(1));
    given(drafted(1)).when(publish(1)).then(published(1));
    given(drafted(1)).when(publish(1, writer)).thenRefuses('own-draft');
  });

  test('is approved as it was read: written anew meanwhile, it is not', () => {
    given(drafted(1), drafted(2, other)).when(publish(1)).thenRefuses('no-such-draft', { draftVersion: 2 });
    given(drafted(1), published(1)).when(publish(1)).thenRefuses('no-such-draft', { publishedVersion: 1 });
  });

  test('said the same again changes nothing, whether it waits, was sent back or is answered', () => {
    given(drafted(1)).when(draft()).thenNothing();
    given(drafted(1), sentBack(1)).when(draft()).thenNothing();
    given(drafted(1), published(1)).when(draft()).thenNothing();
    given(drafted(1), published(1)).when(draft(other)).then(drafted(2, other));
  });

  test('that was sent back is not published; what was answered before stays', () => {
    given(drafted(1), published(1), drafted(2, other), sentBack(2)).when(publish(2)).thenRefuses('no-such-draft');
    const past = [drafted(1), published(1), drafted(2, other), sentBack(2)];
    expect(fold(faq, past).published?.version).toBe(1);
  });

  test('is looked at again, after which an old list with the old date says nothing new', () => {
    const reviewBy = '2025-12-10';
    const reviewed: DeskEvent = { type: 'FaqReviewed', data: { faqId, version: 1, reviewedBy: supervisor, reviewBy } };
    given(drafted(1), published(1)).when({ do: 'review', faqId, by: supervisor, reviewBy }).then(reviewed);
    given(drafted(1), published(1), reviewed).when(draft()).thenNothing();
    given(drafted(1), published(1), reviewed)
      .when(draft({ ...entry, reviewBy: '2026-03-01' }))
      .then(drafted(2, { ...entry, reviewBy: '2026-03-01' }));
    given(drafted(1)).when({ do: 'review', faqId, by: supervisor, reviewBy }).thenRefuses('not-published');
  });

  test('is retired once, and comes back by a new version only', () => {
    const retire: FaqCommand = { do: 'retire', faqId, by: supervisor, reasonCode: 'outdated' };
    given(drafted(1), published(1)).when(retire).then(retired);
    given(drafted(1), published(1), retired).when(retire).thenNothing();
    given(drafted(1), published(1), retired).when(draft()).then(drafted(2));
    const back = [drafted(1), published(1), retired, drafted(2)];
    expect(fold(faq, back)).toMatchObject({ retired: true });
    expect(fold(faq, [...back, published(2)])).not.toHaveProperty('retired');
    given().when(retire).thenRefuses('not-found');
  });

  test('for any history: nothing is answered that its own writer approved, and versions only grow', () => {
    const actors = fc.constantFrom(writer, supervisor);
    const commands = fc.oneof(
      fc.record({ entry: fc.constantFrom(entry, other), by: actors }).map((one) => draft(one.entry, one.by)),
      fc.record({ version: fc.integer({ min: 1, max: 5 }), by: actors }).map((one) => publish(one.version, one.by)),
      fc.constantFrom<FaqCommand>(
        { do: 'sendBack', faqId, by: supervisor, version: 1, reasonCode: 'unclear' },
        { do: 'retire', faqId, by: supervisor, reasonCode: 'outdated' },
      ),
    );
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 30 }), (story) => {
        let state = faq.initialState;
        const told: DeskEvent[] = [];
        for (const command of story) {
          const events = decidedOrRefused(command, state);
          told.push(...events);
          state = fold(faq, events, state);
          expect(state.published === undefined || state.retired === undefined).toBe(true);
        }
        const drafts = told.filter(({ type }) => type === 'FaqDrafted').map(({ data }) => data as Drafted);
        const writerOf = new Map(drafts.map(({ version, draftedBy }) => [version, draftedBy]));
        expect(writerOf.size).toBe(drafts.length);
        const approved = told.filter(({ type }) => type === 'FaqPublished').map(({ data }) => data as Approved);
        expect(approved.filter(({ version, approvedBy }) => writerOf.get(version) === approvedBy)).toEqual([]);
      }),
    );
  });
});

test('an entry is answered from its first to its last day', () => {
  const summer = { validFrom: '2025-07-11', validTo: '2025-09-30' };
  const days = ['2025-07-10', '2025-07-11', '2025-09-30', '2025-10-01'];
  expect(days.map((day) => isValidOn(summer, day))).toEqual([false, true, true, false]);
  expect(isValidOn({}, '1999-01-01')).toBe(true);
});

/** What is no refusal fails the law. */
function decidedOrRefused(command: FaqCommand, state: Faq): readonly DeskEvent[] {
  try {
    return faq.decide(command, state);
  } catch (thrown) {
    if (thrown instanceof Refusal) return [];
    throw thrown;
  }
}
