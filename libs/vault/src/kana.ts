/** Small kana, and kana that sound alike, as what they are searched by; ㇰ to ㇿ stand in names of Hokkaido. */
const FOLDED = new Map(
  Object.entries({
    ...pairs('ァィゥェォッャュョヮヵヶ', 'アイウエオツヤユヨワカケ'),
    ...pairs('ㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ', 'クシストヌハヒフヘホムラリルレロ'),
    ...pairs('ヅヂヲヰヱヸヹヺ', 'ズジオイエイエオ'),
    ヷ: 'ワ',
    ヴ: 'ブ',
  }),
);

/** What stays as it is, which most names are: neither marks nor small kana, nor what is folded. */
const NORMAL = /^[アイウエオカ-チツテデトドナ-モヤユヨラ-ロワン]*$/;

const VU = new Map(Object.entries({ ヴァ: 'バ', ヴィ: 'ビ', ヴェ: 'ベ', ヴォ: 'ボ' }));

/**
 * A name in kana as it is searched and compared: full-width katakana without long vowel marks, spaces and dots, small
 * kana as big ones, ヅ as ズ, ヂ as ジ (requirements §3.1 item 10). Hiragana and half width become katakana, ASCII
 * letters capitals; whatever is neither is left out. Once more changes nothing.
 * @returns empty when there is no kana in it: such a name cannot be searched
 */
export function normaliseKana(text: string): string {
  if (NORMAL.test(text)) return text;
  return text
    .replaceAll('゛', '\u3099')
    .replaceAll('゜', '\u309a')
    .normalize('NFKC')
    .replace(/[ぁ-ゖゝゞ]/g, (kana) => String.fromCodePoint(kana.codePointAt(0)! + 0x60))
    .replace(/(.)ヽ/gu, '$1$1')
    .replace(/(.)ヾ/gu, (_, kana: string) => kana + `${kana}\u3099`.normalize('NFC'))
    .replace(/ヴ[ァィェォ]/g, (vu) => VU.get(vu)!)
    .toUpperCase()
    .replace(/[^ァ-ヺㇰ-ㇿA-Z0-9]/gu, '')
    .replace(/[ァ-ヺㇰ-ㇿ]/g, (kana) => FOLDED.get(kana) ?? kana);
}

/**
 * A telephone number as it is dialled in Japan: digits only, +81 as 0.
 * @returns empty when there is no digit in it
 */
export function phoneDigits(text: string): string {
  const plain = text.normalize('NFKC').trim();
  const digits = plain.replace(/\D/g, '');
  return /^\+\s*81/.test(plain) ? `0${digits.slice(2).replace(/^0/, '')}` : digits;
}

function pairs(from: string, to: string): Record<string, string> {
  const plain = [...to];
  return Object.fromEntries([...from].map((kana, i) => [kana, plain[i]!]));
}
