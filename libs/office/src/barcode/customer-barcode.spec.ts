import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addressNumberOf } from './address-number.js';
import { checkOf, decodeBarcode, encodeBarcode, placesOf } from './customer-barcode.js';

/** Postcode, the address after the town, what is taken out of it, check value; of the manual and of public test suites. */
const VECTORS = [
  ['2630023', '3丁目30-8 郵便ビル403号', '3-30-8-403', 5],
  ['0140113', '添60-1', '60-1', 18],
  ['1100016', '5-6-3 ABCビル10F', '5-6-3-10', 9],
  ['0600906', '4丁目 郵便センター6号館', '4-6', 9],
  ['0650006', '8丁目 郵便センター10号館', '8-10', 9],
  ['1980036', '十一丁目六番地一号 郵便タワー601', '11-6-1-601', 18],
  ['0800831', '南七線 西28', '7-28', 17],
  ['6230011', '綾部6-7 LプラザB106', '6-7LB106', 4],
  ['0640804', '29丁目1524-23 第2郵便ハウス501', '29-1524-23-2-501', 3],
  ['1000013', '1丁目3番2号 郵便プラザ503室', '1-3-2-503', 9],
] as const;

describe('the barcode of a card', () => {
  test.each(VECTORS)('%s %s says %s, check %d', (postalCode, rest, number, check) => {
    expect(addressNumberOf(rest)).toBe(number);
    expect(checkOf(placesOf(postalCode + number))).toBe(check);
    expect(decodeBarcode(encodeBarcode(postalCode, number))).toBe((postalCode + number).slice(0, 20));
  });

  test.each([
    ['2730112', '東3丁目-20-5 郵便・A&bコーポB604号', '3-20-5B604', '27301123-20-5B604'],
    ['3170055', '6丁目7-14 ABCビル2F', '6-7-14-2', '31700556-7-14-2'],
    ['0283623', '第3地割14番地2', '3-14-2', '02836233-14-2'],
    // the last letter has room for its control only
    ['9100067', '3丁目80-25 J1ビル2-B', '3-80-25J1-2B', '91000673-80-25J1-2'],
  ])('%s %s of the manual (p19, p20) and of others says %s', (postalCode, rest, number, read) => {
    expect(addressNumberOf(rest)).toBe(number);
    expect(decodeBarcode(encodeBarcode(postalCode, number))).toBe(read);
  });

  test('is 67 bars, with start and stop', () => {
    expect(encodeBarcode('1000013', '1-3-2-503')).toMatch(/^13[1-4]{63}31$/);
  });

  test('whose values are a multiple of 19 already has the check 0, printed as a whole bar code', () => {
    const number = Array.from({ length: 400 }, (_, n) => `${n}`).find((n) => checkOf(placesOf(`0010024${n}`)) === 0)!;
    const bars = encodeBarcode('0010024', number);
    expect(bars.slice(-5)).toBe('14431');
    expect(decodeBarcode(bars)).toBe(`0010024${number}`);
  });

  test('keeps the control of a letter alone at the last place (p18)', () => {
    const values = placesOf('1234567' + '123456789012' + 'B');
    expect(values).toHaveLength(20);
    expect(values.at(-1)).toBe(11);
    expect(decodeBarcode(encodeBarcode('1234567', '123456789012B'))).toBe('1234567123456789012');
  });

  test('has the letters of the published patterns', () => {
    expect(encodeBarcode('0000000', 'F').slice(2 + 21, 2 + 27)).toBe('324141');
    expect(encodeBarcode('0000000', 'V').slice(2 + 21, 2 + 27)).toBe('234114');
  });

  test('of any code reads back, and with one bar changed it never reads as another', () => {
    const code = fc.stringMatching(/^\d{7}[0-9A-Z-]{0,16}$/);
    fc.assert(
      fc.property(code, fc.nat(66), fc.constantFrom('1', '2', '3', '4'), (text, at, bar) => {
        const bars = encodeBarcode(text.slice(0, 7), text.slice(7));
        const said = decodeBarcode(bars);
        expect(text.startsWith(said!)).toBe(true);
        const harmed = bars.slice(0, at) + bar + bars.slice(at + 1);
        expect(decodeBarcode(harmed)).toBe(harmed === bars ? said : undefined);
      }),
    );
  });

  test('of any address is made of digits, hyphens and capitals, and never begins with a hyphen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (rest) => {
        expect(addressNumberOf(rest)).toMatch(/^(?:[0-9A-Z](?:[0-9A-Z-]*[0-9A-Z])?)?$/);
      }),
    );
  });

  test('takes the number out of what people type', () => {
    expect(addressNumberOf('５丁目１－２０ メゾン・ド・ローゼ２０１')).toBe('5-1-20-201');
    expect(addressNumberOf('三条二丁目')).toBe('2');
    expect(addressNumberOf('12番地の3 &Bビル')).toBe('12-3B');
    expect(addressNumberOf('')).toBe('');
  });
});
