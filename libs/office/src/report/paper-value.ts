import { isDate } from '#calendar/civil-time.js';
import { eraDate } from '#calendar/japanese-date.js';
import { printableText } from '../text/printable-text.js';
import type { Kpi, PaperColumnKind, PaperValue } from './paper.js';

/** Where there is nothing to say: a day without calls has no rate. */
export const NOTHING = '―';
/** Nobody has said it yet: a blank for the pen, never a nought that reads like a fact. */
export const BY_HAND = '（記入してください）';

const WHOLE = new Intl.NumberFormat('ja-JP', { maximumFractionDigits: 0 });
const ONE_DIGIT = new Intl.NumberFormat('ja-JP', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** As it is printed in a document. Text in a column of numbers is printed as it is (5未満). */
export function printed(value: PaperValue | undefined, kind: PaperColumnKind = 'text'): string {
  if (value === null || value === undefined) return kind === 'text' ? '' : NOTHING;
  if (typeof value === 'string') return kind === 'date' && isDate(value) ? eraDate(value) : printableText(value);
  switch (kind) {
    case 'percent':
      return `${ONE_DIGIT.format(value * 100)}%`;
    case 'decimal':
      return ONE_DIGIT.format(value);
    case 'yen':
      return `${WHOLE.format(value)}円`;
    case 'seconds':
      return `${WHOLE.format(value)}秒`;
    default:
      return WHOLE.format(value);
  }
}

export function printedKpi({ value, kind, unit }: Kpi): string {
  return value === null ? NOTHING : printed(value, kind) + (unit ?? '');
}
