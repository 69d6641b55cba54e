import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Addressee } from '../card/card.js';
import type { CardSettings } from '../card/card-settings.js';
import { FontChain } from '../font/font-chain.js';
import { madeUpAddressee, madeUpCard, madeUpSettings } from '../rehearsal/made-up-cards.js';
import { addressSide, fixedAddressSide } from './address-side.js';
import { addressAfterTown, barBoxes, barsFor, readBars } from './barcode-bars.js';
import { CARD_HEIGHT, CARD_WIDTH, allFlaws, type PlacedGlyph, type SidePlan } from './side-plan.js';

const fonts = new FontChain();

function planOf(addressee: Partial<Addressee>, changes: Partial<CardSettings> = {}): SidePlan {
  const settings = { ...madeUpSettings, ...changes };
  return addressSide(madeUpCard(addressee), settings, fonts, fixedAddressSide(settings, fonts));
}

/** The columns of a plan from right to left, each read downwards. */
function columnsOf(plan: SidePlan, within: (glyph: PlacedGlyph) => boolean = () => true): string[] {
  const columns = new Map<number, PlacedGlyph[]>();
  for (const glyph of plan.glyphs.filter((one) => one.y > 26 && within(one))) {
    const middle = Math.round(
      glyph.turn === 90 ? glyph.x + 0.36 * glyph.size : glyph.x + (glyph.glyph.width * glyph.size) / 2,
    );
    columns.set(middle, [...(columns.get(middle) ?? []), glyph]);
  }
  return [...columns]
    .toSorted(([a], [b]) => b - a)
    .map(([, glyphs]) => glyphs.map(({ glyph }) => String.fromCodePoint(...glyph.codePoints)).join(''));
}

const barcodeOf = (plan: SidePlan) => readBars(plan.boxes.filter(({ y, ink }) => y > 130 && ink === undefined));

describe('the address side', () => {
  test('reads from right to left: street, building, name', () => {
    expect(columnsOf(planOf({}))).toEqual([
      '北海道札幌市北区北二十四条西五丁目一–二〇',
      'メゾン・ド・ローゼンベルク一二〇八号室',
      '髙橋𠮷之助様',
    ]);
  });

  test('sets a name in two columns when one would make it tiny, and 様 stays with its end', () => {
    const plan = planOf({
      familyName: '社会福祉法人',
      givenName: '札幌あいの里高齢者総合支援センターひまわり苑',
      building: '',
      roomNumber: '',
    });
    const columns = columnsOf(plan, ({ x }) => x < 60 && x > 30);
    expect(columns).toHaveLength(2);
    expect(columns.join('')).toBe('社会福祉法人札幌あいの里高齢者総合支援センターひまわり苑様');
    expect(columns[1]!.length).toBeGreaterThan(3);
    const sizes = plan.glyphs.filter(({ x, y }) => x < 60 && x > 30 && y > 26).map(({ size }) => size);
    expect(Math.min(...sizes)).toBeGreaterThan(4.5);
    expect(allFlaws(plan)).toEqual([]);
  });

  test('says which field is too long instead of making it illegible', () => {
    expect(allFlaws(planOf({ building: 'あ'.repeat(200) }))).toMatchObject([{ code: 'overflow', field: 'building' }]);
    expect(allFlaws(planOf({ givenName: 'か'.repeat(90) }))).toMatchObject([{ code: 'overflow', field: 'givenName' }]);
    expect(allFlaws(planOf({ blockLot: '大'.repeat(200) }))).toMatchObject([{ code: 'overflow', field: 'blockLot' }]);
  });

  test('has the frame of the post: 47.7 mm, 8 from the right, 12 from the top, and moves it as it is told', () => {
    const frame = planOf({}).boxes.filter(({ ink, line }) => ink === 'vermilion' && line !== undefined);
    expect(frame).toHaveLength(7);
    const edge = (box: (typeof frame)[number]) => box.x - box.line! / 2;
    expect(edge(frame[0]!)).toBeCloseTo(CARD_WIDTH - 8 - 47.7, 2);
    expect(edge(frame[6]!) + 5.7).toBeCloseTo(CARD_WIDTH - 8, 2);
    expect(frame[0]!.y - frame[0]!.line! / 2).toBeCloseTo(12, 2);
    const printed = planOf({}, { frame: { drawn: false, right: 7, top: 13 } });
    expect(printed.boxes.filter(({ ink }) => ink === 'vermilion')).toEqual([]);
    const digit = (plan: SidePlan) => plan.glyphs.find(({ y }) => y < 26)!;
    expect(digit(printed).x - digit(planOf({})).x).toBeCloseTo(1, 2);
    expect(digit(printed).y - digit(planOf({})).y).toBeCloseTo(1, 2);
  });

  test('moves as a whole for a printer that feeds a little off', () => {
    const [still, moved] = [planOf({}), planOf({}, { shift: { right: 1.5, down: -1 } })];
    expect(moved.glyphs[0]!.x - still.glyphs[0]!.x).toBeCloseTo(1.5);
    expect(moved.under!.glyphs[0]!.y - still.under!.glyphs[0]!.y).toBeCloseTo(-1);
  });

  test.each([
    ['postalCard', ''],
    ['stamped', '郵便はがき切手'],
    ['paidSeparately', '郵便はがき札幌中央局料金別納郵便'],
    ['paidLater', '郵便はがき札幌中央局料金後納郵便'],
  ] as const)('of stock %s has "%s" at the top (§8.4)', (stock, words) => {
    const { under } = planOf({}, { stock });
    const top = under!.glyphs.filter(({ y }) => y < 40);
    expect(top.map(({ glyph }) => String.fromCodePoint(...glyph.codePoints)).join('')).toBe(words);
  });

  test('of a training desk says 見本, of the real one never', () => {
    const marks = (mark: CardSettings['mark']) =>
      planOf({}, { mark }).under!.glyphs.filter(({ ink }) => ink === 'grey').length;
    expect([marks('production'), marks('training'), marks('demo')]).toEqual([0, 2, 2]);
  });

  test('keeps everything on the card, whatever people are called and wherever they live', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'北海道札幌市様方一二〇ーっ（）「」・ー 12Ab-髙𠮷'),
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(text, text, text, text, (familyName, givenName, building, careOf) => {
        const plan = planOf({ familyName, givenName, building, careOf });
        const over = plan.glyphs.filter(
          ({ x, y, size }) => x < 1 || y > CARD_HEIGHT - 10 || x + size > CARD_WIDTH || y < 5,
        );
        if (allFlaws(plan).length > 0) return;
        expect(over).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the barcode of the post on it', () => {
  test('says postcode, block and room; it is drawn 10 mm from every edge, and reads back from what is drawn', () => {
    const plan = planOf({});
    expect(barcodeOf(plan)).toBe('00100245-1-20-1208');
    const bars = plan.boxes.filter(({ y, ink }) => y > 130 && ink === undefined);
    expect(bars).toHaveLength(67);
    expect(Math.min(...bars.map(({ x }) => x))).toBeGreaterThanOrEqual(10);
    expect(Math.max(...bars.map(({ x, width }) => x + width))).toBeLessThanOrEqual(CARD_WIDTH - 10);
    expect(Math.max(...bars.map(({ y, height }) => y + height))).toBeLessThanOrEqual(CARD_HEIGHT - 10);
    const lowest = Math.max(...plan.glyphs.map(({ y }) => y));
    expect(Math.min(...bars.map(({ y }) => y)) - lowest).toBeGreaterThan(2);
  });

  test.each([
    ['a representative postcode', { postalCode: '0600000' }],
    ['a postcode that does not exist', { postalCode: '0640000' }],
    ['an address outside the town of its postcode', { postalCode: '0640804' }],
  ])('is not there for %s', (_, addressee) => expect(barcodeOf(planOf(addressee))).toBeUndefined());

  test('is not there without a postcode', () => {
    const { postalCode: _, ...without } = madeUpAddressee;
    expect(barsFor(without)).toBeUndefined();
  });

  test('takes 住所B from the data of the post', () => {
    const after = (town: string, chome: string, blockLot: string, postalCode: string) =>
      addressAfterTown({
        ...madeUpAddressee,
        town,
        chome,
        blockLot,
        postalCode,
        building: '第2郵便ハウス',
        roomNumber: '501',
      });
    expect(after('南4条西', '29', '1524-23', '0640804')).toBe('29丁目1524-23 第2郵便ハウス 501');
    expect(after('南郷通', '7丁目南', '3', '0030023')).toBe('7丁目南3 第2郵便ハウス 501');
  });

  test('that was drawn wrongly is seen', () => {
    const boxes = barBoxes(barsFor(madeUpAddressee)!);
    const harmed = boxes.map((box, at) => (at === 20 ? { ...box, height: box.height / 3 } : box));
    expect(readBars(boxes)).toBe('00100245-1-20-1208');
    expect(readBars(harmed)).not.toBe('00100245-1-20-1208');
  });
});
