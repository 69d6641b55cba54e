import { describe, expect, test } from '@jest/globals';
import { cityTemplate } from '../rehearsal/city-template.js';
import { packFile, zipPieces } from '../zip/zip-writer.js';
import { examineRoster } from './roster-doctor.js';
import { standardRoster } from './standard-roster.js';
import { WorkbookParts } from './workbook-parts.js';

/** Of a template that must not be let through; every one has a sentence for the desk. */
function refusals(bytes: Uint8Array) {
  const examined = examineRoster(bytes);
  if (examined.ok) throw new Error('It was let through.');
  for (const { message } of examined.refusals) expect(message).toMatch(/[ぁ-ん].*。$/);
  return examined.refusals;
}

const codes = (bytes: Uint8Array) => refusals(bytes).map(({ code }) => code);

/** The city's template with one of its texts written differently. */
function withText(from: string, to: string): Buffer {
  const path = 'xl/sharedStrings.xml';
  const text = WorkbookParts.read(cityTemplate()).text(path);
  if (!text.includes(from)) throw new Error(`There is no ${from}.`);
  return cityTemplate({ parts: { [path]: text.replace(from, to) } });
}

const withPart = (path: string, content = '<x/>') => cityTemplate({ parts: { [path]: content } });

describe('a roster template', () => {
  test('of the city is let through with its chart, shape, note and headings over two rows', () => {
    expect(examineRoster(cityTemplate())).toMatchObject({
      ok: true,
      template: { fields: expect.arrayContaining(['姓', '名', '電話番号', '会場名', '開催日', '期', '講座名']) },
      advice: [{ code: 'no-kana' }],
    });
  });

  test('that ships has nothing to be advised on, and is the same each time', async () => {
    const { bytes } = await standardRoster();
    expect(examineRoster(bytes)).toMatchObject({ ok: true, advice: [], template: { blankColumns: ['出欠'] } });
  });

  test.each([
    ['nothing at all', Buffer.alloc(0), 'empty'],
    ['a picture', Buffer.from('\u0089PNG\r\n'), 'not-xlsx'],
    ['an old .xls, or one with a password', Buffer.from('d0cf11e0a1b11ae100', 'hex'), 'old-or-locked'],
    ['a file cut in half', cityTemplate().subarray(0, 3000), 'not-xlsx'],
    ['a zip of something else', Buffer.concat(zipPieces([packFile('a.txt', Buffer.from('a'))])), 'damaged'],
    ['more than five megabytes', Buffer.alloc(6_000_000), 'too-large'],
    ['a part that is no XML', withPart('xl/styles.xml', '<styleSheet>'), 'damaged'],
    ['entities that swell', withPart('xl/styles.xml', '<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>'), 'damaged'],
  ])('%s is refused', (_, bytes, code) => {
    expect(codes(bytes)).toEqual([code]);
  });

  test('that would unpack to gigabytes is refused before it is unpacked', () => {
    const bomb = packFile('xl/media/image1.bin', Buffer.alloc(30_000_000));
    expect(codes(Buffer.concat(zipPieces([bomb])))).toEqual(['zip-bomb']);
  });

  test.each([
    ['macros', withPart('xl/vbaProject.bin'), 'macros'],
    ['buttons that run something', withPart('xl/activeX/activeX1.xml'), 'macros'],
    ['a document inside', withPart('xl/embeddings/Microsoft_Word.docx'), 'embedded-object'],
    ['a pivot table', withPart('xl/pivotCache/pivotCacheDefinition1.xml'), 'pivot'],
    ['another workbook behind it', withPart('xl/externalLinks/externalLink1.xml'), 'external-links'],
    ['a database behind it', withPart('xl/connections.xml'), 'external-links'],
    [
      'a formula that asks the web',
      cityTemplate({ sheet: (xml) => xml.replace('ROW()-6', 'WEBSERVICE("http://x/"&amp;C7)') }),
      'external-links',
    ],
    [
      'a picture fetched from elsewhere',
      withPart(
        'xl/worksheets/_rels/sheet2.xml.rels',
        '<Relationships><Relationship Id="r" Type="a/image" Target="http://x/" TargetMode="External"/></Relationships>',
      ),
      'external-links',
    ],
  ])('with %s is refused', (_, bytes, code) => {
    expect(codes(bytes)).toEqual([code]);
  });

  test('names the heading it cannot fill, the missing one and the field nobody knows, all at once', () => {
    const found = refusals(withText('<t>受付番号</t>', '<t>受付番後</t>'));
    expect(found).toMatchObject([
      { code: 'unknown-column', subject: '受付番後' },
      { code: 'missing-column', subject: '受付番号' },
    ]);
    expect(found[0]!.message).toContain('B列');
    expect(refusals(withText('{{講座名}}', '{{講坐名}}'))).toMatchObject([
      { code: 'unknown-field', subject: '講坐名' },
    ]);
    expect(refusals(withText('{{講座名}}', '{{氏名}}'))[0]!.message).toContain('見出しに書く項目');
  });

  test('may have a column for a pen, known by its heading or said to be one', () => {
    expect(examineRoster(withText('備　考', '出　欠')).ok).toBe(true);
    const odd = withText('備　考', 'お弁当');
    expect(codes(odd)).toEqual(['unknown-column']);
    expect(examineRoster(odd, { blankColumns: ['お弁当'] })).toMatchObject({ template: { blankColumns: ['お弁当'] } });
  });

  test.each([
    [
      'a cell merged over two rows of the list',
      cityTemplate({ ruled: 3, sheet: (xml) => xml.replace('ref="F7:G7"', 'ref="F7:G8"') }),
      'merged-rows',
    ],
    [
      'a field whose looks change in the middle',
      withText('<t>{{期}}</t></r>', '<t>{{期</t></r><r><t>}}</t></r>'),
      'split-field',
    ],
    [
      'a field in a shape',
      withPart('xl/drawings/drawing1.xml', '<xdr:wsDr><a:t>{{会場名}}</a:t></xdr:wsDr>'),
      'field-in-drawing',
    ],
    [
      'an array formula',
      cityTemplate({ sheet: (xml) => xml.replace('<f>SUBTOTAL', '<f t="array" ref="B8">SUBTOTAL') }),
      'array-formula',
    ],
  ])('with %s is refused', (_, bytes, code) => {
    expect(codes(bytes)).toEqual([code]);
  });

  test('without a list, or that does not say which session it is of, is refused', () => {
    const path = 'xl/workbook.xml';
    const workbook = WorkbookParts.read(cityTemplate())
      .text(path)
      .replaceAll(/name="(?:会場|開催日)"/g, 'name="x"');
    const parts = { [path]: workbook };
    const bare = cityTemplate({ parts, sheet: (xml) => xml.replace('{{開催コード}} ', '') });
    expect(codes(bare)).toEqual(['session-not-named']);
    expect(codes(cityTemplate({ sheet: (xml) => xml.replaceAll(/<row r="[56]".*?<\/row>/g, '') }))).toEqual([
      'list-missing',
    ]);
  });
});
