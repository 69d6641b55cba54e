import type { DayException } from './business-days.js';

/** A day on which desk or post do otherwise than the calendar says, and why. */
export interface DatedException extends DayException {
  readonly reason: string;
}

/** Days from posting to delivery, by where it goes: the longest `destination` that the postcode begins with holds. */
export interface Lead {
  /** The beginning of a postcode, `06`; empty for everywhere. */
  readonly destination: string;
  readonly days: number;
}

/** A posting office (差出局) with its cut-off (差出締切時刻) and how long the mail takes from it. */
export interface PostingOffice {
  readonly name: string;
  /** `17:00`: what is handed in later leaves the next day. */
  readonly cutOff: string;
  readonly leads: readonly Lead[];
}

/** Days more, for letters posted in a period: 年末年始 is slow. */
export interface Safety {
  readonly from: string;
  readonly to: string;
  readonly days: number;
  readonly reason: string;
}

/** How notices are posted. Nothing in here has a silent default (requirements §4.5); `validFrom` makes versions of it. */
export interface PostingSettings {
  /** 約１週間前: calendar days before the class on which the notice is there. */
  readonly daysAhead: number;
  /** Business days before posting by which the supervisor has approved; may be 0. */
  readonly approveAhead: number;
  /** Business days before posting after which nothing more goes into that batch (通知締切); may be 0. */
  readonly freezeAhead: number;
  /** When the daily batch is made up, `13:00`. */
  readonly batchAt: string;
  /** The first is where the desk posts. */
  readonly offices: readonly [PostingOffice, ...PostingOffice[]];
  readonly safety: readonly Safety[];
  readonly deskDays: readonly DatedException[];
  readonly deliveryDays: readonly DatedException[];
}

/** The settings from a day on. */
export interface DatedPostingSettings extends PostingSettings {
  readonly validFrom: string;
}

/** The version in force on a day; before the first one, the first. */
export function settingsOn(
  versions: readonly [DatedPostingSettings, ...DatedPostingSettings[]],
  day: string,
): DatedPostingSettings {
  const [first, ...rest] = versions.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  return rest.reduce((inForce, version) => (version.validFrom <= day ? version : inForce), first!);
}
