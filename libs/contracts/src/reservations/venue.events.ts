import * as z from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { id, text, title } from '../event-fields.js';

const venue = {
  venueId: id,
  name: title,
  /** As people say it, 北区. */
  ward: title,
  /** The municipality code of the ward, 01102 for 札幌市北区; the city's open data joins on it. */
  wardCode: z.string().regex(/^\d{5}$/),
  postalCode: z.exactOptional(z.string().regex(/^\d{7}$/)),
  address: title,
  /** WGS 84. Without it the venue is ranked after those that have one. (R013) */
  position: z.exactOptional(
    z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }),
  ),
  /** Step-free from the street to the room and to a toilet; unknown when absent, which is not "no". */
  wheelchairAccessible: z.exactOptional(z.boolean()),
  /** How to get there: station, exit, bus, lift. Read out and printed. (R016) */
  access: z.exactOptional(text),
  parking: z.exactOptional(text),
};

/** When a venue is entered, by hand or by an import of the city's list. (R011, R016) */
export const VenueRegistered = defineEvent('VenueRegistered', z.strictObject(venue));
export type VenueRegistered = EventOf<typeof VenueRegistered>;

const changed = z
  .array(
    z.enum([
      'name',
      'ward',
      'wardCode',
      'postalCode',
      'address',
      'position',
      'wheelchairAccessible',
      'access',
      'parking',
    ]),
  )
  .min(1);

/**
 * When any fact of a venue changes; carries all facts, and `changed` which are different (absent in old events: any may be).
 * A session that moves elsewhere is `ClassSessionRevised`.
 */
export const VenueRevised = defineEvent(
  'VenueRevised',
  z.strictObject({ ...venue, changed: z.exactOptional(changed) }),
);
export type VenueRevised = EventOf<typeof VenueRevised>;
