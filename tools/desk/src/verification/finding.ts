import pg from 'pg';

/** A row that is not as it must be; a line of `npm run verify -- --json` (design §7). Ids and codes, no names of people. */
export interface Finding {
  readonly check: string;
  readonly row: string;
  readonly expected: unknown;
  readonly found: unknown;
}

/** What one check came to. */
export interface Verified {
  readonly check: string;
  /** What was looked at: `1,204 events`. */
  readonly looked: string;
  readonly findings: readonly Finding[];
}

/** Of each check, as many as help somebody to look further. */
export const SHOWN = 20;

/** Work on a database as it is at one instant, whoever writes meanwhile. */
export async function atOneInstant<Result>(url: string, work: (db: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url, application_name: 'uketsuke-verify' });
  await client.connect();
  try {
    await client.query(`set time zone 'UTC'; begin isolation level repeatable read read only`);
    return await work(client);
  } finally {
    await client.end();
  }
}

export async function hasTable(db: pg.Client, table: string): Promise<boolean> {
  const { rows } = await db.query<{ there: boolean }>('select to_regclass($1) is not null as there', [table]);
  return rows[0]!.there;
}

export function rowsInWords(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'row' : 'rows'}`;
}
