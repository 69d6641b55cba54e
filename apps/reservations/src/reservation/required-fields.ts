import type { Applicant } from '../person/applicant.js';
import type { Term } from '../term/term.decider.js';

/** What the form of this term asks for (R010) and the applicant has none of. */
export function missingIn(term: Term, applicant: Applicant): string[] {
  const required = term.plan?.intakeForm?.requiredFields ?? [];
  return required.filter((field) => applicant[field as keyof Applicant] === undefined);
}
