import { Refusal } from '#kernel/refusal.js';
import { isOddCharacter } from '../text/printable-text.js';
import { comparable, townsOf } from '../address/postal-town.js';
import type { FontChain } from '../font/font-chain.js';
import { letterCode } from '../font/letter.js';
import { addressAfterTown } from '../print/barcode-bars.js';
import { addressSide, fixedAddressSide } from '../print/address-side.js';
import { fixedNoticeSide, noticeSide } from '../print/notice-side.js';
import { allFlaws, type SidePlan } from '../print/side-plan.js';
import type { Addressee, Card } from './card.js';
import type { CardSettings } from './card-settings.js';
import type { CardWarning, CardWarningCode } from './card-warning.js';
import { titleAdvice } from './sensitive-title.policy.js';
import { warningSentence } from './warning-sentences.js';

const NEEDED = ['familyName', 'prefecture', 'city', 'town', 'blockLot'] as const;

/** Everything a person must look at before printing, card by card; both sides are laid out with the real fonts. (§4.4.3) */
export async function softProof(
  cards: readonly Card[],
  settings: CardSettings,
  fonts: FontChain,
  told: (done: number) => void = () => {},
): Promise<CardWarning[]> {
  const [address, notice] = [fixedAddressSide(settings, fonts), fixedNoticeSide(settings, fonts)];
  const seen = new Map<string, number>();
  const warnings: CardWarning[] = [];
  for (const [index, card] of cards.entries()) {
    const of = (code: CardWarningCode, more: Partial<CardWarning> = {}) => warningOf(code, index, card, more);
    warnings.push(
      ...addressFlaws(card.addressee).map(({ code, field }) => of(code, field === undefined ? {} : { field })),
      ...oddFields(card).map((field) => of('oddCharacter', { field })),
      ...planWarnings(addressSide(card, settings, fonts, address), index, card, 'address', fonts),
      ...planWarnings(noticeSide(card, settings, fonts, notice), index, card, 'notice', fonts),
    );
    if (titleAdvice(card.session.courseTitle) !== undefined)
      warnings.push(of('tellingTitle', { field: 'courseTitle' }));
    const likeness = likenessOf(card.addressee);
    if (seen.has(likeness)) warnings.push(of('duplicateAddressee'));
    seen.set(likeness, index);
    told(index + 1);
    if (index % 20 === 19) await new Promise((resolve) => setImmediate(resolve));
  }
  return warnings;
}

/** What is wrong with a side as it would be printed. Several letters of one kind in a field are one warning each. */
export function planWarnings(
  plan: SidePlan,
  index: number,
  card: Card,
  side: 'notice' | 'address',
  fonts: FontChain,
): CardWarning[] {
  const warnings = allFlaws(plan).map(({ code, field, letter }) => {
    if (letter === undefined) return warningOf(code, index, card, { side, field });
    const variant = letter.selector !== undefined && fonts.hasPlain(letter);
    const codePoint = letterCode(letter);
    return warningOf(variant ? 'missingVariant' : 'missingGlyph', index, card, { side, field, codePoint });
  });
  return [...new Map(warnings.map((warning) => [JSON.stringify(warning), warning])).values()];
}

/** @param warnings of every card that cannot be printed as it is */
export function notPrintable(warnings: readonly CardWarning[]): Refusal {
  const cards = new Set(warnings.map(({ index }) => index)).size;
  return new Refusal(
    'cards-not-printable',
    'unprocessable',
    `${cards} 枚のはがきは、このままでは正しく印刷できません。`,
    { warnings },
  );
}

interface AddressFlaw {
  readonly code: CardWarningCode;
  readonly field?: string;
}

function addressFlaws(addressee: Addressee): AddressFlaw[] {
  const flaws: AddressFlaw[] = NEEDED.filter((field) => addressee[field].trim() === '').map((field) => ({
    ...{ code: 'incompleteAddress', field },
  }));
  const { postalCode } = addressee;
  if (postalCode === undefined || postalCode === '')
    return [...flaws, { code: 'missingPostalCode', field: 'postalCode' }];
  const towns = townsOf(postalCode);
  if (towns.length === 0) return [...flaws, { code: 'unknownPostalCode', field: 'postalCode' }];
  const city = comparable(addressee.city + (addressee.ward ?? ''));
  const here = towns.filter((town) => comparable(town.city).endsWith(city) || city.endsWith(comparable(town.city)));
  const inTown = here.some(({ town }) => town === '') || addressAfterTown(addressee) !== undefined;
  return here.length === 0 || !inTown ? [...flaws, { code: 'postalCodeElsewhere', field: 'postalCode' }] : flaws;
}

function oddFields({ addressee }: Card): string[] {
  return Object.entries(addressee)
    .filter(([, text]: [string, string]) => [...text].some((one) => isOddCharacter(one.codePointAt(0)!)))
    .map(([field]) => field);
}

function likenessOf({ familyName, givenName, postalCode, town, chome, blockLot, roomNumber }: Addressee): string {
  return comparable([familyName, givenName, postalCode, town, chome, blockLot, roomNumber].join('|'));
}

const LOOK = new Set<CardWarningCode>([
  'oddCharacter',
  'unknownPostalCode',
  'postalCodeElsewhere',
  'duplicateAddressee',
  'tellingTitle',
]);

function warningOf(
  code: CardWarningCode,
  index: number,
  { noticeId }: Card,
  more: Pick<Partial<CardWarning>, 'side' | 'field' | 'codePoint'>,
): CardWarning {
  const message = warningSentence(code, more.field, more.codePoint);
  return { index, noticeId, code, weight: LOOK.has(code) ? 'look' : 'stop', ...more, message };
}
