// Characters that mean the same in another width. Unicode's NFKC and NFC are not used on whole texts: they turn 神 (U+FA19)
// and other forms that people insist on in their names into the common ones.

/** `ﾔﾏﾀﾞ` becomes `ヤマダ`, か with a loose dakuten becomes が; all else stays as it is. */
export function wholeKana(text: string): string {
  return text
    .replaceAll(/[｡-ﾟ]+/g, (half) => half.normalize('NFKC'))
    .replaceAll(/[ぁ-んァ-ン][\u3099\u309a]/g, (pair) => pair.normalize('NFC'));
}

/** As `wholeKana`, and `Ａ１（` becomes `A1(`; kanji stay as they are. */
export function plainWidth(text: string): string {
  return wholeKana(text).replaceAll(/[！-～]/g, (wide) => String.fromCodePoint(wide.codePointAt(0)! - 0xfee0));
}

/** Every dash that stands between numbers, as the hyphen. */
export function plainHyphens(text: string): string {
  return text.replaceAll(/[‐‑‒–—―−－ｰ]|(?<=\d)ー(?=\d)/g, '-');
}
