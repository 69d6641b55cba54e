/** Rows that commit with events, and what they must be: two statements of `key` and `value` (jsonb) that must agree. */
export interface SideFold {
  readonly table: string;
  /** Of the events, by other code than the service's. */
  readonly fold: string;
  readonly rows: string;
}

/** The latest value of those that are not null. */
export const last = (value: string) =>
  `(array_agg(${value} order by version desc) filter (where ${value} is not null))[1]`;
export const ofType = (types: string, value: string) => `case when type in (${types}) then ${value} end`;
