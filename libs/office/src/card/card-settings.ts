/** What is the same on every card of a batch. Lengths are millimetres. */
export interface CardSettings {
  readonly stock: CardStock;
  /** Of the database; 研修 and デモ print 「見本」 across both sides. (§8.25) */
  readonly mark: 'production' | 'training' | 'demo';
  readonly sender: CardSender;
  readonly frame: PostcodeFrame;
  /** 差出事業所, printed in the indicia of 別納 and 後納: `札幌中央局`. */
  readonly postOffice?: string;
  /** Moves everything on the address side, for a printer that feeds a little off: right and down are positive. */
  readonly shift?: { readonly right: number; readonly down: number };
}

/** 郵便はがき（料額印面付き）／私製はがき＋切手／料金別納／料金後納. (§8.4) */
export type CardStock = 'postalCard' | 'stamped' | 'paidSeparately' | 'paidLater';

/** 差出人, and 返還先 where a card comes back to; required because undelivered cards must find their way. (§8.5) */
export interface CardSender {
  readonly name: string;
  /** 担当課 or 受付センター. */
  readonly section?: string;
  readonly postalCode: string;
  readonly address: string;
}

export interface PostcodeFrame {
  /** `false` on cards whose frame is printed already: then only the digits are set into it. */
  readonly drawn: boolean;
  /** From the right edge of the card to the frame: 8.0 ± 1.5. */
  readonly right: number;
  /** From the top edge of the card to the frame: 12.0 ± 1.5. */
  readonly top: number;
}

export const STANDARD_FRAME: PostcodeFrame = { drawn: true, right: 8, top: 12 };
