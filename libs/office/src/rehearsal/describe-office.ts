import { describeUnless } from './describe-where.js';
import { officeMissing } from './office-program.js';

/** `describe` with LibreOffice; where there is none, its tests are counted as skipped and the reason is printed. */
export function describeOffice(name: string, body: () => void): void {
  describeUnless(officeMissing(), name, body);
}
