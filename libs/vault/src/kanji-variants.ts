/** Groups of characters written for one another in names: the usual one first, then those of registers and callers. */
const GROUPS = `
  辺邊邉 高髙 崎﨑嵜㟢碕 斉齊斎齋斊 浜濱濵 吉𠮷 桑桒 島嶋嶌 沢澤 広廣 国國 桜櫻 竜龍 滝瀧
  関關 実實 恵惠 徳德 真眞 条條 栄榮 円圓 会會 学學 寿壽 亀龜 黒黑 増增 横橫 渋澁 塩鹽
  万萬 与與 予豫 余餘 芦蘆 駅驛 桧檜 薮藪 篭籠 峰峯 松枩 杉椙 富冨 館舘 船舩 瀬瀨 緑綠
  静靜 清淸 青靑 頼賴 巌巖 巻卷 児兒 宝寶 宮宫 将將 尾㞍 柳栁 柿𣏾 槙槇 鶴靏靍 角⻆
  曽曾 曻昇 礼禮 祢禰 弥彌 鉄鐵銕 遥遙 隣鄰 郎郞 豊豐 来來 楽樂 歳歲 気氣 浄淨 温溫
  満滿 燈灯 猪豬 禄祿 秋穐 穂穗 稲稻 粛肅 経經 緒緖 聡聰 芸藝 薫薰 蔵藏 蛍螢 衛衞 覚覺
  誉譽 尭堯 冴冱 剣劍劔 勲勳 単單 厳嚴 双雙 収收 壮壯 奥奧 寛寬 応應 恒恆 慎愼 戸戶
  抜拔 晃晄 晋晉 暁曉
`;

const USUAL = new Map(
  GROUPS.trim()
    .split(/\s+/)
    .map((group) => [...group])
    .flatMap(([usual, ...variants]) => variants.map((variant) => [variant, usual!] as const)),
);

/**
 * A name with variant characters as the usual ones (渡邉 and 渡邊 as 渡辺, 髙﨑 as 高崎), for comparing what two people
 * wrote; never for printing. Without spaces and variation selectors, NFKC. Once more changes nothing.
 */
export function kanjiVariants(text: string): string {
  const plain = text.normalize('NFKC').replace(/[\s\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]/gu, '');
  return Array.from(plain, (character) => USUAL.get(character) ?? character)
    .join('')
    .normalize('NFKC');
}
