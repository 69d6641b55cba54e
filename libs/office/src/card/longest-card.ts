import type { Card } from './card.js';

/** The card that a template is tried with: the longest name, address and texts that people and venues have. (R022) */
export const longestCard: Card = {
  noticeId: '00000000-0000-7000-8000-000000000000',
  serial: { batchNumber: 99, serialNo: 9_999, total: 9_999 },
  kind: 'replacement',
  addressee: {
    familyName: '勅使河原小路',
    givenName: '長左衛門之介マクシミリアン',
    postalCode: '0040051',
    prefecture: '北海道',
    city: '札幌市',
    ward: '厚別区',
    town: '厚別中央1条',
    chome: '6',
    blockLot: '2番15号',
    building: 'サンライズ・ガーデンヒルズ新さっぽろ駅前レジデンス・イーストタワー',
    roomNumber: '2507号室',
    careOf: '特別養護老人ホームひまわりの里新さっぽろ第二別館',
  },
  receiptNumber: 'R2-09999-4',
  session: {
    sessionCode: 'S-20250801-99',
    courseTitle: 'はじめてのスマートフォン講座（電話・メール・地図・写真・災害時の使い方　全３回）',
    dates: ['2025-10-29', '2025-11-26', '2025-12-24'].map((date) => ({ date, startsAt: '10:30', endsAt: '12:30' })),
    receptionOpensAt: '10:15',
    venueName: '札幌市厚別区民センター　２階　第３会議室・視聴覚室',
    venueAddress: '札幌市厚別区厚別中央１条５丁目３番１４号',
    venueAccess: '地下鉄東西線・ＪＲ千歳線「新さっぽろ」駅９番出口から徒歩５分。エレベーターあり。駐車場なし。',
    bringAlong: 'この通知書、筆記用具、お持ちのスマートフォン、充電器、老眼鏡（必要な方）',
  },
  contact: {
    reception: 'デジタル講習会受付センター　0120-000-000（平日９時〜16時、12月24日まで）',
    afterClosing: '札幌市デジタル企画課　011-000-0000（平日８時45分〜17時15分）',
  },
};
