// A process that makes one document and is looked at from outside: everything is loaded, then it waits for the word.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CardPrinter } from '#office/card/card-printer.js';
import { madeUpCards, madeUpSettings } from '#office/rehearsal/made-up-cards.js';
import { defaultNoticeTemplate } from '#office/template/default-template.js';
import type { CardsProcessTask } from './cards-memory.js';

const { document, count } = JSON.parse(process.argv[2]!) as CardsProcessTask;
const folder = await mkdtemp(join(tmpdir(), 'uketsuke-bench-cards-'));
const template = await defaultNoticeTemplate();
const cards = madeUpCards(count);
const printer = new CardPrinter();
process.on('disconnect', () => process.exit(0));
process.on('message', async () => {
  if (document === 'notices') await printer.writeNotices(cards, madeUpSettings, template, folder);
  else await printer.writeAddresses(cards, madeUpSettings, folder);
  await rm(folder, { recursive: true });
  process.send!('done');
});
process.send!('ready');
