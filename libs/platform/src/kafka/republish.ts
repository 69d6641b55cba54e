import type { Queryable } from '../log/event-log.js';

/**
 * Sends a partition again from `seq` to the end; for a person, or for the audit that has found a hole.
 * @throws RangeError when there is no such partition, or no such number in it
 */
export async function republish(db: Queryable, p: number, seq: number): Promise<void> {
  const { rows } = await db.query<{ next: number }>('select next from partitions where p = $1', [p]);
  if (rows[0] === undefined) throw new RangeError(`There is no partition ${p}.`);
  if (seq < 1 || seq > rows[0].next) throw new RangeError(`There is no number ${seq} in partition ${p}.`);
  await db.query(
    `update relay set next_seq = least(next_seq, $2),
       audited_offset = case when audited_seq <= $2 then audited_offset else 0 end,
       audited_seq = case when audited_seq <= $2 then audited_seq else 1 end
     where p = $1`,
    [p, seq],
  );
}
