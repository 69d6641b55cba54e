import type pg from 'pg';
import { rowsInWords, SHOWN, type Finding, type Verified } from './finding.js';
import { INQUIRIES_FOLDS } from './side-folds/inquiries.folds.js';
import { NOTICES_FOLDS } from './side-folds/notices.folds.js';
import { RESERVATIONS_FOLDS } from './side-folds/reservations.folds.js';
import type { SideFold } from './side-folds/side-fold.js';

const SIDE_FOLDS: Readonly<Record<string, readonly SideFold[]>> = {
  reservations: RESERVATIONS_FOLDS,
  notices: NOTICES_FOLDS,
  inquiries: INQUIRIES_FOLDS,
};

/** The rows that commit with events, each held against a fold of the log. */
export async function verifySideRows(db: pg.Client, service: string): Promise<Verified[]> {
  const verified: Verified[] = [];
  for (const side of SIDE_FOLDS[service] ?? []) verified.push(await verifyTable(db, service, side));
  return verified;
}

async function verifyTable(db: pg.Client, service: string, { table, fold, rows }: SideFold): Promise<Verified> {
  const check = `${service}.${table}`;
  const { rows: different } = await db.query<Omit<Finding, 'check'>>(
    `with fold as (${fold}), kept as (${rows})
     select coalesce(f.key, k.key) as row, f.value as expected, k.value as found
     from fold f full join kept k on k.key = f.key where f.value is distinct from k.value order by 1 limit ${SHOWN}`,
  );
  const { rows: counted } = await db.query<{ n: string }>(`select count(*) as n from (${rows}) k`);
  const looked = rowsInWords(Number(counted[0]!.n));
  return { check, looked, findings: different.map((found) => ({ check, ...found })) };
}
