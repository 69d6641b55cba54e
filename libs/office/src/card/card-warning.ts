/** Something a person must look at before a card is printed. It holds no name and no address. (§4.4.3, R055) */
export interface CardWarning {
  /** Of the card in the list that was proofed, from 0. */
  readonly index: number;
  readonly noticeId: string;
  readonly code: CardWarningCode;
  /** `stop`: the card would be wrong or would not arrive, and is not to be printed. `look`: a person decides. */
  readonly weight: 'stop' | 'look';
  readonly side?: 'notice' | 'address';
  /** The field of the addressee or of the session that it is about. */
  readonly field?: string;
  /** `U+20BB7`, or `U+845B U+E0100` for a variation sequence. */
  readonly codePoint?: string;
  /** A sentence for the desk, in Japanese. */
  readonly message: string;
}

export type CardWarningCode =
  /** No font of the chain has the character. */
  | 'missingGlyph'
  /** The fonts have the character, but not the form that its variation selector asks for. */
  | 'missingVariant'
  /** Does not fit, even in two columns and the smallest type. */
  | 'overflow'
  /** Control characters and the like, which are left out when printed. */
  | 'oddCharacter'
  /** A part that the post needs is empty. */
  | 'incompleteAddress'
  | 'missingPostalCode'
  /** Not in the postcode data: never existed, or was abolished. */
  | 'unknownPostalCode'
  /** The postcode belongs to another municipality or town than the address. */
  | 'postalCodeElsewhere'
  /** The title of the course tells more about the person than open mail should. (§8.5) */
  | 'tellingTitle'
  /** Same name and same address as an earlier card of the list. */
  | 'duplicateAddressee'
  /** The barcode that was drawn does not read back as the address. */
  | 'barcodeUnreadable';
