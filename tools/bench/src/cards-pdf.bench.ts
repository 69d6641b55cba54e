import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CardPrinter } from '#office/card/card-printer.js';
import type { Card } from '#office/card/card.js';
import { FontChain } from '#office/font/font-chain.js';
import { fontFiles } from '#office/font/font-files.js';
import { addressSide, fixedAddressSide } from '#office/print/address-side.js';
import { madeUpCards, madeUpSettings } from '#office/rehearsal/made-up-cards.js';
import type { Bench } from './bench.js';
import { cardRival } from './card-rivals.js';
import { memoryOfCards } from './cards-memory.js';
import { paired } from './paired.js';
import { judge, judgeAmount } from './result.js';

const COUNT = 2_000;
const ROUNDS = 5;
const MEMORY = 200;
const POINTS = 72 / 25.4;

interface PdfFont {
  encodeText(text: string): unknown;
  readonly name: string;
}
interface PdfPage {
  node: { newFontDictionary(name: string, ref: unknown): unknown };
  pushOperators(...operators: unknown[]): void;
}
interface PdfDocument {
  registerFontkit(fontkit: unknown): void;
  embedFont(bytes: Uint8Array, options: object): Promise<PdfFont & { ref: unknown }>;
  addPage(size: [number, number]): PdfPage;
  save(): Promise<Uint8Array>;
}
type Operator = (...args: unknown[]) => unknown;
interface PdfLib {
  readonly PDFDocument: { create(): Promise<PdfDocument> };
  readonly [operator: string]: Operator | unknown;
}

/**
 * The address sides of 2,000 people beside pdf-lib, which draws the same plan with the same font: each laid out anew, glyph
 * by glyph, with its low-level operators, which are its fastest way.
 */
export const cardsPdf: Bench = async function* ({ progress }) {
  progress('cards-pdf');
  const folder = await mkdtemp(join(tmpdir(), 'uketsuke-bench-cards-'));
  const printer = new CardPrinter();
  try {
    const cards = madeUpCards(COUNT);
    const fonts = new FontChain();
    const measured = await paired(
      () => perCard(async () => writeFile(join(folder, 'rival.pdf'), await withPdfLib(cards, fonts))),
      () => perCard(() => printer.writeAddresses(cards, madeUpSettings, folder)),
      ROUNDS,
    );
    yield judge(
      {
        bench: 'cards-pdf',
        candidate: '2,000 address sides, in a thread, synced',
        baseline: 'pdf-lib 1.17.1, same plan and font, written, not synced',
        unit: 'cards/s',
        limit: 2,
        direction: 'atLeast',
      },
      measured,
    );
    progress('cards-pdf, memory');
    yield judgeAmount(
      { bench: 'cards-pdf', candidate: 'the process above idle', unit: 'MB', limit: MEMORY, direction: 'atMost' },
      await memoryOfCards('addresses', COUNT),
    );
  } finally {
    await printer.close();
    await rm(folder, { recursive: true, force: true });
  }
};

async function perCard(write: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await write();
  return (COUNT * 1_000) / (performance.now() - start);
}

async function withPdfLib(cards: readonly Card[], fonts: FontChain): Promise<Uint8Array> {
  const lib = cardRival<PdfLib>('pdf-lib');
  const operator = (name: string) => lib[name] as Operator;
  const [push, concat, begin, end] = ['pushGraphicsState', 'concatTransformationMatrix', 'beginText', 'endText'].map(
    operator,
  );
  const [setFont, setMatrix, show] = ['setFontAndSize', 'setTextMatrix', 'showText'].map(operator);
  const [rectangle, fill, stroke, pop] = ['rectangle', 'fill', 'stroke', 'popGraphicsState'].map(operator);
  const document = await lib.PDFDocument.create();
  document.registerFontkit(cardRival('@pdf-lib/fontkit'));
  const bytes = readFileSync(fontFiles().body[0]!.path);
  const upright = await document.embedFont(bytes, { subset: true, features: { vert: true } });
  const fixed = fixedAddressSide(madeUpSettings, fonts);
  for (const card of cards) {
    const plan = addressSide(card, madeUpSettings, fonts, fixed);
    const page = document.addPage([100 * POINTS, 148 * POINTS]);
    const name = page.node.newFontDictionary(upright.name, upright.ref);
    const operators = [push!(), concat!(POINTS, 0, 0, -POINTS, 0, 148 * POINTS)];
    for (const { x, y, width, height, line } of [...fixed.boxes, ...plan.boxes]) {
      operators.push(rectangle!(x, y, width, height), line === undefined ? fill!() : stroke!());
    }
    operators.push(begin!(), setFont!(name, 1));
    for (const { glyph, x, y, size } of [...fixed.glyphs, ...plan.glyphs]) {
      const text = String.fromCodePoint(...glyph.codePoints);
      operators.push(setMatrix!(size, 0, 0, -size, x, y), show!(upright.encodeText(text)));
    }
    page.pushOperators(...operators, end!(), pop!());
  }
  return document.save();
}
