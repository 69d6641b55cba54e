import { clockText, eraDay, fiscalYearName, weekdayName, type Width } from '#calendar/japanese-date.js';
import { serialText, type Card, type CardDate } from '../card/card.js';
import type { CardSettings } from '../card/card-settings.js';
import { chomeText } from '../address/address-lines.js';

// The placeholders of a notice template, as the city writes them in Word: {{氏名}}. (§8.5, §8.8)

export interface NoticeField {
  readonly name: string;
  /** Lines are parted by `\n`; empty where a card has nothing to say. */
  readonly text: (card: Card, settings: CardSettings) => string;
}

const REPLACEMENT = '差し替え（先の通知書は破棄してください）';

export const NOTICE_FIELDS: readonly NoticeField[] = [
  { name: '氏名', text: ({ addressee }) => joined(' ', addressee.familyName.trim(), addressee.givenName.trim()) },
  { name: '姓', text: ({ addressee }) => addressee.familyName },
  { name: '名', text: ({ addressee }) => addressee.givenName },
  { name: '受付番号', text: ({ receiptNumber }) => receiptNumber },
  { name: '講座名', text: ({ session }) => session.courseTitle },
  { name: '開催回', text: ({ session }) => session.sessionCode },
  { name: '日時', text: ({ session }) => session.dates.map((date) => momentText(date)).join('\n') },
  { name: '日時全角', text: ({ session }) => session.dates.map((date) => momentText(date, 'full')).join('\n') },
  { name: '日時半角', text: ({ session }) => session.dates.map((date) => momentText(date, 'half')).join('\n') },
  { name: '日時二行', text: ({ session }) => session.dates.map(twoLines).join('\n') },
  { name: '日付', text: first(({ date }) => eraDay(date)) },
  { name: '日付全角', text: first(({ date }) => eraDay(date, 'full')) },
  { name: '日付半角', text: first(({ date }) => eraDay(date, 'half')) },
  { name: '曜日', text: first(({ date }) => weekdayName(date)) },
  { name: '年度', text: first(({ date }) => fiscalYearName(date)) },
  { name: '午前午後', text: first(({ startsAt }) => clockText(startsAt).slice(0, 2)) },
  { name: '開始時刻', text: first(({ startsAt }) => clockText(startsAt)) },
  { name: '開始時刻全角', text: first(({ startsAt }) => clockText(startsAt, 'full')) },
  { name: '終了時刻', text: first(({ endsAt }) => clockText(endsAt)) },
  { name: '終了時刻全角', text: first(({ endsAt }) => clockText(endsAt, 'full')) },
  { name: '受付開始時刻', text: ({ session }) => optional(session.receptionOpensAt, (time) => clockText(time)) },
  { name: '会場', text: ({ session }) => session.venueName },
  { name: '会場住所', text: ({ session }) => session.venueAddress },
  { name: '会場案内', text: ({ session }) => session.venueAccess ?? '' },
  { name: '持ち物', text: ({ session }) => session.bringAlong ?? '' },
  { name: '連絡先', text: ({ contact }) => contact.reception },
  { name: '閉設後連絡先', text: ({ contact }) => contact.afterClosing ?? '' },
  { name: '通し番号', text: ({ serial }) => serialText(serial) },
  { name: '差し替え', text: ({ kind }) => kindText(kind) },
  { name: '見本', text: (_card, { mark }) => (mark === 'production' ? '' : '見本') },
  { name: '郵便番号', text: ({ addressee }) => optional(addressee.postalCode, postalText) },
  { name: '住所', text: ({ addressee }) => streetText(addressee) },
  { name: '方書', text: ({ addressee }) => addressee.careOf ?? '' },
  { name: '差出人', text: (_card, { sender }) => joined(' ', sender.name, sender.section ?? '') },
  { name: '差出人住所', text: (_card, { sender }) => `${postalText(sender.postalCode)} ${sender.address}` },
];

/** At least one of each row has to be on a card. */
export const REQUIRED_FIELDS: readonly (readonly string[])[] = [
  ['氏名', '姓'],
  ['受付番号'],
  ['講座名'],
  ['日時', '日時全角', '日時半角', '日時二行', '日付', '日付全角', '日付半角'],
  ['日時', '日時全角', '日時半角', '日時二行', '開始時刻', '開始時刻全角'],
  ['会場'],
  ['連絡先'],
  ['閉設後連絡先'],
  ['差し替え'],
  ['通し番号'],
];

/** What must not be read by whoever holds the card on its way. (§8.5, §8.22) */
export const CLOSED_FIELD =
  /電話|ＦＡＸ|FAX|携帯|フリガナ|ふりがな|カナ|かな|^セイ$|^メイ$|生年|誕生|年齢|年代|性別|配慮|支援|障害|障がい|介助|世帯|家族|同居|代理|続柄|メール|phone|kana|birth|age$|support|household|proxy/i;

export function kindText(kind: Card['kind']): string {
  return { first: '', replacement: REPLACEMENT, reissue: '再発行' }[kind];
}

/** `令和７年８月１日（金）午前10時00分〜午後0時00分` */
export function momentText({ date, startsAt, endsAt }: CardDate, width: Width = 'mixed'): string {
  const clock = width === 'full' ? 'full' : 'half';
  return `${eraDay(date, width)}${clockText(startsAt, clock)}〜${clockText(endsAt, clock)}`;
}

/** The day, and below it from when to when: no time is torn apart at the end of a line, whatever the font. */
function twoLines({ date, startsAt, endsAt }: CardDate): string {
  return `${eraDay(date)}\n${clockText(startsAt)}〜${clockText(endsAt)}`;
}

function first(text: (date: CardDate) => string) {
  return ({ session }: Card): string => optional(session.dates[0], text);
}

function optional<T>(value: T | undefined, text: (value: T) => string): string {
  return value === undefined ? '' : text(value);
}

function joined(by: string, ...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(by);
}

function postalText(postalCode: string): string {
  return `〒${postalCode.slice(0, 3)}-${postalCode.slice(3)}`;
}

function streetText(addressee: Card['addressee']): string {
  const { prefecture, city, ward, town, chome, blockLot, building, roomNumber } = addressee;
  const street = [prefecture, city, ward, town, optional(chome, chomeText), blockLot].join('');
  return joined(' ', street, building ?? '', roomNumber ?? '');
}
