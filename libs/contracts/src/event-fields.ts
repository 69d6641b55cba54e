import * as z from 'zod';

/** The kinds of value that events are made of. Each check is one that JSON Schema can say too. */

/** A lower-case uuid (`#kernel/ids.js`). */
export const id = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);

/** +1 with every change of the thing it counts, from 1. */
export const revision = z.int().min(1);

/** UTC with milliseconds, as `Date.toISOString` writes it: one form only, so texts sort as instants. */
export const instant = z.iso.datetime({ precision: 3 });

/** A civil date in Asia/Tokyo. */
export const date = z.iso.date();

/** A civil time of day in Asia/Tokyo, `09:00`. */
export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** An entry of a code list that lives in the service, such as a reason; too short and too plain for free text. */
export const code = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/);

/** A number under which the city or the desk keeps a paper: 協議記録, 市の指示番号. */
export const reference = z.string().min(1).max(60);

/** A name that is printed or read out: of a venue, a course, a term. Never of a person. */
export const title = z.string().min(1).max(200);

/** What the desk may read out about a venue or a course. Never about a person. */
export const text = z.string().min(1).max(4_000);
