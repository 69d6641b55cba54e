import type { Rows } from '#platform/hosting/rows.js';
import { actorIdOf } from '../desk/ids.js';

/**
 * The drafts of a term that was erased: without its keys they were unreadable already. Again it changes nothing.
 * @param at of the erasure, epoch milliseconds; a 削除記録 for each day says how many there were (§8.20)
 */
export async function forgetDrafts(rows: Rows, termId: string, at: number): Promise<void> {
  await rows.all(
    'forget-drafts',
    `with gone as (delete from call_draft where term_id = $1 returning date)
     insert into deletion_record select gen_random_uuid(), 'callDraft', date, count(*)::int, $2, $3 from gone group by date
     returning deletion_id`,
    [termId, actorIdOf('callback-jobs'), at],
  );
}
