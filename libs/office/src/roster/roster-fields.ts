import { dateAt, timeAt } from '#calendar/civil-time.js';
import { clockText, eraDate, eraDay, eraMoment } from '#calendar/japanese-date.js';
import type { Roster, RosterEntry } from './roster.js';

/** What a field puts into a cell. A cell with a date format gets the number, every other the text. */
export interface FieldValue {
  readonly text: string;
  /** A number as it is, or a date or time as Excel counts them. */
  readonly number?: number;
}

const text = (value: string | undefined): FieldValue => ({ text: value ?? '' });
const number = (value: number): FieldValue => ({ text: String(value), number: value });
const day = (date: string): FieldValue => ({
  text: eraDay(date),
  number: Date.parse(`${date}T00:00:00Z`) / 86_400_000 + 25_569,
});
const clock = (time: string): FieldValue => ({
  text: clockText(time),
  number: (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) / 1440,
});

const periods = ({ dates }: Roster) =>
  dates.map(({ date, startsAt, endsAt }) => `${eraDay(date)} ${clockText(startsAt)}から${clockText(endsAt)}まで`);

/** Of the session: named cells and `{{…}}` anywhere outside the list. */
export const SESSION_FIELDS: Readonly<Record<string, (roster: Roster) => FieldValue>> = {
  期: ({ termName }) => text(termName),
  開催コード: ({ sessionCode }) => text(sessionCode),
  講座名: ({ courseTitle }) => text(courseTitle),
  会場名: ({ venueName }) => text(venueName),
  会場住所: ({ venueAddress }) => text(venueAddress),
  区: ({ ward }) => text(ward),
  開催日: ({ dates }) =>
    dates.length === 1 ? day(dates[0]!.date) : text(dates.map(({ date }) => eraDay(date)).join('、')),
  開催日時: (roster) => text(periods(roster).join('\n')),
  開始時刻: ({ dates }) => clock(dates[0]!.startsAt),
  終了時刻: ({ dates }) => clock(dates[0]!.endsAt),
  定員: ({ capacity }) => number(capacity),
  予約数: ({ entries }) => number(entries.length),
  版: ({ version }) => text(`第${version}版`),
  名簿状態: ({ frozen }) => text(frozen ? '確定' : '暫定'),
  作成日: ({ asOf }) => text(eraDate(dateAt(asOf))),
  作成日時: ({ asOf }) => text(eraMoment(dateAt(asOf), timeAt(asOf))),
  見本: ({ specimen }) => text(specimen === true ? '【見本】研修・デモ用' : ''),
};

type OfEntry = (entry: RosterEntry, index: number) => FieldValue;

/** Of one person: the columns of the list. */
export const ENTRY_FIELDS: Readonly<Record<string, OfEntry>> = {
  番号: (_, index) => number(index + 1),
  受付番号: ({ receiptNumber }) => text(receiptNumber),
  氏名: ({ familyName, givenName }) => text(`${familyName}　${givenName}`),
  姓: ({ familyName }) => text(familyName),
  名: ({ givenName }) => text(givenName),
  フリガナ: ({ familyNameKana, givenNameKana }) => text(`${familyNameKana}　${givenNameKana}`),
  セイ: ({ familyNameKana }) => text(familyNameKana),
  メイ: ({ givenNameKana }) => text(givenNameKana),
  電話番号: ({ phoneNumber }) => text(phoneNumber),
  郵便番号: ({ postalCode }) => text(postalCode),
  住所: ({ address }) => text(address),
  代理人: ({ proxy }) => text(proxy),
  受付方法: ({ channel }) => text(channel),
  備考: ({ remarks }) => text(remarks),
};

// What offices write for the same thing.
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'No.': '番号',
  No: '番号',
  NO: '番号',
  'NO.': '番号',
  連番: '番号',
  受講番号: '受付番号',
  予約番号: '受付番号',
  お名前: '氏名',
  名前: '氏名',
  受講者: '氏名',
  受講者氏名: '氏名',
  受講者名: '氏名',
  予約者氏名: '氏名',
  予約者名: '氏名',
  ふりがな: 'フリガナ',
  カナ: 'フリガナ',
  氏名カナ: 'フリガナ',
  氏名フリガナ: 'フリガナ',
  電話: '電話番号',
  連絡先: '電話番号',
  TEL: '電話番号',
  ご住所: '住所',
  代理申込: '代理人',
  申込方法: '受付方法',
  連絡事項: '備考',
  摘要: '備考',
  講座: '講座名',
  講座内容: '講座名',
  講習会名: '講座名',
  会場: '会場名',
  開催回: '開催コード',
  予約人数: '予約数',
  申込者数: '予約数',
};

/** Columns for a pen: they stay empty without being asked about. */
const BY_HAND = new Set([
  '出欠',
  '出席',
  '欠席',
  '受付',
  '受付印',
  '署名',
  'サイン',
  '確認',
  '当日確認',
  'チェック',
  'メモ',
  '入室',
  '退室',
  'アンケート',
]);

export interface Heading {
  /** Name of the field, or undefined when there is none of that name. */
  readonly field?: string;
  readonly byHand: boolean;
}

/** What a heading asks for; widths, spaces and what stands in brackets do not count. */
export function entryHeading(heading: string, blankColumns: readonly string[] = []): Heading {
  const name = plainName(heading);
  const field = canonical(name);
  if (field in ENTRY_FIELDS) return { field, byHand: false };
  return { byHand: BY_HAND.has(name) || blankColumns.some((blank) => plainName(blank) === name) };
}

/** The session's field of that name, or undefined. */
export function sessionField(name: string): string | undefined {
  const field = canonical(plainName(name));
  return field in SESSION_FIELDS ? field : undefined;
}

/** The person's field of that name, or undefined. */
export function entryField(name: string): string | undefined {
  return entryHeading(name).field;
}

function canonical(name: string): string {
  return Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name]! : name;
}

/** Without spaces, brackets and line ends; № and ＮＯ． are `No.` and `NO.` after NFKC. */
export function plainName(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/\s/gu, '')
    .replace(/^(.+?)\(.*$/, '$1')
    .replace(/[::※*]+$/, '');
}
