import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';

type News = Extract<
  ReservationsEvent,
  { type: 'ApplicantCorrected' | 'ClassSessionRevised' | 'VenueRevised' | 'CourseRevised' }
>;

/** What stands on a card, of each thing it tells of. A change of capacity or of a telephone number is no news to it. */
const ON_CARD: Readonly<Record<News['type'], ReadonlySet<string>>> = {
  ApplicantCorrected: new Set(['name', 'address']),
  ClassSessionRevised: new Set(['sessionCode', 'eventCode', 'course', 'venue', 'dates']),
  VenueRevised: new Set(['name', 'address', 'access']),
  CourseRevised: new Set(['title', 'neutralTitle', 'bringAlong']),
};

/** Whether cards say something else by a change: those that were posted are replaced (差し替え). (§8.6, §8.14) */
export function isOnCard({ type, data }: News): boolean {
  const changed: readonly string[] | undefined = type === 'ApplicantCorrected' ? data.corrected : data.changed;
  // An event of before `changed` was told may have changed anything
  if (changed === undefined) return true;
  return changed.some((part) => ON_CARD[type].has(part) && !isHidden(part, { type, data } as News));
}

/** The title is not printed where a neutral one stands in its place. (§8.5) */
function isHidden(part: string, { type, data }: News): boolean {
  return type === 'CourseRevised' && part === 'title' && data.neutralTitle !== undefined;
}
