import type { Addressee, Card } from '../card/card.js';
import { STANDARD_FRAME, type CardSettings } from '../card/card-settings.js';

// Nobody's cards, for specs, benches and pictures.

export const madeUpSettings: CardSettings = {
  stock: 'paidSeparately',
  mark: 'production',
  sender: {
    name: '札幌市',
    section: 'デジタル講習会受付センター',
    postalCode: '0608611',
    address: '札幌市中央区北1条西2丁目',
  },
  frame: STANDARD_FRAME,
  postOffice: '札幌中央局',
};

export const madeUpAddressee: Addressee = {
  ...{ familyName: '髙橋', givenName: '𠮷之助', postalCode: '0010024' },
  ...{ prefecture: '北海道', city: '札幌市', ward: '北区', town: '北24条西', chome: '5', blockLot: '1-20' },
  ...{ building: 'メゾン・ド・ローゼンベルク', roomNumber: '1208' },
};

export function madeUpCard(addressee: Partial<Addressee> = {}, card: Partial<Card> = {}): Card {
  const serialNo = card.serial?.serialNo ?? 1;
  return {
    noticeId: `0190a000-0000-7000-8000-${String(serialNo).padStart(12, '0')}`,
    serial: { batchNumber: 12, serialNo, total: 350 },
    kind: 'first',
    addressee: { ...madeUpAddressee, ...addressee },
    receiptNumber: `R2-${String(serialNo).padStart(5, '0')}`,
    session: {
      sessionCode: 'S-0801-1',
      courseTitle: 'はじめてのスマートフォン講座（入門編）',
      dates: [{ date: '2025-08-01', startsAt: '10:00', endsAt: '12:00' }],
      receptionOpensAt: '09:45',
      venueName: '北区民センター　３階　視聴覚室',
      venueAddress: '札幌市北区北25条西6丁目1-1',
      venueAccess: '地下鉄南北線「北24条」駅１番出口から徒歩７分',
      bringAlong: 'この通知書、筆記用具、お持ちのスマートフォン',
    },
    contact: {
      reception: 'デジタル講習会受付センター　0120-000-000（平日9:00〜16:00、7月25日まで）',
      afterClosing: '札幌市デジタル企画課　011-000-0000（平日8:45〜17:15）',
    },
    ...card,
  };
}

const FAMILIES = [
  '佐藤',
  '髙橋',
  '山﨑',
  '渡邉',
  '鈴木',
  '長谷川',
  '五十嵐',
  '小林',
  '阿部',
  '𠮷田',
  '斎藤',
  '工藤',
  '三浦',
];
const GIVEN = ['一郎', '幸子', '美智子', '勝', '和夫', 'よし江', '清', '節子', '正之助', '由紀', 'ハナ', '栄', '光男'];
const KANJI =
  '愛亜彩明旭篤敦綾庵郁勲詠恵英悦遠央桜温夏佳華雅海絵岳寛菊吉久恭匡暁桐錦琴空圭慶敬桂景月剣健絃孝光幸紅浩航香剛沙早颯瑳史志紫滋柊秀修舟秋樹駿淳潤純初渚翔昇晶湘丈穣真深晋仁翠瑞嵩惺星晴聖青静碩節千泉仙善爽聡蒼尊大隆拓丹智忠長哲典冬藤道得敦凪奈南仁寧波梅博帆範緋弥美楓福文平碧歩峰朋豊房睦万稔夢茂唯佑優勇由遥陽葉羅蘭里凌涼琳瑠麗怜鈴廉蓮浪朗和亘';
const TOWNS = [
  ['0010024', '北区', '北24条西'],
  ['0030023', '白石区', '南郷通'],
  ['0040051', '厚別区', '厚別中央1条'],
  ['0640804', '中央区', '南4条西'],
  ['0620933', '豊平区', '平岸3条'],
] as const;

/** Distinct people at distinct addresses; the same for the same count. */
export function madeUpCards(count: number): Card[] {
  return Array.from({ length: count }, (_, at) => {
    const [postalCode, ward, town] = TOWNS[at % TOWNS.length]!;
    const building = at % 3 === 0 ? { building: `コーポ${GIVEN[at % 11]}${at % 89}` } : {};
    return madeUpCard(
      {
        familyName: FAMILIES[at % FAMILIES.length]!,
        givenName:
          at % 2 === 0 ? `${KANJI[(at * 7) % KANJI.length]!}${KANJI[(at * 3 + 1) % KANJI.length]!}` : GIVEN[at % 12]!,
        ...{ postalCode, ward, town, chome: String((at % 29) + 1), blockLot: `${(at % 40) + 1}-${(at % 97) + 1}` },
        ...{ roomNumber: String(101 + (at % 1_200)), ...building },
      },
      { serial: { batchNumber: 12, serialNo: at + 1, total: count } },
    );
  });
}
