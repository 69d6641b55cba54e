const DIGITS = '〇一二三四五六七八九';
const KANJI = /[〇零一二三四五六七八九十百千]+/;

/** `十一` or `一一` is 11, `二〇` and `二十` are 20. @param text kanji numerals only */
export function kanjiValue(text: string): number {
  if (!/[十百千]/.test(text)) return Number([...text].map((digit) => Math.max(0, DIGITS.indexOf(digit))).join(''));
  let [total, digit] = [0, 0];
  for (const character of text) {
    const unit = { 十: 10, 百: 100, 千: 1_000 }[character];
    if (unit === undefined) digit = Math.max(0, DIGITS.indexOf(character));
    else {
      total += Math.max(1, digit) * unit;
      digit = 0;
    }
  }
  return total + digit;
}

/** 24 is `二十四`: how 条 and 丁目 are written. (§8.9) @param number below 10,000 */
export function kanjiCount(number: number): string {
  if (number === 0) return '〇';
  const units = ['', '十', '百', '千'];
  const digits = [...String(number)].map(Number);
  return digits
    .map((digit, at) => {
      const unit = units[digits.length - 1 - at]!;
      if (digit === 0) return '';
      return digit === 1 && unit !== '' ? unit : DIGITS[digit]! + unit;
    })
    .join('');
}

/** `1208` is `一二〇八`: how 番 and 号 are written. (§8.9) @param digits ASCII */
export function kanjiDigits(digits: string): string {
  return [...digits].map((digit) => DIGITS[Number(digit)]!).join('');
}

/** Kanji numerals as digits, where one of `words` follows, or everywhere: `十一丁目` becomes `11丁目`. */
export function kanjiAsDigits(text: string, words: readonly string[] = []): string {
  const before = words.length === 0 ? '' : `(?=${words.join('|')})`;
  return text.replaceAll(new RegExp(KANJI.source + before, 'g'), (kanji) => String(kanjiValue(kanji)));
}
