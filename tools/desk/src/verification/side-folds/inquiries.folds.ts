import { last, type SideFold } from './side-fold.js';

/** Sealed notes and drafts are no fold of anything; calls that look for their line are gone once they found it. */
export const INQUIRIES_FOLDS: readonly SideFold[] = [
  {
    table: 'call_rate',
    fold: `select data ->> 'validFrom' as key, ${last('data')} as value
      from events where type = 'CallRateAgreed' group by 1`,
    rows: `select valid_from::text as key, rate as value from call_rate`,
  },
  {
    table: 'closed_day',
    fold: `select data ->> 'date' as key, jsonb_build_object('by', data -> 'closedBy', 'at', floor(extract(epoch from at) * 1000)::bigint,
        'withoutCategory', data -> 'callsWithoutCategory', 'complaintsDue', data -> 'complaintsDue') as value
      from events where type = 'DayClosed'`,
    rows: `select date::text as key, jsonb_build_object('by', closed_by, 'at', closed_at,
        'withoutCategory', checks -> 'callsWithoutCategory', 'complaintsDue', checks -> 'complaintsDue') as value from closed_day`,
  },
  {
    table: 'deletion_record',
    // What was saved while the day was being closed is recorded by itself, without an event
    fold: `select data ->> 'deletionRecordId' as key, jsonb_build_object('date', data -> 'date', 'count', data -> 'draftsErased') as value
      from events where type = 'DayClosed' and data ? 'deletionRecordId'`,
    rows: `select deletion_id::text as key, jsonb_build_object('date', date, 'count', count) as value from deletion_record
      where exists (select from events where type = 'DayClosed' and data ->> 'deletionRecordId' = deletion_id::text)`,
  },
  {
    table: 'paper_pack',
    fold: `select p.data ->> 'packId' as key, jsonb_build_object('date', p.data -> 'date', 'forms', p.data -> 'forms',
        'state', case when exists (select from events r where r.stream = p.stream and r.type = 'PaperPackReturned')
          then 'returned' else 'printed' end,
        'holds', (select coalesce(jsonb_agg(jsonb_build_array(h -> 'holdId', h -> 'sessionId') order by h ->> 'holdId'), '[]')
          from jsonb_array_elements(p.data -> 'holds') h)) as value
      from events p where p.type = 'PaperPackPrinted'`,
    rows: `select pack_id::text as key, jsonb_build_object('date', date, 'forms', forms, 'state', state,
        'holds', (select coalesce(jsonb_agg(jsonb_build_array(t -> 'holdId', t -> 'sessionId') order by t ->> 'holdId'), '[]')
          from jsonb_array_elements(tokens) t)) as value from paper_pack`,
  },
];
