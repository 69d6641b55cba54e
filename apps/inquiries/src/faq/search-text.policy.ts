/** Small kana, and kana that sound alike, as what they are searched by. */
const FOLDED = new Map(
  [...'ぁぃぅぇぉっゃゅょゎゕゖづぢゐゑを'].map((kana, i) => [kana, [...'あいうえおつやゆよわかけずじいえお'][i]!]),
);

/**
 * Text as it is searched: half and full width, katakana and hiragana, capitals and small letters, long vowel marks, blanks and
 * punctuation make no difference. Once more changes nothing.
 */
export function searchText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCodePoint(kana.codePointAt(0)! - 0x60))
    .replace(/[ーｰ\p{P}\p{S}\p{Z}\p{C}]/gu, '')
    .replace(/[ぁ-ゖ]/g, (kana) => FOLDED.get(kana) ?? kana);
}

/** Ends of a question that say nothing of what is asked. */
const POLITE =
  /(?:でしようか|ますでしようか|ですか|ますか|ますよね|ますよねえ|下さい|ください|のか|かな|か|は|を|の|が)$/;

/** A question as it is told from others: `駐車場はありますか？` and `駐車場は、ありますか` are one. */
export function topicText(text: string): string {
  const plain = searchText(text);
  const short = plain.replace(POLITE, '');
  return short === '' ? plain : short;
}
