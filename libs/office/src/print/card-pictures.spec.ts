import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import type { Card } from '../card/card.js';
import type { CardSettings } from '../card/card-settings.js';
import { longestCard } from '../card/longest-card.js';
import { FontChain } from '../font/font-chain.js';
import { difference, golden, picturesOf, poppler } from '../rehearsal/grey-picture.js';
import { describePoppler } from '../rehearsal/describe-where.js';
import { madeUpCard, madeUpSettings } from '../rehearsal/made-up-cards.js';
import { addressSide, fixedAddressSide } from './address-side.js';
import { CardPdf } from './card-pdf.js';
import { fixedNoticeSide, noticeSide } from './notice-side.js';

const GOLDEN = join(process.cwd(), 'libs/office/golden');
/** Of the pixels: another version of poppler smooths edges otherwise, a letter that moved by half its width is more. */
const TOLERANCE = 0.004;

const PICTURES: readonly (readonly [string, Card, Partial<CardSettings>])[] = [
  ['paid-separately', madeUpCard(), {}],
  [
    'stamped-sample',
    madeUpCard({
      town: '南郷通',
      chome: '7丁目南',
      ward: '白石区',
      postalCode: '0030023',
      building: 'J1ビル2-B（旧館）ー壱号棟',
      roomNumber: 'B106',
      careOf: '佐藤様方',
    }),
    { stock: 'stamped', mark: 'training' },
  ],
  [
    'organisation',
    madeUpCard({
      familyName: '社会福祉法人',
      givenName: '札幌あいの里高齢者総合支援センターひまわり苑',
      town: 'あいの里2条',
      chome: '3',
      postalCode: '0028072',
      blockLot: '12-1208',
      building: '',
      roomNumber: '',
    }),
    { stock: 'paidLater' },
  ],
  ['longest-on-postal-card', longestCard, { stock: 'postalCard', frame: { drawn: false, right: 8, top: 12 } }],
];

async function printed(draw: (pdf: CardPdf, fonts: FontChain) => void): Promise<Buffer> {
  const out = new PassThrough();
  const whole = buffer(out);
  const pdf = new CardPdf(out, 'spec');
  draw(pdf, new FontChain());
  pdf.end();
  return whole;
}

const addressSides = () =>
  printed((pdf, fonts) => {
    for (const [, card, changes] of PICTURES) {
      const settings = { ...madeUpSettings, ...changes };
      pdf.page(addressSide(card, settings, fonts, fixedAddressSide(settings, fonts)));
    }
  });

const noticeSides = () =>
  printed((pdf, fonts) => {
    const fixed = fixedNoticeSide(madeUpSettings, fonts);
    pdf.page(noticeSide(madeUpCard({}, { kind: 'replacement' }), madeUpSettings, fonts, fixed));
    pdf.page(noticeSide(longestCard, madeUpSettings, fonts, fixed));
  });

describePoppler('printed cards', () => {
  let [addresses, notices]: Buffer[] = [];
  beforeAll(async () => void ([addresses, notices] = await Promise.all([addressSides(), noticeSides()])));

  test.each(PICTURES.map(([name], at) => [name, at] as const))('the address side "%s" looks as it did', (name, at) => {
    const made = picturesOf(addresses!)[at]!;
    expect(difference(golden(join(GOLDEN, `address-${name}.png`), made), made)).toBeLessThan(TOLERANCE);
  });

  test.each([
    ['replacement', 0],
    ['longest', 1],
  ] as const)('the message side "%s" looks as it did', (name, at) => {
    const made = picturesOf(notices!)[at]!;
    expect(difference(golden(join(GOLDEN, `notice-${name}.png`), made), made)).toBeLessThan(TOLERANCE);
  });

  test('two different cards are told apart by the same measure', () => {
    const [first, second] = picturesOf(addresses!);
    expect(difference(first!, second!)).toBeGreaterThan(TOLERANCE * 2);
  });

  test('are 100 × 148 mm, with every font embedded in part', () => {
    expect(poppler('pdfinfo', addresses!)).toMatch(/Page size:\s+283\.46\d? x 419\.52\d? pts/);
    const fonts = poppler('pdffonts', addresses!).trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts) expect(font).toMatch(/Identity-H\s+yes yes yes/);
  });

  test('read back with the letters that were typed, variation sequences too', async () => {
    const names = ['髙橋', '﨑山', '𠮷田', '𩸽', '葛\u{e0100}'];
    const pdf = await printed((document, fonts) => {
      const fixed = fixedNoticeSide(madeUpSettings, fonts);
      for (const familyName of names)
        document.page(noticeSide(madeUpCard({ familyName }), madeUpSettings, fonts, fixed));
    });
    const pages = poppler('pdftotext', pdf).split('\f');
    expect(names.filter((name, at) => !pages[at]!.includes(name))).toEqual([]);
  });
});
