import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { CardPrinter } from '#office/card/card-printer.js';
import type { Card } from '#office/card/card.js';
import { madeUpCards, madeUpSettings } from '#office/rehearsal/made-up-cards.js';
import { defaultNoticeTemplate } from '#office/template/default-template.js';
import { NOTICE_FIELDS } from '#office/template/notice-fields.js';
import type { Bench } from './bench.js';
import { cardRival } from './card-rivals.js';
import { memoryOfCards } from './cards-memory.js';
import { paired } from './paired.js';
import { judge, judgeAmount } from './result.js';

const COUNT = 2_000;
const ROUNDS = 5;
const A_FILE = 500;
const MEMORY = 150;

interface Docxtemplater {
  render(data: unknown): void;
  getZip(): { generate(options: object): Uint8Array };
}

/** The notices of 2,000 people from one template, 500 a file, beside docxtemplater with the same template and the same texts. */
export const cardsDocx: Bench = async function* ({ progress }) {
  progress('cards-docx');
  const folder = await mkdtemp(join(tmpdir(), 'uketsuke-bench-cards-'));
  const printer = new CardPrinter();
  try {
    const template = await defaultNoticeTemplate();
    const cards = madeUpCards(COUNT);
    const render = docxtemplater(looped(template.bytes));
    const measured = await paired(
      () =>
        perCard(async () => {
          for (let from = 0; from < COUNT; from += A_FILE) {
            await writeFile(join(folder, `rival-${from}.docx`), render(cards.slice(from, from + A_FILE)));
          }
        }),
      () => perCard(() => printer.writeNotices(cards, madeUpSettings, template, folder)),
      ROUNDS,
    );
    yield judge(
      {
        bench: 'cards-docx',
        candidate: '2,000 notices, 500 a file, in a thread, synced',
        baseline: 'docxtemplater 3.71.0, written, not synced',
        unit: 'cards/s',
        limit: 2.5,
        direction: 'atLeast',
      },
      measured,
    );
    progress('cards-docx, memory');
    yield judgeAmount(
      { bench: 'cards-docx', candidate: 'the process above idle', unit: 'MB', limit: MEMORY, direction: 'atMost' },
      await memoryOfCards('notices', COUNT),
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

function docxtemplater(template: Uint8Array): (cards: readonly Card[]) => Uint8Array {
  const PizZip = cardRival<new (bytes: Uint8Array) => unknown>('pizzip');
  const Template = cardRival<new (zip: unknown, options: object) => Docxtemplater>('docxtemplater');
  return (cards) => {
    const document = new Template(new PizZip(template), {
      ...{ delimiters: { start: '{{', end: '}}' }, paragraphLoop: true, linebreaks: true },
    });
    document.render({
      cards: cards.map((card) =>
        Object.fromEntries(NOTICE_FIELDS.map(({ name, text }) => [name, text(card, madeUpSettings)])),
      ),
    });
    return document.getZip().generate({ type: 'uint8array', compression: 'DEFLATE' });
  };
}

/** The template with its body in a loop, a page break at the end of each card. */
function looped(template: Uint8Array): Uint8Array {
  const files = unzipSync(template);
  const document = strFromU8(files['word/document.xml']!);
  const paragraph = (content: string) => `<w:p><w:r>${content}</w:r></w:p>`;
  const section = document.lastIndexOf('<w:sectPr');
  const body = document.indexOf('<w:body>') + '<w:body>'.length;
  files['word/document.xml'] = strToU8(
    document.slice(0, body) +
      paragraph('<w:t>{{#cards}}</w:t>') +
      document.slice(body, section) +
      paragraph('<w:br w:type="page"/>') +
      paragraph('<w:t>{{/cards}}</w:t>') +
      document.slice(section),
  );
  return zipSync(files);
}
