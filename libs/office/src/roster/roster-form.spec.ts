import { beforeAll, describe, expect, test } from '@jest/globals';
import ExcelJS from 'exceljs';
import XlsxPopulate from 'xlsx-populate';
import { cityTemplate } from '../rehearsal/city-template.js';
import { rosterRehearsal } from '../rehearsal/rosters-rehearsal.js';
import { readZip } from '../zip/zip-reader.js';
import { inKanaOrder } from './kana-order.js';
import { examineRoster } from './roster-doctor.js';
import { RosterForm } from './roster-form.js';
import type { RosterEntry } from './roster.js';
import { standardRoster } from './standard-roster.js';

function formOf(bytes: Uint8Array): RosterForm {
  const examined = examineRoster(bytes);
  if (!examined.ok) throw new Error(examined.refusals.map(({ message }) => message).join(' '));
  return RosterForm.of(examined.template);
}

async function opened(file: Buffer): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(new Uint8Array(file).buffer);
  return book;
}

const LIMITS = { files: 500, bytes: 50_000_000 };
const part = (file: Uint8Array, path: string) => Buffer.from(readZip(file, LIMITS).get(path)!).toString('utf8');
const SHEET = 'xl/worksheets/sheet1.xml';

describe.each([1, 2, 3, 8])("a roster of 12 on the city's form with %i ruled rows", (ruled) => {
  const file = formOf(cityTemplate({ ruled })).file(rosterRehearsal(12));
  const sheet = part(file, SHEET);

  test('has its 12 people in the looks, heights, merges and formulas of the rows that were there', async () => {
    const book = await XlsxPopulate.fromDataAsync(file);
    const page = book.sheet('名簿 様式');
    expect(page.range('B7:D18').value()).toHaveLength(12);
    expect(page.cell('D18').value()).toBe('みさき');
    for (let row = 7; row <= 18; row++) {
      expect(page.cell(`A${row}`).formula()).toBe('ROW()-6');
      expect(page.cell(`C${row}`).style('border')).toMatchObject({ left: { style: 'thin' } });
      expect(page.row(row).height()).toBe(27);
      expect(sheet).toContain(`<mergeCell ref="F${row}:G${row}"/>`);
    }
    expect(sheet).not.toContain('<mergeCell ref="F19:G19"/>');
  });

  test('has every rule, range, filter, break and print area over the whole list', () => {
    expect(sheet).toContain('<conditionalFormatting sqref="A7:G18">');
    expect(sheet).toContain('<xm:sqref>A7:A18</xm:sqref>');
    expect(sheet).toContain('sqref="G7:G18"');
    expect(sheet).toContain('<autoFilter ref="A6:G18"/>');
    expect(sheet).toContain('<f>SUBTOTAL(103,C7:C18)</f>');
    expect(sheet).toContain('<brk id="19"');
    const workbook = part(file, 'xl/workbook.xml');
    expect(workbook).toContain("'名簿 様式'!$A$1:$G$20<");
    expect(workbook).toContain("'名簿 様式'!$A$6:$G$18<");
    expect(workbook).toContain("'名簿 様式'!$5:$6<");
    expect(workbook).toContain('fullCalcOnLoad="1"');
    expect(part(file, 'xl/worksheets/sheet2.xml')).toContain("'名簿 様式'!$C$7:$C$18");
  });

  test('keeps chart, shape and note, in their places below and beside the list', () => {
    expect(part(file, 'xl/charts/chart1.xml')).toContain("'名簿 様式'!$A$7:$A$18");
    const drawing = part(file, 'xl/drawings/drawing1.xml');
    expect(drawing).toContain('取扱注意');
    expect(drawing).toContain('<xdr:row>20</xdr:row>');
    expect(part(file, 'xl/comments1.xml')).toContain('ref="B19"');
    expect(part(file, 'xl/drawings/vmlDrawing1.vml')).toContain('<x:Row>18</x:Row>');
    expect([...readZip(file, LIMITS).keys()]).not.toContain('xl/calcChain.xml');
  });
});

describe('what stands in a roster', () => {
  const form = formOf(cityTemplate());
  const named = (names: Partial<RosterEntry>) => {
    const roster = rosterRehearsal(1);
    return form.file({ ...roster, entries: [{ ...roster.entries[0]!, ...names }] });
  };

  test.each(['=1+1', '+81', '-5', '@SUM(A1)', '\tあ', '<b>&"', "'あ"])('%j stays text', async (familyName) => {
    const cell = (await opened(named({ familyName }))).worksheets[0]!.getCell('C7');
    expect(cell.type).toBe(ExcelJS.ValueType.String);
    expect(cell.value).toBe(familyName);
  });

  test('odd characters are left out, rare ones kept: 髙, 𠮷, a variation of 葛', async () => {
    const file = named({ familyName: '髙\u0008\ufffe𠮷\ud800葛󠄀', givenName: 'a\u0000b' });
    const page = (await opened(file)).worksheets[0]!;
    expect(page.getCell('C7').value).toBe('髙𠮷葛󠄀');
    expect(page.getCell('D7').value).toBe('ab');
  });

  test('a cell with a date format gets a date, a missing telephone an empty cell, a field in a text its looks', () => {
    const sheet = part(named({ phoneNumber: '' }), SHEET);
    expect(sheet).toContain('<c r="B3" s="4"><v>46041</v></c>');
    expect(sheet).toContain('<c r="E7" s="3"/>');
    expect(sheet).toContain('<sz val="12"/></rPr><t xml:space="preserve">第三期</t>');
    expect(sheet).not.toContain('ヨヤクシャ');
    expect(sheet).toContain('&amp;LKTA-0001-A 第2版&amp;R');
  });

  test('a venue with & in the footer does not become a code of it', () => {
    const code = formOf(cityTemplate({ sheet: (xml) => xml.replace('{{版}}', '{{会場名}}') }));
    const sheet = part(code.file({ ...rosterRehearsal(1), venueName: 'A&B'.repeat(100) }), SHEET);
    expect(sheet).toMatch(/A&amp;&amp;BA/);
    expect(/<oddFooter>(.*?)<\/oddFooter>/.exec(sheet)![1]!.replaceAll('&amp;', '&').length).toBeLessThan(255);
  });

  test('no roster holds a name of the one before it, also not in what is packed', () => {
    form.file({
      ...rosterRehearsal(9),
      entries: rosterRehearsal(9).entries.map((each) => ({ ...each, familyName: '秘密野' })),
    });
    for (const size of [9, 4, 0])
      for (const content of readZip(form.file(rosterRehearsal(size, 2)), LIMITS).values())
        expect(Buffer.from(content).toString('utf8')).not.toContain('秘密野');
  });

  test('the same roster is the same file; without people it is the empty form', () => {
    expect(form.file(rosterRehearsal(5)).equals(form.file(rosterRehearsal(5)))).toBe(true);
    expect(part(form.file(rosterRehearsal(0)), SHEET)).toContain('<c r="C7" s="3"/>');
  });
});

describe('rosters of a term', () => {
  const form = formOf(cityTemplate());
  const rosters = [12, 1, 30].map((size, index) => rosterRehearsal(size, index + 1));

  test('in one book have a sheet each with print area, chart and totals of their own', async () => {
    const file = form.book(rosters);
    const book = await opened(file);
    expect(book.worksheets.map(({ name }) => name)).toEqual(['KTA-0001-A', 'KTA-0002-A', 'KTA-0003-A', '集計']);
    expect(book.getWorksheet('KTA-0003-A')!.getCell('C36').value).toBe(rosters[2]!.entries[29]!.familyName);
    const workbook = part(file, 'xl/workbook.xml');
    for (const [index, row] of [20, 9, 38].entries())
      expect(workbook).toContain(`localSheetId="${index}">'KTA-000${index + 1}-A'!$A$1:$G$${row}<`);
    expect(part(file, 'xl/charts/chart2001.xml')).toContain("'KTA-0003-A'!$A$7:$A$36");
    expect(part(file, 'xl/worksheets/sheet1001.xml')).not.toContain('tabSelected');
    expect(workbook).not.toContain('\ufdd2');
  });

  test('in a zip have a file each, whose name Windows takes', async () => {
    const odd = { ...rosterRehearsal(1), sessionCode: 'A/B:1' };
    const pieces: Uint8Array[] = [];
    for await (const piece of form.zip([...rosters, odd, odd])) pieces.push(piece);
    const files = readZip(Buffer.concat(pieces), LIMITS);
    expect([...files.keys()]).toEqual([
      'KTA-0001-A.xlsx',
      'KTA-0002-A.xlsx',
      'KTA-0003-A.xlsx',
      'A_B_1.xlsx',
      'A_B_1 (2).xlsx',
    ]);
    expect(Buffer.from(files.get('KTA-0002-A.xlsx')!).equals(form.file(rosters[1]!))).toBe(true);
  });
});

describe('the template that ships', () => {
  let form: RosterForm;
  beforeAll(async () => {
    form = RosterForm.of(await standardRoster());
  });

  test('takes a class of 45 as well as one of 20, and says what is a draft or a specimen', () => {
    const sheet = part(form.file({ ...rosterRehearsal(45), specimen: true }), SHEET);
    expect(sheet).toContain('<f>SUBTOTAL(103,D7:D51)</f>');
    expect(sheet).toContain('【見本】');
    expect(part(form.file(rosterRehearsal(3)), SHEET)).toContain('<f>SUBTOTAL(103,D7:D26)</f>');
  });
});

test('people stand in 五十音 order, and equal names by receipt number', () => {
  const entry = (familyNameKana: string, givenNameKana: string, receiptNumber: string) => ({
    ...rosterRehearsal(1).entries[0]!,
    familyNameKana,
    givenNameKana,
    receiptNumber,
  });
  const sorted = inKanaOrder([
    entry('ワタナベ', 'ア', '7'),
    entry('ハットリ', 'ア', '6'),
    entry('ハツトリ', 'ア', '5'),
    entry('ババ', 'ア', '4'),
    entry('ハバ', 'イ', '3'),
    entry('サトウ', 'ハナコ', '2'),
    entry('サトウ', 'ハナコ', '1'),
    entry('ｱｵｷ', 'ア', '0'),
  ]);
  expect(sorted.map(({ receiptNumber }) => receiptNumber)).toEqual(['0', '1', '2', '6', '5', '3', '4', '7']);
});
