import { encode } from '#contracts/cloud-event.js';
import type { Envelope } from '#kernel/envelope.js';
import type { Admin, Producer } from 'kafkajs';
import type pg from 'pg';
import { EVENT_COLUMNS, envelopeOf } from '../log/row.js';
import type { TopicEnds } from './topic-ends.js';

/** One leadership: a session, a producer, an audited topic. Any failure ends it, and the next begins from the start. */
export interface Term {
  readonly client: pg.Client;
  readonly admin: Admin;
  readonly producer: Producer;
  readonly logId: string;
  readonly ends: TopicEnds;
  auditedAt: number;
  lookedAt: number;
}

/** Events of one partition in one send: enough to be fast, few enough that those under way and read ahead take little memory. */
const SEND = 30;
const COLUMNS = EVENT_COLUMNS.replaceAll(/\w+/g, 'e.$&');

/**
 * Sends what there is after the positions; answers whether there may be more. What is committed while a few are on
 * their way wakes the relay of itself: only behind a full read another one is worth its query.
 */
export async function sendPending(term: Term, source: string, topic: string): Promise<boolean> {
  const { client, producer, logId } = term;
  let pending = await read(client, new Map());
  while (pending.length > 0) {
    const events = pending;
    const after = new Map(events.map(({ p, seq }) => [p, seq + 1]));
    const first = new Map(events.toReversed().map(({ p, seq }) => [p, seq]));
    const full = [...after].some(([p, next]) => next - first.get(p)! === SEND);
    const messages = events.map((event) => ({
      ...encode(event, { source: `/${source}`, logId }),
      partition: event.p,
      timestamp: String(event.at),
    }));
    // The next events are read while these are on their way; both have ended before the connection is asked anything else,
    // also when a broker says no at once
    const both = await Promise.allSettled([
      producer.send({ topic, acks: -1, messages }),
      full ? read(client, after) : [],
    ]);
    const [answers, next] = [valueOf(both[0]), valueOf(both[1])];
    await client.query({
      name: 'relay-sent',
      // only forward from where this began: somebody may have asked meanwhile to republish from further back
      text: `update relay r set next_seq = n.next from unnest($1::int[], $2::bigint[], $3::bigint[]) n(p, first, next)
             where r.p = n.p and r.next_seq = n.first`,
      values: [[...after.keys()], [...after.keys()].map((p) => first.get(p)), [...after.values()]],
    });
    if (term.ends.sent(answers, events)) {
      // These went into a topic that has lost what was in it: to be read back before anything else
      term.auditedAt = 0;
      return true;
    }
    pending = next;
  }
  return false;
}

/** @param after where to go on, for partitions whose position is about to be written down */
async function read(client: pg.Client, after: ReadonlyMap<number, number>): Promise<Envelope[]> {
  const { rows } = await client.query({
    name: 'relay-read',
    // `offset 0` keeps coalesce out of the condition, where the view's barrier would not let it through to the index.
    // Dense numbers: the range is the limit; the other limit keeps the planner from joining with the whole table.
    text: `select ${COLUMNS} from (
             select r.p, coalesce(a.after, r.next_seq) as first
             from relay r left join unnest($1::int[], $2::bigint[]) a(a_p, after) on a.a_p = r.p offset 0
           ) r
           cross join lateral (
             select * from published_events e where e.p = r.p and e.seq between r.first and r.first + $3 - 1 limit $3
           ) e order by e.p, e.seq`,
    values: [[...after.keys()], [...after.values()], SEND],
  });
  return rows.map(envelopeOf);
}

/** @throws whatever it was rejected with */
function valueOf<Value>(settled: PromiseSettledResult<Value>): Value {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}
