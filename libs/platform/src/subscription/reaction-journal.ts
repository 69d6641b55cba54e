import type pg from 'pg';
import type { HeardEvent } from './subscriber.js';

/** Remembers which event a reaction has taken at which place: what is left to go by when numbers are given again. */
export async function keepJournal(
  client: pg.ClientBase,
  subscription: string,
  source: string,
  events: readonly HeardEvent[],
): Promise<void> {
  await client.query({
    name: 'keep-journal',
    text: `insert into reaction_journal (subscription, source, log_id, p, seq, event_id)
           select $1, $2, * from unnest($3::uuid[], $4::int[], $5::bigint[], $6::uuid[]) on conflict do nothing`,
    values: [
      subscription,
      source,
      events.map(({ logId }) => logId),
      events.map(({ p }) => p),
      events.map(({ seq }) => seq),
      events.map(({ eventId }) => eventId),
    ],
  });
}
