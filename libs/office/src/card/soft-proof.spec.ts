import { describe, expect, test } from '@jest/globals';
import { FontChain } from '../font/font-chain.js';
import { madeUpCard, madeUpCards, madeUpSettings } from '../rehearsal/made-up-cards.js';
import type { Addressee, Card } from './card.js';
import { longestCard } from './longest-card.js';
import { titleAdvice } from './sensitive-title.policy.js';
import { softProof } from './soft-proof.js';

const fonts = new FontChain();
const proofOf = (...cards: Card[]) => softProof(cards, madeUpSettings, fonts);
const codesOf = async (addressee: Partial<Addressee>) =>
  (await proofOf(madeUpCard(addressee))).map(({ code, side, field, weight }) =>
    [weight, code, side, field].filter(Boolean).join(' '),
  );

describe('the soft proof', () => {
  test('has nothing to say about good cards, the longest among them', async () => {
    expect(await softProof(madeUpCards(200), madeUpSettings, fonts)).toEqual([]);
    expect(await proofOf(longestCard)).toEqual([]);
  });

  test('names a letter that no font has by its code point, on both sides', async () => {
    expect(await proofOf(madeUpCard(), madeUpCard({ familyName: '山😀😀' }))).toMatchObject([
      { index: 1, code: 'missingGlyph', weight: 'stop', side: 'address', field: 'familyName', codePoint: 'U+1F600' },
      { index: 1, code: 'missingGlyph', weight: 'stop', side: 'notice', codePoint: 'U+1F600' },
    ]);
  });

  test.each<[Partial<Addressee>, string[]]>([
    [{ givenName: '辺\u{e0105}' }, ['stop missingVariant address givenName', 'stop missingVariant notice givenName']],
    [{ building: 'あ'.repeat(200) }, ['stop overflow address building']],
    [{ familyName: '山\u0008田' }, ['look oddCharacter familyName']],
    [{ blockLot: ' ' }, ['stop incompleteAddress blockLot']],
    [{ postalCode: '' }, ['stop missingPostalCode postalCode']],
    [{ postalCode: '9999999' }, ['look unknownPostalCode postalCode']],
    [{ postalCode: '0640804' }, ['look postalCodeElsewhere postalCode']],
    [{ postalCode: '0600000', ward: '中央区' }, []],
    [{ city: '札幌市北区', ward: '' }, []],
  ])('of %j says %j', async (addressee, codes) => expect(await codesOf(addressee)).toEqual(codes));

  test('sees the same person at the same address twice, however it was typed', async () => {
    const warnings = await proofOf(
      madeUpCard(),
      madeUpCard({ town: '北２４条西', blockLot: '１-20' }),
      madeUpCard({ givenName: '花子' }),
    );
    expect(warnings).toMatchObject([{ index: 1, code: 'duplicateAddressee', weight: 'look' }]);
  });

  test('holds no name and no address', async () => {
    const told = JSON.stringify(
      await proofOf(madeUpCard({ familyName: '山田😀', building: '秘密荘'.repeat(90), postalCode: '9999999' })),
    );
    expect(told).not.toMatch(/山田|秘密|24条/);
  });
});

describe('a course title on open mail (§8.5)', () => {
  test.each(['認知症の方のご家族のためのスマホ講座', 'ひきこもり支援講座', '介護とデジタル', '生活保護の方へ'])(
    '%s is advised against',
    (title) => {
      const advice = titleAdvice(title)!;
      expect(title).toContain(advice.word);
      expect(advice.message).toContain('目隠しシール');
      expect(titleAdvice(advice.neutralTitle)).toBeUndefined();
    },
  );

  test('warns on each card that bears it, and not where a neutral one is printed', async () => {
    const [card, other] = [madeUpCard(), madeUpCard({ givenName: '次郎' })];
    const session = { ...card.session, courseTitle: '認知症の方のためのスマホ講座' };
    expect(await proofOf({ ...card, session }, other)).toMatchObject([
      { index: 0, code: 'tellingTitle', weight: 'look' },
    ]);
  });

  test('an ordinary one is not', () => expect(titleAdvice('はじめてのスマートフォン講座（入門編）')).toBeUndefined());
});
