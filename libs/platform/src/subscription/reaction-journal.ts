import { idFrom } from '#kernel/ids.js';
import type pg from 'pg';
import type { Queryable } from '../log/event-log.js';
import type { HeardEvent } from './subscriber.js';

/** The command that a reaction sends because of the event at this place: a second delivery sends it again, by the same id. */
export function reactionCommandId(subscription: string, { logId, p, seq }: Pick<HeardEvent, 'logId' | 'p' | 'seq'>) {
  return idFrom(logId, subscription, String(p), String(seq));
}

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

/** Those of the events that the reaction has not taken yet, at whatever place and in whichever log they stood. */
export async function notTaken(
  client: pg.ClientBase,
  subscription: string,
  events: readonly HeardEvent[],
): Promise<readonly HeardEvent[]> {
  const { rows } = await client.query<{ id: string }>({
    name: 'taken',
    text: 'select event_id as id from reaction_journal where subscription = $1 and event_id = any ($2::uuid[])',
    values: [subscription, events.map(({ eventId }) => eventId)],
  });
  const taken = new Set(rows.map(({ id }) => id));
  return taken.size === 0 ? events : events.filter(({ eventId }) => !taken.has(eventId));
}

/** Something a reaction did because of an event that is not in the log any more. */
export interface DoneBeyond {
  readonly logId: string;
  readonly p: number;
  readonly seq: number;
  readonly eventId: string;
  /** By this id the command, if the event was one to react to, is found among the accepted ones. */
  readonly commandId: string;
  readonly at: number;
}

/** What a reaction took from logs that its source no longer has, and not again from the present one: for a person. */
export async function listDoneBeyond(db: Queryable, subscription: string, source: string): Promise<DoneBeyond[]> {
  const { rows } = await db.query<Omit<DoneBeyond, 'commandId'>>(
    `select j.log_id as "logId", j.p, j.seq, j.event_id as "eventId", j.at from reaction_journal j
     where j.subscription = $1 and j.source = $2
       and j.log_id not in (select log_id from position where subscription = $1 and source = $2 and log_id is not null)
       and not exists (select from reaction_journal k join position o
           on o.subscription = k.subscription and o.source = k.source and o.log_id = k.log_id and o.p = k.p
         where k.subscription = $1 and k.source = $2 and k.event_id = j.event_id)
     order by j.at, j.p, j.seq`,
    [subscription, source],
  );
  return rows.map((row) => ({ ...row, commandId: reactionCommandId(subscription, row) }));
}
