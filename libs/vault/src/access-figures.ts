import type { Rows } from '#platform/hosting/rows.js';
import { FIRST_HASH } from './access-entry.js';

/** How often personal data was looked at, by action and purpose; most first. */
export type AccessCounts = readonly { readonly action: string; readonly purpose: string; readonly count: number }[];

/** Where a chain stood: its last entry's number and hash, which vouch for all before it. */
export interface AccessAnchor {
  /** 0 before the first entry. */
  readonly n: number;
  /** Of that entry, ISO 8601. */
  readonly at: string | null;
  readonly hash: string;
}

/** @param from epoch milliseconds, included @param until epoch milliseconds, not included */
export async function accessCounts(rows: Rows, from: number, until: number) {
  return rows.all<{ action: string; purpose: string; count: number }>(
    'access-counts',
    `select action, purpose, count(*)::int as count from access_log where at >= $1 and at < $2
     group by action, purpose order by count desc, action, purpose`,
    [from, until],
  );
}

/** @param before epoch milliseconds, not included */
export async function anchorBefore(rows: Rows, before: number): Promise<AccessAnchor> {
  const last = await rows.first<{ n: number; at: number; hash: string }>(
    'access-anchor',
    'select n::float8, at::float8, hash from access_log where at < $1 order by n desc limit 1',
    [before],
  );
  if (last === undefined) return { n: 0, at: null, hash: FIRST_HASH };
  return { ...last, at: new Date(last.at).toISOString() };
}
