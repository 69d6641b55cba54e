import type { Addressee } from '../card/card.js';
import { kanjiCount, kanjiDigits } from './kanji-number.js';
import { plainHyphens, plainWidth } from '../text/text-width.js';

/** A part of an address as a vertical card writes it; parts of one line may be broken apart between columns. */
export interface AddressPart {
  readonly field: keyof Addressee;
  readonly text: string;
}

export interface AddressLines {
  /** From the prefecture to the block: numbers in kanji. */
  readonly street: readonly AddressPart[];
  /** Building and room: the name as it was typed. */
  readonly building: readonly AddressPart[];
  readonly careOf: readonly AddressPart[];
}

/** `北海道 札幌市北区 北二十四条西 五丁目 一‐二〇`, `メゾンJ1 一二〇八号室`, `佐藤様方`. (§8.9) */
export function addressLines(addressee: Addressee): AddressLines {
  const { prefecture, city, ward, town, chome, blockLot, building, roomNumber, careOf } = addressee;
  return {
    street: parts(
      ['prefecture', prefecture],
      ['city', city],
      ['ward', ward],
      ['town', town && inKanji(town)],
      ['chome', chome && inKanji(chomeText(chome))],
      ['blockLot', blockLot && inKanji(blockLot)],
    ),
    building: parts(['building', building], ['roomNumber', roomNumber && roomText(roomNumber)]),
    careOf: parts(['careOf', careOf]),
  };
}

/** `29` and `二十九` are a 丁目; `7丁目南` says so itself. */
export function chomeText(chome: string): string {
  return /^[\d〇一二三四五六七八九十]+$/.test(plainWidth(chome).trim()) ? `${chome.trim()}丁目` : chome;
}

/** Numbers of a street address: 条 and 丁目 are counted (二十四条), all others are read digit by digit (一二〇八). */
export function inKanji(text: string): string {
  return plainHyphens(plainWidth(text))
    .replaceAll(/(?<!\d)\d{1,4}(?=条|丁目|線|丁)/g, (digits) => kanjiCount(Number(digits)))
    .replaceAll(/\d+/g, kanjiDigits)
    .replaceAll(/-/g, '‐');
}

function roomText(room: string): string {
  const plain = plainWidth(room).trim();
  if (/^\d+$/.test(plain)) return `${kanjiDigits(plain)}号室`;
  return /^\d+(号室?|室)$/.test(plain) ? inKanji(plain) : room;
}

function parts(...given: readonly (readonly [keyof Addressee, string | undefined])[]): AddressPart[] {
  return given.flatMap(([field, text]) =>
    text === undefined || text.trim() === '' ? [] : [{ field, text: text.trim() }],
  );
}
