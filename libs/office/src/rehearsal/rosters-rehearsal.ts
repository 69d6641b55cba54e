import type { Roster, RosterEntry } from '../roster/roster.js';

const FAMILIES = [
  ['佐藤', 'サトウ'],
  ['鈴木', 'スズキ'],
  ['髙橋', 'タカハシ'],
  ['𠮷田', 'ヨシダ'],
  ['葛󠄀西', 'カサイ'],
  ['渡邉', 'ワタナベ'],
  ['長谷川', 'ハセガワ'],
  ['小野寺', 'オノデラ'],
] as const;
const GIVEN = [
  ['花子', 'ハナコ'],
  ['一郎', 'イチロウ'],
  ['ゆり', 'ユリ'],
  ['健太郎', 'ケンタロウ'],
  ['みさき', 'ミサキ'],
] as const;

/** A roster of made-up people, different in each. */
export function rosterRehearsal(size: number, number = 1): Roster {
  return {
    sessionCode: `KTA-${String(number).padStart(4, '0')}-A`,
    termName: '第三期',
    courseTitle: 'スマートフォン入門（Android）',
    venueName: '北区民センター ３階 視聴覚室',
    venueAddress: '札幌市北区北２５条西６丁目１－１',
    ward: '北区',
    dates: [{ date: '2026-01-19', startsAt: '10:00', endsAt: '12:00' }],
    capacity: Math.max(20, size),
    version: 2,
    frozen: true,
    asOf: Date.parse('2025-12-24T08:30:00Z'),
    entries: Array.from({ length: size }, (_, index) => entryRehearsal(index, number)),
  };
}

export function entryRehearsal(index: number, number = 1): RosterEntry {
  const [familyName, familyNameKana] = FAMILIES[(index + number) % FAMILIES.length]!;
  const [givenName, givenNameKana] = GIVEN[(index * 3 + number) % GIVEN.length]!;
  return {
    receiptNumber: `3-${String(number).padStart(3, '0')}-${String(index + 1).padStart(4, '0')}`,
    familyName,
    givenName,
    familyNameKana,
    givenNameKana,
    phoneNumber: `011-${String(200 + number)}-${String(1000 + index)}`,
    postalCode: '001-0025',
    address: `札幌市北区北二十五条西${index + 1}丁目`,
    ...(index % 7 === 3 && { remarks: '会場で案内（受講通知書が返送されたため）' }),
  };
}
