import { phoneDigits } from '#vault/kana.js';

/** Who wants to come, and where the notice goes: the sealed record (R010, design §6). */
export interface Applicant {
  readonly familyName: string;
  readonly givenName: string;
  readonly familyNameKana: string;
  readonly givenNameKana: string;
  readonly phoneNumber?: string;
  readonly postalCode?: string;
  readonly prefecture: string;
  readonly city: string;
  readonly ward?: string;
  readonly town: string;
  readonly chome?: string;
  readonly blockLot: string;
  readonly building?: string;
  readonly roomNumber?: string;
  readonly careOf?: string;
}

/** As it is kept: digits plain, kana as full-width katakana; names and addresses as they were typed. */
export function asKept(applicant: Applicant): Applicant {
  const { phoneNumber, postalCode } = applicant;
  return {
    ...applicant,
    familyNameKana: katakana(applicant.familyNameKana),
    givenNameKana: katakana(applicant.givenNameKana),
    ...(phoneNumber !== undefined && { phoneNumber: phoneDigits(phoneNumber) }),
    ...(postalCode !== undefined && { postalCode: postalCode.normalize('NFKC').replaceAll(/\D/g, '') }),
  };
}

/** Which fields are not as a telephone or a register would have them; names only. */
export function flawsOf(kept: Applicant): { readonly field: keyof Applicant; readonly rules: readonly string[] }[] {
  const phone = kept.phoneNumber === undefined || /^0\d{9,10}$/.test(kept.phoneNumber);
  const postal = kept.postalCode === undefined || /^\d{7}$/.test(kept.postalCode);
  return [
    ...(phone ? [] : [{ field: 'phoneNumber' as const, rules: ['phoneNumber'] }]),
    ...(postal ? [] : [{ field: 'postalCode' as const, rules: ['postalCode'] }]),
  ];
}

export type Corrected = 'name' | 'kana' | 'phoneNumber' | 'address';

const PARTS: Readonly<Record<Corrected, readonly (keyof Applicant)[]>> = {
  name: ['familyName', 'givenName'],
  kana: ['familyNameKana', 'givenNameKana'],
  phoneNumber: ['phoneNumber'],
  address: [
    ...(['postalCode', 'prefecture', 'city', 'ward', 'town', 'chome', 'blockLot'] as const),
    ...(['building', 'roomNumber', 'careOf'] as const),
  ],
};

/** Which parts of the record are different: tells whether a card already posted is wrong. (§8.6) */
export function correctedParts(before: Applicant, after: Applicant): Corrected[] {
  return (Object.keys(PARTS) as Corrected[]).filter((part) =>
    PARTS[part].some((field) => before[field] !== after[field]),
  );
}

function katakana(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .replaceAll(/[ぁ-ゖゝゞ]/g, (kana) => String.fromCodePoint(kana.codePointAt(0)! + 0x60));
}
