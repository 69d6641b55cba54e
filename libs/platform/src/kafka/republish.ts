import type pg from 'pg';

/** Sends a partition again from `seq` to the end; for a person, or for the audit that has found a hole. */
export async function republish(client: Pick<pg.ClientBase, 'query'>, p: number, seq: number): Promise<void> {
  await client.query(
    `update relay set next_seq = least(next_seq, $2),
       audited_offset = case when audited_seq <= $2 then audited_offset else 0 end,
       audited_seq = case when audited_seq <= $2 then audited_seq else 1 end
     where p = $1`,
    [p, seq],
  );
}
