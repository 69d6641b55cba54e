import { CorrectionOf } from '#platform/service/correction.js';
import { LineField, PatternField } from '#platform/service/fields.js';

/**
 * Kana of any width, with long vowel marks, dots and blanks. At least one is a letter (Lo): the marks are of the kana
 * scripts too, and a name of nothing else can neither be read out nor searched.
 */
const KANA = '^(?=.*(?=[\\p{Script=Hira}\\p{Script=Kana}])\\p{Lo})[\\p{scx=Hira}\\p{scx=Kana}・･ 　]+$';
const PHONE = '^[+＋]?[0-9０-９()（）\\-－−‐ー 　]{9,24}$';
const POSTAL = '^[0-9０-９]{3}[\\-－−‐ー]?[0-9０-９]{4}$';

/** Who wants to come, and where the notice goes. No e-mail field exists; the telephone is optional. (R010) */
export class ApplicantBody {
  @LineField({ max: 50 }) familyName: string;
  @LineField({ max: 50 }) givenName: string;
  @PatternField({ pattern: KANA, max: 80 }) familyNameKana: string;
  @PatternField({ pattern: KANA, max: 80 }) givenNameKana: string;
  @PatternField({ pattern: PHONE, max: 25, optional: true }) phoneNumber?: string;
  @PatternField({ pattern: POSTAL, max: 8, optional: true, description: 'Missing: a task, blocks printing. (§8.12)' })
  postalCode?: string;
  @LineField({ max: 10 }) prefecture: string;
  @LineField({ max: 30, description: '札幌市' }) city: string;
  @LineField({ max: 20, optional: true, description: '北区' }) ward?: string;
  @LineField({ max: 60 }) town: string;
  @LineField({ max: 20, optional: true }) chome?: string;
  @LineField({ max: 60 }) blockLot: string;
  @LineField({ max: 80, optional: true }) building?: string;
  @LineField({ max: 30, optional: true }) roomNumber?: string;
  @LineField({ max: 60, optional: true, description: '方書: ○○様方, 施設名' }) careOf?: string;
}

/** Somebody who moves out of a flat has no room number any more: null says so. */
const EMPTIED = ['phoneNumber', 'postalCode', 'ward', 'chome', 'building', 'roomNumber', 'careOf'] as const;

/** The fields to correct; the others stay. */
export class ApplicantCorrectionBody extends CorrectionOf(ApplicantBody, EMPTIED) {}
