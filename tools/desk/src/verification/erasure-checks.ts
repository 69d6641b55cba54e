import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { ErasureLedger, type Erasure } from '#vault/erasure-ledger.js';
import { readKey } from '#vault/key-file.js';
import { rowsInWords, type Finding, type Verified } from './finding.js';

/**
 * What was erased is gone, and nothing is gone that is not in the ledger: the chain of the ledger, the rows of each
 * person and term in it, the keys of each term, and the events that tell of them (design §6).
 */
export async function verifyErasures(db: pg.Client, keyDirectory: string): Promise<Verified> {
  const check = 'reservations.erasures';
  const finding = (row: string, expected: string, found: string): Finding => ({ check, row, expected, found });
  const opened = openLedger(keyDirectory);
  if ('broken' in opened)
    return { check, looked: 'unreadable', findings: [finding('erasure ledger', 'an unbroken chain', opened.broken)] };
  const findings: Finding[] = [];
  for (const erasure of opened.entries) {
    const { kind, id } = erasure;
    const rows = await rowsOf(db, erasure);
    if (rows > 0) findings.push(finding(`${kind} ${id}`, 'no rows', rowsInWords(rows)));
    if (!(await isTold(db, erasure)))
      findings.push(finding(`${kind} ${id}`, kind === 'person' ? 'PersonErased' : 'TermErased', 'no such event'));
    const keys = join(keyDirectory, 'terms', `${id}.keys`);
    if (kind === 'term' && existsSync(keys)) findings.push(finding(`${kind} ${id}`, 'no keys', keys));
  }
  const known = new Set(opened.entries.map(({ kind, id }) => `${kind} ${id}`));
  for (const told of await toldOf(db)) {
    if (!known.has(told)) findings.push(finding(told, 'an entry in the erasure ledger', 'none'));
  }
  return { check, looked: `${opened.entries.length} entries of the ledger`, findings };
}

function openLedger(keyDirectory: string): { readonly entries: readonly Erasure[] } | { readonly broken: string } {
  try {
    const key = readKey(join(keyDirectory, 'ledger.key'));
    if (key === undefined) return { broken: 'no ledger.key in the key directory' };
    return { entries: new ErasureLedger(join(keyDirectory, 'ledger'), key).all() };
  } catch (thrown) {
    return { broken: (thrown as Error).message };
  }
}

async function rowsOf(db: pg.Client, { kind, id }: Erasure): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    kind === 'person'
      ? `select ((select count(*) from person where person_id = $1) + (select count(*) from person_record where person_id = $1)
           + (select count(*) from person_restriction where person_id = $1)
           + (select count(*) from sealed_note where owner_id = $1))::int as n`
      : `select ((select count(*) from person where term_id = $1) + (select count(*) from sealed_note where term_id = $1))::int as n`,
    [id],
  );
  return rows[0]!.n;
}

async function isTold(db: pg.Client, { kind, id }: Erasure): Promise<boolean> {
  const type = kind === 'person' ? 'PersonErased' : 'TermErased';
  return (await db.query('select from events where stream = $1 and type = $2', [`${kind}-${id}`, type])).rowCount! > 0;
}

/** `person ID` and `term ID` of every event that tells of an erasure. */
async function toldOf(db: pg.Client): Promise<string[]> {
  const { rows } = await db.query<{ told: string }>(
    `select distinct case type when 'PersonErased' then 'person ' || (data ->> 'personId') else 'term ' || (data ->> 'termId') end as told
     from events where type in ('PersonErased', 'TermErased')`,
  );
  return rows.map(({ told }) => told);
}
