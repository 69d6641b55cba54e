import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { Refusal } from '#kernel/refusal.js';
import { HEADINGS, row, workbook, zipped } from './lists-rig.js';
import { readScheduleFile } from './schedule-file.js';

describe('a file that is no list is refused, never a failure', () => {
  const refusalOf = async (content: Buffer, form: 'xlsx' | 'csv') => {
    const refused = await readScheduleFile(content, form).catch((error: unknown) => error);
    return refused instanceof Refusal ? refused.slug : refused;
  };

  test.each<[string, string, () => Buffer | Promise<Buffer>]>([
    ['nothing', 'unreadable-file', () => Buffer.alloc(0)],
    ['a text', 'unreadable-file', () => Buffer.from('開催回コード')],
    ['a zip of something else', 'unreadable-file', () => Buffer.from(zipSync({ 'a.txt': strToU8('a') }))],
    ['half of one', 'unreadable-file', async () => (await workbook([HEADINGS, row()])).subarray(0, 900)],
    ['broken XML', 'unreadable-file', () => zipped('<worksheet><sheetData><row')],
    ['XML that expands', 'unreadable-file', () => zipped('<!DOCTYPE a [<!ENTITY b "bbb">]><worksheet>&b;</worksheet>')],
    ['rows that go backwards', 'unreadable-file', () => zipped('<worksheet><row r="2"/><row r="1"/></worksheet>')],
    [
      'other headings',
      'unreadable-file',
      () =>
        workbook([
          ['氏名', '電話'],
          ['x', 'y'],
        ]),
    ],
    ['a bomb', 'file-too-large', () => zipped(`<worksheet>${' '.repeat(15_000_000)}</worksheet>`)],
    [
      'many parts',
      'file-too-large',
      () => Buffer.from(zipSync(Object.fromEntries(Array.from({ length: 1_001 }, (_, i) => [`p${i}`, strToU8('')])))),
    ],
    ['1,001 rows', 'file-too-large', () => workbook([HEADINGS, ...Array.from({ length: 1_001 }, () => ['x'])])],
  ])('an .xlsx that is %s', async (_, slug, content) => {
    expect(await refusalOf(await content(), 'xlsx')).toBe(slug);
  });

  test.each<[string, string, Buffer]>([
    ['nothing', 'unreadable-file', Buffer.alloc(0)],
    ['an image', 'unreadable-file', Buffer.from('89504e470d0a1a0a0000ff', 'hex')],
    ['an open quotation mark', 'unreadable-file', Buffer.from('a,"b\n'.repeat(3))],
    ['one endless line', 'unreadable-file', Buffer.from('x'.repeat(1_000_000))],
    ['blank lines alone', 'file-too-large', Buffer.from('\n'.repeat(1_000_000))],
  ])('a .csv that is %s', async (_, slug, content) => {
    expect(await refusalOf(content, 'csv')).toBe(slug);
  });

  test('a bomb whose directory says that it is small', async () => {
    const bomb = zipped(`<worksheet>${'<row/>'.repeat(2_000_000)}</worksheet>`);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(`<worksheet>${'<row/>'.repeat(2_000_000)}</worksheet>`.length);
    for (let at = bomb.indexOf(size); at >= 0; at = bomb.indexOf(size, at)) bomb.writeUInt32LE(100, at);
    expect(['unreadable-file', 'file-too-large']).toContain(await refusalOf(bomb, 'xlsx'));
  });

  test('whatever the bytes, it is read or refused', async () => {
    const whole = await workbook([HEADINGS, row()]);
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: whole.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, by, cut) => {
          const content = Buffer.from(cut ? whole.subarray(0, at) : whole);
          if (!cut) content[at]! ^= by;
          for (const form of ['xlsx', 'csv'] as const) {
            const outcome = await readScheduleFile(content, form).catch((error: unknown) => error);
            expect(outcome instanceof Error && !(outcome instanceof Refusal)).toBe(false);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a list check and a merged range over the whole sheet, as Excel writes them, are passed over', async () => {
    const content = zipped(
      `<worksheet><sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>
       <dataValidations><dataValidation sqref="A1:XFD1048576"/></dataValidations></worksheet>`,
    );
    expect(await refusalOf(content, 'xlsx')).toBe('unreadable-file');
  });
});
