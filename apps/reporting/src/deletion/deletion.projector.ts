import type { ApplyContext, HeardEvent } from '#platform/subscription/subscriber.js';
import { appendRows } from '../ledger/append.js';
import { dayOf } from '../ledger/heard.js';
import type { DeletionRow } from './deletion.row.js';

/** What was destroyed when, for the monthly report and the completion report. (R047) */
export function foldDeletions(context: ApplyContext, batch: readonly HeardEvent[]): Promise<void> {
  return appendRows(context, 'deletion', batch.flatMap(deletionOf));
}

function deletionOf(heard: HeardEvent): DeletionRow[] {
  const { source, p, seq, type } = heard;
  const data = heard.data as { instructionNumber?: string; draftsErased?: number };
  const row = { source, p, seq, day: dayOf(heard), pieces: 1, instruction_number: data.instructionNumber ?? null };
  if (type === 'PersonErased') return [{ ...row, what: 'person' }];
  if (type === 'TermErased') return [{ ...row, what: 'term' }];
  if (type === 'DayClosed' && data.draftsErased! > 0) return [{ ...row, what: 'drafts', pieces: data.draftsErased! }];
  return [];
}
