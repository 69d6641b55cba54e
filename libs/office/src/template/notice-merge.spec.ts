import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import type { Card } from '../card/card.js';
import { examine } from '../card/template-doctor.js';
import { longestCard } from '../card/longest-card.js';
import { describeOffice } from '../rehearsal/describe-office.js';
import { OfficeProgram } from '../rehearsal/office-program.js';
import { madeUpCard, madeUpCards, madeUpSettings } from '../rehearsal/made-up-cards.js';
import { defaultNoticeTemplate, defaultTemplateFile } from './default-template.js';
import { NoticeMerge } from './notice-merge.js';

const documentOf = (docx: Uint8Array) => strFromU8(unzipSync(docx)['word/document.xml']!);
const merged = async (cards: readonly Card[], settings = madeUpSettings) =>
  Buffer.concat((await NoticeMerge.of(await defaultNoticeTemplate())).merge(cards, settings));

/** The text of each page, as a reader of the XML gets it. @throws when it is not well-formed */
function pagesOf(xml: string): string[] {
  const pages = [''];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => name === 'w:pageBreakBefore' && pages.push(''));
  parser.on('text', (text) => (pages[pages.length - 1] += text));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return pages;
}

/** The template that ships with a part of its body changed. */
async function templateWith(change: (body: string) => string) {
  const files = unzipSync(await defaultTemplateFile());
  const bytes = zipSync({ ...files, 'word/document.xml': strToU8(change(strFromU8(files['word/document.xml']!))) });
  const examination = examine(bytes);
  if (!examination.ok) throw new Error(JSON.stringify(examination.refusals));
  return NoticeMerge.of(examination.template);
}

describe('a merged notice', () => {
  test('says on each page what its card says', async () => {
    const pages = pagesOf(documentOf(await merged(madeUpCards(3))));
    expect(pages).toHaveLength(3);
    expect(pages[0]).toContain('B12-0001/0003');
    expect(pages[0]).toContain('令和７年８月１日（金）午前10時00分〜午後0時00分');
    expect(pages[2]).toContain('B12-0003/0003');
    expect(pages[1]).toContain('札幌市デジタル企画課');
  });

  test('marks a replacement, a reissue, and a sheet of a training desk', async () => {
    const cards = [madeUpCard(), madeUpCard({}, { kind: 'replacement' }), madeUpCard({}, { kind: 'reissue' })];
    const [first, replacement, reissue] = pagesOf(documentOf(await merged(cards)));
    expect(first).not.toContain('差し替え');
    expect(replacement).toContain('差し替え（先の通知書は破棄してください）');
    expect(reissue).toContain('再発行');
    expect(first).not.toContain('見本');
    expect(pagesOf(documentOf(await merged(cards, { ...madeUpSettings, mark: 'training' })))[0]).toContain('見本');
  });

  test('marks a sheet of a training desk before the name where the template has no place for it', async () => {
    const merge = await templateWith((body) => body.replace('{{見本}}', ''));
    const training = Buffer.concat(merge.merge([madeUpCard()], { ...madeUpSettings, mark: 'training' }));
    expect(pagesOf(documentOf(training))[0]).toContain('【見本】髙橋 𠮷之助');
  });

  test('takes names as text, whatever is in them', async () => {
    const names = [
      '<w:p/>&amp;"\'',
      '{{受付番号}}',
      'A{{course}}B',
      '\uf8f00\uf8f1',
      '葛\u{e0102}𩸽😀',
      ']]>',
      '${a}$&$1',
    ];
    const pages = pagesOf(documentOf(await merged(names.map((familyName) => madeUpCard({ familyName })))));
    expect(pages.map((page, at) => page.includes(`${names[at]} `))).toEqual(names.map(() => true));
  });

  test('leaves out control characters and half surrogates, and sets no line that was not there', async () => {
    const [page] = pagesOf(
      documentOf(await merged([madeUpCard({ familyName: '山\u0000\u0008\ud842田\r\n', givenName: 'ﾊﾅ' })])),
    );
    expect(page).toContain('山田 ハナ');
  });

  test('is well-formed for any name', async () => {
    const merge = await NoticeMerge.of(await defaultNoticeTemplate());
    const name = fc.string({
      unit: fc.oneof(
        fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
      ),
      maxLength: 60,
    });
    fc.assert(
      fc.property(name, (familyName) => {
        const docx = Buffer.concat(merge.merge([madeUpCard({ familyName }), madeUpCard()], madeUpSettings));
        expect(pagesOf(documentOf(docx))).toHaveLength(2);
      }),
      { numRuns: 60 },
    );
  });

  test('fills placeholders that Word has split over runs, with marks between them, and in their own style', async () => {
    const split = ['{', '{氏', '名', '}}']
      .map((text) => `<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`)
      .join('<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="7" w:name="a"/><w:bookmarkEnd w:id="7"/>');
    const merge = await templateWith((body) => body.replace(/<w:r>(?:(?!<w:r>).)*?\{\{氏名\}\}<\/w:t><\/w:r>/s, split));
    const document = documentOf(Buffer.concat(merge.merge(madeUpCards(2), madeUpSettings)));
    expect(pagesOf(document).map((page) => page.includes('佐藤 ') || page.includes('髙橋 '))).toEqual([true, true]);
    expect(document).not.toMatch(/bookmark|proofErr|\{\{/);
  });

  test('fills a placeholder as often as it stands there', async () => {
    const merge = await templateWith((body) => body.replace('{{受付番号}}', '{{受付番号}} {{受付番号}}'));
    const [page] = pagesOf(documentOf(Buffer.concat(merge.merge([madeUpCard()], madeUpSettings))));
    expect(page).toContain('R2-00001 R2-00001');
  });

  test('fills a placeholder with air around its name, and one in a text box, once', async () => {
    const box = (text: string) => `<w:txbxContent><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:txbxContent>`;
    const drawn = `<mc:AlternateContent xmlns:mc="mc"><mc:Choice Requires="wps"><w:drawing>${box('{{会場}}')}</w:drawing></mc:Choice><mc:Fallback><w:pict>${box('{{会場}}')}</w:pict></mc:Fallback></mc:AlternateContent>`;
    const merge = await templateWith((body) =>
      body.replace('{{受付番号}}', '{{ 受付番号　}}').replace('</w:p>', `<w:r>${drawn}</w:r></w:p>`),
    );
    const [page] = pagesOf(documentOf(Buffer.concat(merge.merge([madeUpCard()], madeUpSettings))));
    expect(page).toContain('R2-00001');
    expect(page!.split('北区民センター　３階').length - 1).toBe(2);
  });

  test('repeats no id that Word wants to be unique', async () => {
    const drawing =
      '<w:r><w:drawing><wp:inline xmlns:wp="wp"><wp:docPr id="1" name="印"/></wp:inline></w:drawing></w:r>';
    const merge = await templateWith((body) =>
      body
        .replace('<w:p>', '<w:p w14:paraId="11111111" w:rsidR="00AA">')
        .replace('</w:p>', `${drawing}${drawing.replace('"1"', '"2"')}</w:p>`)
        .replace('<w:tbl>', '<w:p><w:bookmarkStart w:id="0" w:name="x"/><w:bookmarkEnd w:id="0"/></w:p><w:tbl>'),
    );
    const document = documentOf(Buffer.concat(merge.merge(madeUpCards(3), madeUpSettings)));
    const ids = [...document.matchAll(/<wp:docPr id="(\d+)"/g)].map((hit) => hit[1]);
    expect(ids).toHaveLength(6);
    expect(new Set(ids).size).toBe(6);
    expect(document).not.toMatch(/w14:paraId|w:bookmark/);
  });
});

describeOffice('a merged notice, opened by LibreOffice', () => {
  let office: OfficeProgram;
  beforeAll(async () => void (office = await OfficeProgram.start()));
  afterAll(() => office.close());

  test('has a page for each card, the longest among them, and its words on it', async () => {
    const odd = madeUpCard({ familyName: '<b>&', givenName: '葛\u{e0102}😀', building: 'あ'.repeat(60) });
    const docx = await merged([longestCard, odd, ...madeUpCards(38)], { ...madeUpSettings, mark: 'training' });
    const pages = await office.pages(docx);
    expect(pages).toHaveLength(40);
    expect(pages.filter((page) => !page.includes('受講通知書'))).toEqual([]);
    expect(pages[0]).toContain('差し替え(先の通知書は破棄してください)');
    expect(pages[1]).toContain('<b>&');
    expect(pages[39]).toContain('B12-0038/0038');
  });

  test('begins a page for each card where the template begins with a table', async () => {
    const merge = await templateWith((body) => {
      const table = /<w:tbl>.*?<\/w:tbl>/s.exec(body)![0];
      return body.replace(table, '').replace('<w:body>', `<w:body>${table}`);
    });
    expect(await office.pages(Buffer.concat(merge.merge(madeUpCards(12), madeUpSettings)))).toHaveLength(12);
  });
});
