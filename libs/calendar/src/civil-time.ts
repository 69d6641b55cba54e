/** Asia/Tokyo has had no summer time since 1951 and is nine hours ahead of UTC all year. (design §5) */
const TOKYO_OFFSET = 9 * 3_600_000;
const DAY = 86_400_000;

const DATE = /^((?:19[2-9]|2\d\d)\d)-(\d{2})-(\d{2})$/;

/** Whether `text` is a date that exists, from 1920 to 2999: `2026-02-29` is none. */
export function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** The civil date in Tokyo at an instant. @param instant epoch milliseconds */
export function dateAt(instant: number): string {
  return new Date(instant + TOKYO_OFFSET).toISOString().slice(0, 10);
}

/** The time of day in Tokyo at an instant, `HH:mm`. @param instant epoch milliseconds */
export function timeAt(instant: number): string {
  return new Date(instant + TOKYO_OFFSET).toISOString().slice(11, 16);
}

/** The instant at which the clocks in Tokyo show `date` and `time`, epoch milliseconds. @param time `HH:mm` */
export function instantOf(date: string, time: string): number {
  return Date.parse(`${date}T${time}:00Z`) - TOKYO_OFFSET;
}

/** `days` later, or earlier when negative. */
export function plusDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Days from `from` to `to`; negative when `to` is the earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

/** 0 is Sunday. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}
