/** Who comes to a session, as the reception of the venue reads it. Personal data: it lives as long as the file is made. */
export interface RosterEntry {
  readonly receiptNumber: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly familyNameKana: string;
  readonly givenNameKana: string;
  readonly phoneNumber?: string;
  readonly postalCode?: string;
  /** One line. */
  readonly address?: string;
  /** 代理人（続柄）. */
  readonly proxy?: string;
  /** 電話, ＦＡＸ … */
  readonly channel?: string;
  /** 「会場で案内」 and the like. (§8.6) */
  readonly remarks?: string;
}

/** A session and its people; `entries` in the order in which they are printed (see `kana-order.ts`). (R014) */
export interface Roster {
  readonly sessionCode: string;
  /** 第一期 */
  readonly termName: string;
  readonly courseTitle: string;
  readonly venueName: string;
  readonly venueAddress?: string;
  readonly ward?: string;
  /** At least one; a class of two days has two. */
  readonly dates: readonly { readonly date: string; readonly startsAt: string; readonly endsAt: string }[];
  readonly capacity: number;
  /** v1, v2 … */
  readonly version: number;
  /** 確定 once the term's telephones have closed. (R051) */
  readonly frozen: boolean;
  /** Epoch milliseconds of what it says. */
  readonly asOf: number;
  readonly entries: readonly RosterEntry[];
  /** A training or demonstration desk prints 見本. (§8.25) */
  readonly specimen?: boolean;
}
