import type { ApplyContext } from '#platform/subscription/subscriber.js';

/** Writes rows of facts that never change, all in one statement. Keys are column names. */
export async function appendRows(
  { client, schema }: ApplyContext,
  table: string,
  rows: readonly object[],
): Promise<void> {
  if (rows.length === 0) return;
  await client.query({
    name: `append-${schema}-${table}`,
    text: `insert into ${schema}.${table} select * from jsonb_populate_recordset(null::${schema}.${table}, $1::jsonb)`,
    values: [JSON.stringify(rows)],
  });
}
