import * as z from 'zod';
import { id, revision } from '../event-fields.js';

/** One version of a person's record: what an event names. */
export interface PersonVersion {
  readonly personId: string;
  readonly version: number;
}

/** Who has a seat, as the record says. Nothing in here is kept by whoever asked for it. (design §6) */
export const resolvedApplicant = z.object({
  familyName: z.string(),
  givenName: z.string(),
  familyNameKana: z.string(),
  givenNameKana: z.string(),
  phoneNumber: z.string().optional(),
  postalCode: z.string().optional(),
  prefecture: z.string(),
  city: z.string(),
  ward: z.string().optional(),
  town: z.string(),
  chome: z.string().optional(),
  blockLot: z.string(),
  building: z.string().optional(),
  roomNumber: z.string().optional(),
  careOf: z.string().optional(),
});
export type ResolvedApplicant = z.infer<typeof resolvedApplicant>;

/** What `POST /internal/persons/resolve` of reservations answers; `missing` were erased, or never there. */
export const resolveAnswer = z.object({
  persons: z.array(z.object({ personId: id, version: revision, applicant: resolvedApplicant })),
  missing: z.array(id),
});
