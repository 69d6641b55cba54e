import type pg from 'pg';

/** Gives up parked events of numbers from `next` on that stand in no log any more; for `resumeAfterRestore`. */
export async function dropParkedBeyond(
  client: pg.ClientBase,
  { subscription, source, p, next }: { subscription: string; source: string; p: number; next: number },
): Promise<number> {
  const values = [subscription, source, p, next];
  const where = 'subscription = $1 and source = $2 and p = $3 and seq >= $4';
  const { rowCount } = await client.query(
    `with gone as (delete from parked_event where ${where} returning *),
       -- they were parked, not acted on
       undone as (delete from reaction_journal j using gone g
         where j.subscription = g.subscription and j.event_id = (g.event->>'eventId')::uuid)
     insert into dropped_event (subscription, version, source, p, seq, stream, event, error, reason, account)
     select g.subscription, g.version, g.source, g.p, g.seq, g.stream, g.event, k.error,
       'The store was restored; this event is not in its log any more.', 'resume-after-restore'
     from gone g join parked_stream k using (subscription, version, source, stream)`,
    values,
  );
  await client.query(
    `delete from parked_stream k where subscription = $1 and source = $2 and not exists (
       select from parked_event e where e.subscription = k.subscription and e.version = k.version
         and e.source = k.source and e.stream = k.stream)`,
    [subscription, source],
  );
  return rowCount ?? 0;
}
