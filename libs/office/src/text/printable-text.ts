// What may not stand in XML 1.0, and half a surrogate pair. Variation selectors (異体字) and 外字 are left alone.
// Control characters are what is looked for, so the rule against them in a pattern does not fit here.
// oxlint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0085\u2028\u2029\ufffe\uffff]/g;
// The same for the one look that spares clean text the rest.
// oxlint-disable-next-line no-control-regex
const SUSPICIOUS = /[\u0000-\u0008\u000b-\u001f\u007f\u0085\u2028\u2029\ud800-\udfff\ufffe\uffff]/;
const HALF_PAIR = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The text as a document can hold it: control characters, U+FFFE and half pairs are left out, line ends are `\n`. */
export function printableText(text: string): string {
  // most texts are printable, and this is asked for every cell of a large list
  if (!SUSPICIOUS.test(text)) return text;
  return text.replaceAll(/\r\n?/g, '\n').replaceAll(UNPRINTABLE, '').replaceAll(HALF_PAIR, '');
}

/** The text as content or attribute value of XML. */
export function xmlText(text: string): string {
  const printable = printableText(text);
  if (!/[&<>"]/.test(printable)) return printable;
  return printable.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** What no printer shows, so that a card leaves it out: beside the above all that steers the direction or the width of a text. */
export function isOddCharacter(codePoint: number): boolean {
  return (
    codePoint < 0x20 ||
    (codePoint >= 0x7f && codePoint < 0xa0) ||
    (codePoint >= 0xd800 && codePoint <= 0xdfff) ||
    (codePoint >= 0x200b && codePoint <= 0x200f) ||
    (codePoint >= 0x202a && codePoint <= 0x202e) ||
    (codePoint >= 0x2066 && codePoint <= 0x2069) ||
    codePoint === 0xfeff ||
    codePoint === 0xfffd ||
    (codePoint & 0xfffe) === 0xfffe
  );
}

/** The text as one line of a card: without odd characters, a line break is a space. */
export function cardText(text: string): string {
  return [...text.replaceAll(/[\r\n\t]+/g, ' ')].filter((one) => !isOddCharacter(one.codePointAt(0)!)).join('');
}
