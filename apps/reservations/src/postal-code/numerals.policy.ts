/** 条 and 丁目 of Sapporo stop before a hundred. */
const KANJI = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
/** As the desk reads them (§8.16): 北24条 is きたにじゅうよじょう, 7 is ナナ, 9 is ク before 条. */
const KANA = ['', 'イチ', 'ニ', 'サン', 'ヨ', 'ゴ', 'ロク', 'ナナ', 'ハチ', 'ク'];

/** `北24条西` as `北二十四条西`; figures of a hundred and more are left as they are. */
export function inKanji(text: string): string {
  return text.normalize('NFKC').replaceAll(/\d+/g, (digits) => spoken(digits, KANJI, '十'));
}

/** `キタ24ジョウニシ` as `キタニジュウヨジョウニシ`. */
export function inKana(text: string): string {
  return text.normalize('NFKC').replaceAll(/\d+/g, (digits) => spoken(digits, KANA, 'ジュウ'));
}

function spoken(digits: string, ones: readonly string[], ten: string): string {
  const number = Number(digits);
  if (number === 0 || number > 99) return digits;
  const tens = Math.floor(number / 10);
  return (tens > 1 ? ones[tens]! : '') + (tens > 0 ? ten : '') + ones[number % 10]!;
}
