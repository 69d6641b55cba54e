/** One attendance notice (受講通知書): what its two sides say. A card goes to one attendee. (R020, R022, §8.11) */
export interface Card {
  /** Names the card in warnings and progress, which hold no personal data. */
  readonly noticeId: string;
  readonly serial: CardSerial;
  /** 初回／差し替え／再発行; a replacement tells the reader to throw the earlier card away. (§4.4.7) */
  readonly kind: 'first' | 'replacement' | 'reissue';
  readonly addressee: Addressee;
  readonly receiptNumber: string;
  readonly session: CardSession;
  readonly contact: CardContact;
}

/** `B12-0001/0350` */
export interface CardSerial {
  readonly batchNumber: number;
  /** From 1, in the order of the postman. */
  readonly serialNo: number;
  readonly total: number;
}

/** Name and address as the applicant's record has them; all in the width and script they were typed in. */
export interface Addressee {
  readonly familyName: string;
  readonly givenName: string;
  /** Seven digits. Without it a card is listed and not to be printed. (§8.12) */
  readonly postalCode?: string;
  readonly prefecture: string;
  readonly city: string;
  readonly ward?: string;
  readonly town: string;
  /** Without the word: `29`, or with it: `29丁目`. */
  readonly chome?: string;
  readonly blockLot: string;
  readonly building?: string;
  readonly roomNumber?: string;
  /** 方書: `佐藤様方`, or the name of an institution. (§8.12) */
  readonly careOf?: string;
}

export interface CardSession {
  readonly sessionCode: string;
  /** What is printed: the neutral title where the course has one. (§8.5) */
  readonly courseTitle: string;
  /** In order; the first is the deadline's. Dates are `2026-01-05`, times `10:00`, civil time of Tokyo. */
  readonly dates: readonly CardDate[];
  /** 受付開始時刻, `09:45`. */
  readonly receptionOpensAt?: string;
  readonly venueName: string;
  readonly venueAddress: string;
  readonly venueAccess?: string;
  /** 持ち物. */
  readonly bringAlong?: string;
}

export interface CardDate {
  readonly date: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

/** Whom to call: while the telephones are open, and when they are closed (閉設後連絡先, §8.13). */
export interface CardContact {
  /** `札幌市デジタル講習会受付 0120-000-000（平日 9:00〜16:00、7月25日まで）` */
  readonly reception: string;
  readonly afterClosing?: string;
}

/** Of a card of the batch, `B12-0001/0350`. (§4.4.4) */
export function serialText({ batchNumber, serialNo, total }: CardSerial): string {
  return `B${batchNumber}-${fourDigits(serialNo)}/${fourDigits(total)}`;
}

function fourDigits(number: number): string {
  return String(number).padStart(4, '0');
}
