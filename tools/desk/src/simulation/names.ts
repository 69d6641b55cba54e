import type { Chance } from './chance.js';

/** A name with its reading. */
export type Named = readonly [written: string, kana: string];

/** Ordinary ones, and those that programs stumble over: variant kanji, characters beyond 16 bits, one and many kana. */
const FAMILY_NAMES: readonly Named[] = [
  ...([['佐藤', 'サトウ'], ['鈴木', 'スズキ'], ['高橋', 'タカハシ'], ['田中', 'タナカ'], ['伊藤', 'イトウ']] as const), // prettier-ignore
  ...([['渡辺', 'ワタナベ'], ['渡邊', 'ワタナベ'], ['渡邉', 'ワタナベ'], ['斎藤', 'サイトウ'], ['齋藤', 'サイトウ'], ['齊藤', 'サイトウ']] as const), // prettier-ignore
  ...([['髙﨑', 'タカサキ'], ['𠮷野', 'ヨシノ'], ['𠮷田', 'ヨシダ'], ['髙橋', 'タカハシ'], ['濵田', 'ハマダ'], ['嶋﨑', 'シマザキ']] as const), // prettier-ignore
  ...([['小野寺', 'オノデラ'], ['長谷川', 'ハセガワ'], ['五十嵐', 'イガラシ'], ['東坊城', 'ヒガシボウジョウ'], ['勅使河原', 'テシガワラ']] as const), // prettier-ignore
  ...([['左衛門三郎', 'サエモンサブロウ'], ['鴨志田', 'カモシダ'], ['井', 'イイ'], ['阿', 'オカ'], ['ホワイト・スミス', 'ホワイトスミス']] as const), // prettier-ignore
];

const GIVEN_NAMES: readonly Named[] = [
  ...([['花子', 'ハナコ'], ['太郎', 'タロウ'], ['幸子', 'サチコ'], ['和子', 'カズコ'], ['節子', 'セツコ'], ['清', 'キヨシ']] as const), // prettier-ignore
  ...([['ミヨ', 'ミヨ'], ['きぬゑ', 'キヌヱ'], ['ヨ子', 'ヨネ'], ['璵', 'ヨ'], ['龍之介', 'リュウノスケ'], ['喜久夫', 'キクオ']] as const), // prettier-ignore
  ...([['ウィリアム・ジェームズ', 'ウィリアムジェームズ'], ['マリア・デル・カルメン', 'マリアデルカルメン'], ['一', 'ハジメ']] as const), // prettier-ignore
  ...([['富士夫', 'フジオ'], ['千代子', 'チヨコ'], ['トシ', 'トシ'], ['正雄', 'マサオ'], ['スヱ子', 'スエコ']] as const), // prettier-ignore
];

export function familyName(chance: Chance): Named {
  return chance.one(FAMILY_NAMES);
}

export function givenName(chance: Chance): Named {
  return chance.one(GIVEN_NAMES);
}

/** As operators type it: full width, half width, hiragana. */
export function typed(kana: string, chance: Chance): string {
  const hiragana = () => kana.replaceAll(/[ァ-ヶ]/g, (one) => String.fromCodePoint(one.codePointAt(0)! - 0x60));
  return chance.weighted([
    [() => kana, 8],
    [hiragana, 1],
    [() => halfWidth(kana), 1],
  ])();
}

const FULL =
  'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンァィゥェォャュョッー';
const HALF = 'ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｧｨｩｪｫｬｭｮｯｰ';

function halfWidth(kana: string): string {
  return [...kana.normalize('NFD')]
    .map((one) => {
      const nth = FULL.indexOf(one);
      if (nth >= 0) return HALF[nth]!;
      return one === '\u3099' ? 'ﾞ' : one === '\u309a' ? 'ﾟ' : one.normalize('NFC');
    })
    .join('');
}
