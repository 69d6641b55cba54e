import { kanjiVariants } from '#vault/kanji-variants.js';
import { normaliseKana, phoneDigits } from '#vault/kana.js';
import type { Applicant } from './applicant.js';

/** What the caller says of their own accord; the number they call from counts for nothing. (§8.10) */
export interface Spoken {
  readonly givenNameKana?: string;
  readonly receiptNumber?: string;
  /** 番地・号. */
  readonly addressBlock?: string;
  readonly phoneNumber?: string;
  /** A date of the class. */
  readonly classDate?: string;
  /** Of somebody who calls for the attendee. */
  readonly proxyName?: string;
}

/** What it is held against. */
export interface Registered {
  readonly applicant: Applicant;
  readonly receiptNumber: string;
  readonly classDates: readonly string[];
  readonly proxyNames: readonly string[];
}

export type Passed = 'givenName' | 'receiptNumber' | 'addressBlock' | 'phoneNumber' | 'classDate' | 'proxyName';

/**
 * Existence, venue and time of a booking are told only to the person (given name, and the receipt number or two of
 * address block, telephone and class date) or to the recorded proxy, who must know the same. (§8.10)
 */
export function mayBeTold(
  requester: 'person' | 'proxy',
  spoken: Spoken,
  registered: Registered,
): { readonly told: boolean; readonly passed: readonly Passed[] } {
  const { applicant } = registered;
  const checks: Readonly<Record<Passed, boolean>> = {
    givenName: equal(spoken.givenNameKana, applicant.givenNameKana, normaliseKana),
    receiptNumber: equal(spoken.receiptNumber, registered.receiptNumber, phoneDigits),
    addressBlock: equal(spoken.addressBlock, applicant.blockLot, block),
    phoneNumber: equal(spoken.phoneNumber, applicant.phoneNumber, phoneDigits),
    classDate: spoken.classDate !== undefined && registered.classDates.includes(spoken.classDate),
    proxyName: registered.proxyNames.some((name) => equal(spoken.proxyName, name, kanjiVariants)),
  };
  const passed = (Object.keys(checks) as Passed[]).filter((check) => checks[check]);
  const ofThree = (['addressBlock', 'phoneNumber', 'classDate'] as const).filter((check) => checks[check]).length;
  const knows = checks.givenName && (checks.receiptNumber || ofThree >= 2);
  return { told: knows && (requester === 'person' || checks.proxyName), passed };
}

function equal(said: string | undefined, known: string | undefined, plain: (text: string) => string): boolean {
  if (said === undefined || known === undefined) return false;
  const [a, b] = [plain(said), plain(known)];
  return a !== '' && a === b;
}

/** 12番3号 and １２－３ are one block. */
function block(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[^0-9A-Za-z]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .toUpperCase();
}
