import { kanjiAsDigits } from '../address/kanji-number.js';
import { plainHyphens, plainWidth } from '../text/text-width.js';

/** Kanji numerals count where one of these follows. */
const AFTER_KANJI = ['丁目', '丁', '番地', '番', '号', '地割', '線', 'の', 'ノ'];

/**
 * 住所表示番号: what the barcode says of an address, `3-30-8-403` of `3丁目30-8 郵便ビル403号`. (zipmanual p12–p13, p19)
 * @param rest the address after the town that the postcode stands for (住所B)
 */
export function addressNumberOf(rest: string): string {
  const text = kanjiAsDigits(plainHyphens(plainWidth(rest)).toUpperCase(), AFTER_KANJI)
    .replaceAll(/[&/・.]/g, '')
    .replaceAll(/(?<=\d)F(?![A-Z])/g, ' ') // 10F is the tenth floor
    .replaceAll(/[A-Z]{2,}/g, ' '); // only single letters count
  return text
    .replaceAll(/[^\dA-Z-]+/g, '-')
    .replaceAll(/-+/g, '-')
    .replaceAll(/-(?=[A-Z])|(?<=[A-Z])-/g, '')
    .replaceAll(/^-|-$/g, '');
}
