import type { QueryColumn } from './query.js';

/** A column that counts things. */
export function count(name: string, header: string, definition: string): QueryColumn {
  return { name, header, kind: 'integer', definition };
}

/** The civil day that a row is about. */
export function dayColumn(definition: string): QueryColumn {
  return { name: 'day', header: '日付', kind: 'date', definition };
}

/** SQL: whether a civil day is among those that are asked for. @param day `b.day` */
export function inAskedDays(day: string): string {
  return `(asked.from_day is null or ${day} >= asked.from_day) and (asked.to_day is null or ${day} <= asked.to_day)`;
}
