import type { CallbackAttempted, CallbackClosed, CallbackRequested } from '#contracts/inquiries/callback.events.js';

export type CallbackCause = CallbackRequested['data']['cause'];
export type CallbackResult = CallbackAttempted['data']['result'];
export type ClosingResult = CallbackClosed['data']['result'];

export interface Callback {
  readonly state: 'none' | 'open' | 'closed';
  readonly requested?: CallbackRequested['data'];
  /** Oldest first. */
  readonly attempts: readonly CallbackResult[];
  readonly result?: ClosingResult;
}

export type CallbackCommand = { readonly callbackId: string } & (
  | { readonly do: 'request'; readonly request: Omit<CallbackRequested['data'], 'callbackId'> }
  | { readonly do: 'attempt'; readonly result: CallbackResult; readonly by: string }
  | { readonly do: 'close'; readonly result: ClosingResult; readonly by: string }
  /** Told by another service: an attempt of the contact list. */
  | { readonly do: 'hear'; readonly result: CallbackResult | 'express' }
  /** The matter is over, whoever ended it. */
  | { readonly do: 'withdraw' }
  /** `from`: when it ends by itself, by the plan of the class as it is now; epoch milliseconds like `now`. */
  | { readonly do: 'lapse'; readonly now: number; readonly from: number }
);

/** How a call-back may be closed by hand. (§8.6, §8.14, §8.15) */
export const CLOSINGS: Readonly<Record<CallbackCause, readonly ClosingResult[]>> = {
  returnedMail: ['express', 'atVenue', 'withdrawn'],
  contactList: [],
  vacancyWish: ['booked', 'notWanted', 'withdrawn'],
  promised: ['withdrawn'],
};

/** 「空きが出てもご連絡をお約束できません」: read out to whoever leaves a wish. (§8.15) */
export const NOTHING_PROMISED =
  '空きが出てもご連絡をお約束できません。講習会が始まるときに、お名前とお電話番号は消去します。';
