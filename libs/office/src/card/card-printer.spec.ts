import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { madeUpCard, madeUpCards, madeUpSettings } from '../rehearsal/made-up-cards.js';
import { defaultNoticeTemplate } from '../template/default-template.js';
import { CardPrinter } from './card-printer.js';
import type { NoticeTemplate } from './notice-template.js';

let printer: CardPrinter;
let template: NoticeTemplate;
let folder: string;
beforeAll(async () => {
  printer = new CardPrinter();
  template = await defaultNoticeTemplate();
});
afterAll(() => printer.close());
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'uketsuke-cards-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the documents of a batch', () => {
  test('are whole files with their counts and digests, and progress is told', async () => {
    const cards = madeUpCards(60);
    const told: number[] = [];
    const files = [
      ...(await printer.writeNotices(cards, madeUpSettings, template, folder)),
      await printer.writeNoticeSides(cards, madeUpSettings, folder),
      await printer.writeAddresses(cards, madeUpSettings, folder, { onProgress: ({ done }) => told.push(done) }),
    ];
    expect(files.map(({ name, cards: count }) => [name, count])).toEqual([
      ['notices.docx', 60],
      ['notices.pdf', 60],
      ['addresses.pdf', 60],
    ]);
    expect((await readdir(folder)).sort()).toEqual(['addresses.pdf', 'notices.docx', 'notices.pdf']);
    expect((await readFile(join(folder, 'notices.pdf'))).length).toBe(files[1]!.bytes);
    expect([told[0], told.at(-1)]).toEqual([0, 60]);
  });

  test('are cut at 500 cards a file, and parts of an earlier batch go', async () => {
    await writeFile(join(folder, 'notices-4.docx'), 'of yesterday');
    const files = await printer.writeNotices(madeUpCards(1_001), madeUpSettings, template, folder);
    expect(files.map(({ name, cards }) => [name, cards])).toEqual([
      ['notices.docx', 500],
      ['notices-2.docx', 500],
      ['notices-3.docx', 1],
    ]);
    expect((await readdir(folder)).sort()).toEqual(['notices-2.docx', 'notices-3.docx', 'notices.docx']);
  });

  test('that would show a wrong or a missing letter are refused, every card of them named, and nothing is written', async () => {
    const cards = [madeUpCard(), madeUpCard({ familyName: '😀' }), madeUpCard({ givenName: '辺\u{e0105}' })];
    await expect(printer.writeAddresses(cards, madeUpSettings, folder)).rejects.toMatchObject({
      slug: 'cards-not-printable',
      details: {
        warnings: [
          { index: 1, code: 'missingGlyph', field: 'familyName', codePoint: 'U+1F600' },
          { index: 2, code: 'missingVariant', field: 'givenName', codePoint: 'U+8FBA U+E0105' },
        ],
      },
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test('that are ended half way leave nothing, and the next are made as if nothing had been', async () => {
    const ending = new AbortController();
    const cards = madeUpCards(1_500);
    const run = printer.writeAddresses(cards, madeUpSettings, folder, {
      signal: ending.signal,
      onProgress: ({ done }) => done > 0 && ending.abort(new Error('sent back')),
    });
    await expect(run).rejects.toThrow('sent back');
    expect(await readdir(folder)).toEqual([]);
    expect((await printer.writeAddresses(cards.slice(0, 3), madeUpSettings, folder)).cards).toBe(3);
  });

  test('that the disk has no room for are refused one by one, and nothing of them stays', async () => {
    // A limit on the size of a file is a disk that is full after 40 blocks of 1,024 bytes, in a process of its own.
    const script = `
      import { CardPrinter } from './libs/office/src/card/card-printer.ts';
      import { madeUpCards, madeUpSettings } from './libs/office/src/rehearsal/made-up-cards.ts';
      const printer = new CardPrinter();
      for (const write of ['writeAddresses', 'writeNoticeSides']) {
        const run = printer[write](madeUpCards(400), madeUpSettings, ${JSON.stringify(folder)});
        console.log(await run.then(() => 'written', ({ slug }) => slug));
      }
      await printer.close();`;
    const node = `exec "$0" --import ./tools/source.js --input-type=module -e "$1"`;
    const ran = spawnSync('bash', ['-c', `ulimit -f 40; ${node}`, process.execPath, script], { encoding: 'utf8' });
    expect(ran.stdout).toBe('disk-full\ndisk-full\n');
    expect(await readdir(folder)).toEqual([]);
  });
});
