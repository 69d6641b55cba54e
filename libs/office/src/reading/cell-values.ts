import { isDate, weekdayOf } from '#calendar/civil-time.js';
import type { CellValue } from './grid.js';

// What people write for a day, a time of day, a number. Each answers the value, or what is wrong with it in Japanese;
// the text itself is never repeated, it may be anything.

export type Read<Value> = { readonly value: Value } | { readonly problem: string };

const DAY = 86_400_000;
const ERAS: Readonly<Record<string, number>> = { 令和: 2018, 令: 2018, R: 2018, 平成: 1988, 平: 1988, H: 1988 };
const WEEKDAYS = '日月火水木金土';

/** 祝 beside the weekday, in its brackets or in some of its own. */
const HOLIDAY = '[・、,/]?(?:祝日?|休日?|祝休日|振休|振替休日|振替)';
const WRITTEN_DATE = new RegExp(
  '^(?:(令和|令|R|平成|平|H)\\.?(元|\\d{1,2})|(\\d{4}))(?:年|[-/.])(\\d{1,2})(?:月|[-/.])(\\d{1,2})日?' +
    `(?:\\((.)(?:曜日?)?(?:${HOLIDAY})?\\)|(.)曜日?)?(?:\\(${HOLIDAY}\\)|${HOLIDAY})?$`,
);

/** One form of text: NFKC without blanks, capital letters. */
export function plainText(value: CellValue): string {
  return String(value).normalize('NFKC').replace(/\s/gu, '').toUpperCase();
}

/**
 * `2026-08-05`, from 2026/8/5, 2026年8月5日(水), 2027年1月11日(月・祝), 令和8年8月5日, R8.8.5, 20260805, or the day number
 * of a spreadsheet.
 */
export function readDate(value: CellValue, from1904: boolean): Read<string> {
  const text = plainText(value).replace(/T00:00:00(\.0+)?Z?$/, '');
  // 20260805 is a date that somebody typed without strokes
  if (/^\d{5}(\.\d+)?$/.test(text)) return readDayNumber(Number(value), from1904);
  const match = WRITTEN_DATE.exec(text) ?? /^()()(\d{4})(\d{2})(\d{2})()()$/.exec(text);
  if (match === null) return { problem: dateProblem(text) };
  const [, era, eraYear, westernYear, month, day, inBrackets, plain] = match;
  const year = westernYear ?? String(ERAS[era!]! + (eraYear === '元' ? 1 : Number(eraYear)));
  const date = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
  if (!isDate(date)) return { problem: '存在しない日付です' };
  const weekday = inBrackets || plain;
  if (weekday && WEEKDAYS.includes(weekday) && WEEKDAYS[weekdayOf(date)] !== weekday) {
    return { problem: `日付と曜日が合いません（${date}は${WEEKDAYS[weekdayOf(date)]}曜日です）` };
  }
  return inBounds(date);
}

function dateProblem(text: string): string {
  return /^\d{1,2}(月|[-/.])\d{1,2}日?/.test(text)
    ? '年がありません'
    : '日付として読めません（例: 2026/8/5、令和8年8月5日）';
}

/** Excel counts a 29 February 1900 that never was; all days of ours are behind it. */
function readDayNumber(number: number, from1904: boolean): Read<string> {
  const days = Math.floor(number) - (from1904 ? 24_107 : 25_569);
  if (!Number.isFinite(days) || Math.abs(days) > 100_000) return { problem: dateProblem('') };
  return inBounds(new Date(days * DAY).toISOString().slice(0, 10));
}

function inBounds(date: string): Read<string> {
  return date >= '2000-01-01' && date < '2100-01-01' ? { value: date } : { problem: '年を確かめてください' };
}

/** `09:30`, from 9:30, 9時半, 午後1時30分, 13:30:00, or the part of a day of a spreadsheet. */
export function readTime(value: CellValue): Read<string> {
  const problem = '時刻として読めません（例: 9:30、13時30分）';
  if (typeof value === 'number') {
    const minutes = Math.round((value - Math.floor(value)) * 1_440);
    // 0 is the empty time of a date cell, not midnight
    if (value < 0 || minutes === 0 || minutes === 1_440) return { problem };
    return { value: clock(Math.floor(minutes / 60), minutes % 60) };
  }
  const match = /^(午前|午後|AM|PM)?(\d{1,2})(?::(\d{2})(?::00)?|時(?:(\d{1,2})分|(半))?)(AM|PM)?$/.exec(
    plainText(value),
  );
  if (match === null) return { problem };
  const [, before, hour, colonMinutes, minutes, half, after] = match;
  const half12 = before ?? after;
  const afternoon = (half12 === '午後' || half12 === 'PM') && Number(hour) < 12;
  const midnight = half12 === 'AM' && Number(hour) === 12;
  const hours = Number(hour) + (afternoon ? 12 : midnight ? -12 : 0);
  const past = half === undefined ? Number(colonMinutes ?? minutes ?? 0) : 30;
  return hours > 23 || past > 59 ? { problem } : { value: clock(hours, past) };
}

/** 10:00～12:00 in one cell. */
export function readTimes(value: CellValue): Read<readonly [startsAt: string, endsAt: string]> {
  const parts = plainText(value).split(/[~〜～―–—-]|から/);
  const [startsAt, endsAt] = parts.map((part) => readTime(part.replace(/まで$/, '')));
  if (parts.length !== 2 || !startsAt || !endsAt || 'problem' in startsAt || 'problem' in endsAt) {
    return { problem: '開始と終了の時刻として読めません（例: 10:00～12:00）' };
  }
  return { value: [startsAt.value, endsAt.value] };
}

/** A number of people. */
export function readCount(value: CellValue): Read<number> {
  const match = /^(\d{1,4})(?:名|人)?$/.exec(plainText(value));
  return match === null ? { problem: '0から9999までの人数を入れてください' } : { value: Number(match[1]) };
}

/** A code or a name, as it is printed: blanks inside are kept, those around are not. */
export function readLine(value: CellValue, longest: number): Read<string> {
  const text = String(value).trim();
  if (/[\p{Cc}\p{Surrogate}]/u.test(text)) return { problem: '改行などの制御文字があります' };
  return text.length > longest ? { problem: `${longest}文字以内にしてください` } : { value: text };
}

function clock(hours: number, minutes: number): string {
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
