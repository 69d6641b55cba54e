import { describe, expect, test } from '@jest/globals';
import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import { Document, Packer, Paragraph, TextRun } from 'docx';
import fc from 'fast-check';
import { defaultTemplateFile } from '../template/default-template.js';
import type { TemplateRemark } from './notice-template.js';
import { examine } from './template-doctor.js';

const WHOLE = [
  ...['氏名', '受付番号', '講座名', '日時', '会場'],
  ...['連絡先', '閉設後連絡先', '差し替え', '通し番号'],
];

/** A template as a word processor would save it. */
async function made(lines: readonly string[], page = { width: 5_669, height: 8_391 }): Promise<Uint8Array> {
  const children = lines.map((line) => new Paragraph({ children: [new TextRun(line)] }));
  return Packer.toBuffer(new Document({ sections: [{ properties: { page: { size: page } }, children }] }));
}

/** The same with a part changed or added. */
function changed(docx: Uint8Array, name: string, change: (xml: string) => string): Uint8Array {
  const files: Zippable = unzipSync(docx);
  const before = files[name] as Uint8Array | undefined;
  return zipSync({ ...files, [name]: strToU8(change(before === undefined ? '' : strFromU8(before))) });
}

const whole = () => made(WHOLE.map((name) => `{{${name}}}`));
const refusalsOf = (bytes: Uint8Array): readonly TemplateRemark[] => {
  const examination = examine(bytes);
  return examination.ok ? [] : examination.refusals;
};
const codesOf = (bytes: Uint8Array) => refusalsOf(bytes).map(({ code }) => code);

describe('the template doctor', () => {
  test('lets a template through that has what a card needs, and the one that ships', async () => {
    expect(examine(await whole())).toMatchObject({ ok: true, template: { fields: WHOLE } });
    expect(examine(await defaultTemplateFile())).toMatchObject({ ok: true, advice: [] });
  });

  test('names an unknown field, and every missing one', async () => {
    const examination = refusalsOf(
      await made(['{{氏名}} {{しめい}}', '{{受付番号}}{{講座名}}{{日付}}{{開始時刻}}', '{{会場}}']),
    );
    expect(examination).toContainEqual({
      code: 'unknown-field',
      subject: 'しめい',
      message: '{{しめい}} という差し込み項目はありません。',
    });
    const missing = examination.filter(({ code }) => code === 'missing-field').map(({ subject }) => subject);
    expect(missing).toEqual(['連絡先', '閉設後連絡先', '差し替え', '通し番号']);
  });

  test.each(['電話番号', 'フリガナ', '氏名カナ', '生年月日', '配慮事項', '世帯主', '代理人', '続柄', 'phoneNumber'])(
    'refuses {{%s}} on open mail (§8.5)',
    async (name) => {
      const [refusal] = refusalsOf(await made([...WHOLE, name].map((field) => `{{${field}}}`)));
      expect(refusal).toMatchObject({ code: 'closed-field', subject: name });
    },
  );

  test('refuses another page than a postcard, and says what it found', async () => {
    const a4 = await made(
      WHOLE.map((name) => `{{${name}}}`),
      { width: 11_906, height: 16_838 },
    );
    expect(refusalsOf(a4)).toEqual([
      { code: 'page-size', subject: '210 × 297 mm', message: expect.stringContaining('210 × 297 mm') },
    ]);
  });

  test('refuses a second section', async () => {
    const children = WHOLE.map((name) => new Paragraph(`{{${name}}}`));
    const size = { page: { size: { width: 5_669, height: 8_391 } } };
    const sections = [
      { properties: size, children },
      { properties: size, children: [new Paragraph('裏')] },
    ];
    expect(codesOf(await Packer.toBuffer(new Document({ sections })))).toEqual(['several-sections']);
  });

  test('refuses macros, links to the outside, objects, fields of Word, tracked changes and comments', async () => {
    const good = await whole();
    const inBody = (xml: string) =>
      changed(good, 'word/document.xml', (document) => document.replace('<w:p>', `${xml}<w:p>`));
    expect(codesOf(changed(good, 'word/vbaProject.bin', () => 'x'))).toEqual(['macros']);
    expect(
      codesOf(changed(good, '[Content_Types].xml', (xml) => xml.replace('document.main', 'macroEnabled.main'))),
    ).toEqual(['macros']);
    const link = '<Relationship Id="r9" Type="t" Target="http://example.jp/x" TargetMode="External"/></Relationships>';
    const linked = changed(good, 'word/_rels/document.xml.rels', (xml) => xml.replace('</Relationships>', link));
    expect(refusalsOf(linked)).toMatchObject([{ code: 'external-link', subject: 'http://example.jp/x' }]);
    expect(codesOf(changed(good, 'word/embeddings/book.xlsx', () => 'x'))).toEqual(['embedded-object']);
    const field = (code: string) =>
      `<w:p><w:fldSimple w:instr=" ${code} x"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>`;
    expect(codesOf(inBody(field('includetext')))).toEqual(['word-field']);
    expect(codesOf(inBody(field('DDEAUTO')))).toEqual(['word-field']);
    expect(codesOf(inBody(field('PAGE')))).toEqual([]);
    expect(codesOf(inBody('<w:p><w:ins><w:r><w:t>a</w:t></w:r></w:ins></w:p>'))).toEqual(['tracked-changes']);
    expect(codesOf(inBody('<w:p><w:r><w:commentReference w:id="0"/></w:r></w:p>'))).toEqual(['comments']);
  });

  test('refuses a field outside the body, a broken one, and warns of a single brace', async () => {
    const good = await whole();
    const header = '<w:hdr xmlns:w="w"><w:p><w:r><w:t>{{氏</w:t></w:r><w:r><w:t>名}}</w:t></w:r></w:p></w:hdr>';
    expect(refusalsOf(changed(good, 'word/header9.xml', () => header))).toMatchObject([
      { code: 'field-outside-body', subject: '氏名' },
    ]);
    expect(codesOf(await made([...WHOLE.map((name) => `{{${name}}}`), '{{会場']))).toEqual(['broken-placeholder']);
    expect(refusalsOf(await made([...WHOLE.map((name) => `{{${name}}}`), '｛｛会場｝｝']))).toMatchObject([
      { code: 'wide-brace', subject: '会場' },
    ]);
    expect(examine(await made([...WHOLE.map((name) => `{{${name}}}`), '{会場}']))).toMatchObject({
      ok: true,
      advice: [{ code: 'single-brace', subject: '会場' }, { code: 'no-sample-mark' }],
    });
  });

  test('refuses entities and a DTD', async () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>';
    const infected = changed(await whole(), 'word/document.xml', (xml) => xml.replace('?>', `?>${bomb}`));
    expect(codesOf(infected)).toContain('xml-broken');
  });
});

describe('what is no template at all', () => {
  test('is told from one', () => {
    expect(codesOf(new Uint8Array())).toEqual(['empty']);
    expect(codesOf(strToU8('これは文書ではありません'))).toEqual(['not-a-zip']);
    expect(codesOf(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0]))).toEqual(['old-or-encrypted']);
    expect(codesOf(zipSync({ 'xl/workbook.xml': strToU8('<a/>') }))).toEqual(['not-a-docx']);
  });

  test('a zip bomb is refused before anything is inflated', () => {
    const zeros = new Uint8Array(41_000_000);
    const bomb = zipSync({ 'word/document.xml': [zeros, { level: 9 }] });
    expect(bomb.length).toBeLessThan(200_000);
    expect(codesOf(bomb)).toEqual(['zip-too-large']);
    expect(codesOf(zipSync(Object.fromEntries(Array.from({ length: 301 }, (_, n) => [`${n}`, strToU8('')]))))).toEqual([
      'zip-too-many-files',
    ]);
  });

  test('a zip that lies about its sizes is inflated no further than it declared', () => {
    const bomb = Buffer.from(zipSync({ 'word/document.xml': [new Uint8Array(20_000_000), { level: 9 }] }));
    const directory = bomb.lastIndexOf('PK\u0001\u0002', undefined, 'latin1');
    bomb.writeUInt32LE(100, directory + 24);
    expect(codesOf(bomb)).toEqual(['zip-too-large']);
  });

  test('any bytes, and a template with any bytes changed, get an answer and never an exception', async () => {
    const good = Buffer.from(await whole());
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 8 }), (changes) => {
        const bytes = Buffer.from(good);
        for (const [at, value] of changes) bytes[at] = value;
        expect(typeof examine(bytes).ok).toBe('boolean');
      }),
      { numRuns: 300 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => expect(examine(bytes).ok).toBe(false)));
  });
});
