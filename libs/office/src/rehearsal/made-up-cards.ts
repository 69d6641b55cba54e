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
