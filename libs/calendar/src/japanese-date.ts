import { weekdayOf } from './civil-time.js';

// 和暦 and what goes with it on cards and papers. ISO dates stand in feeds only. (§8.8)

/** `mixed` is how offices write: one digit full-width, two half-width. */
export type Width = 'mixed' | 'full' | 'half';

const ERAS = [
  { name: '令和', from: '2019-05-01' },
  { name: '平成', from: '1989-01-08' },
  { name: '昭和', from: '1926-12-25' },
  { name: '大正', from: '1912-07-30' },
] as const;

const WEEKDAYS = ['日', '月', '火', '水', '木', '金', '土'] as const;

/** `月` */
export function weekdayName(date: string): string {
  return WEEKDAYS[weekdayOf(date)]!;
}

/** `令和８年１月５日`; the first year is 元年. @throws RangeError before 1912-07-30 */
export function eraDate(date: string, width: Width = 'mixed'): string {
  const { name, year } = eraOf(date);
  const [month, day] = [Number(date.slice(5, 7)), Number(date.slice(8, 10))];
  return `${name}${yearText(year, width)}年${digits(month, width)}月${digits(day, width)}日`;
}

/** `令和８年１月５日（月）` */
export function eraDay(date: string, width: Width = 'mixed'): string {
  return `${eraDate(date, width)}（${weekdayName(date)}）`;
}

/** `午前10時00分`; noon is 午後0時. @param time `HH:mm` */
export function clockText(time: string, width: Width = 'half'): string {
  const hours = Number(time.slice(0, 2));
  const hour = digits(hours % 12, width);
  const minute = width === 'full' ? fullWidth(time.slice(3, 5)) : time.slice(3, 5);
  return `${hours < 12 ? '午前' : '午後'}${hour}時${minute}分`;
}

/** `令和８年１月５日（月）午前10時00分` */
export function eraMoment(date: string, time: string, width: Width = 'mixed'): string {
  return eraDay(date, width) + clockText(time, width === 'full' ? 'full' : 'half');
}

/** `令和7年度`: the business year begins in April and is named by the era of its first day. */
export function fiscalYearName(date: string, width: Width = 'half'): string {
  const { name, year } = eraOf(`${fiscalYearOf(date)}-05-01`);
  return `${name}${yearText(year, width)}年度`;
}

export function fiscalYearOf(date: string): number {
  const year = Number(date.slice(0, 4));
  return date.slice(5) < '04-01' ? year - 1 : year;
}

/** `7/25（金）`, for reasons and lists of the desk. */
export function dayText(date: string): string {
  return `${Number(date.slice(5, 7))}/${Number(date.slice(8, 10))}（${weekdayName(date)}）`;
}

function eraOf(date: string): { name: string; year: number } {
  const era = ERAS.find(({ from }) => from <= date);
  if (era === undefined) throw new RangeError('Eras are known from 1912-07-30 on.');
  return { name: era.name, year: Number(date.slice(0, 4)) - Number(era.from.slice(0, 4)) + 1 };
}

function yearText(year: number, width: Width): string {
  return year === 1 ? '元' : digits(year, width);
}

function digits(number: number, width: Width): string {
  const text = String(number);
  return width === 'full' || (width === 'mixed' && text.length === 1) ? fullWidth(text) : text;
}

function fullWidth(text: string): string {
  return text.replaceAll(/\d/g, (digit) => String.fromCodePoint(digit.codePointAt(0)! + 0xfee0));
}
