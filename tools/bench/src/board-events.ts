import { publishTypes } from '#platform/log/event-log.js';
import { partitionOf } from '#platform/log/partition.js';
import { RehearsalLog } from '#platform/rehearsal/rehearsal-log.js';

/** Sessions that are booked at the same time: those of one term. */
const AT_ONCE = 200;
/** Events of a session that fills up: scheduled, then calls of a hold and a booking each, one in ten cancelled. */
const OF_ONE = 500;
const ROUNDS = 20_000;

/**
 * A log with `count` events of reservations, written past the lanes to save time: terms of 200 sessions, booked call by
 * call in the order of a desk with many telephones: hold, book, and every tenth seat given back.
 */
export async function boardEvents(count: number, progress: (line: string) => void): Promise<RehearsalLog> {
  const log = await RehearsalLog.make();
  await publishTypes(log.pool, ['ClassSessionScheduled', 'SeatHeld', 'ReservationMade', 'ReservationCancelled']);
  const sessions = Math.ceil(count / OF_ONE / AT_ONCE) * AT_ONCE;
  const ids = Array.from({ length: sessions }, (_, n) => uuid(1, n));
  await log.pool.query('create table bench_session (n integer primary key, id text, stream text, p integer)');
  await log.pool.query('insert into bench_session select * from unnest($1::int[], $2::text[], $3::text[], $4::int[])', [
    ids.map((_, n) => n),
    ids,
    ids.map((id) => `class-session-${id}`),
    ids.map((id) => partitionOf(`class-session-${id}`, 8)),
  ]);
  await log.pool.query(FUNCTIONS);
  for (let from = 0; from < count; from += ROUNDS) {
    progress(`storing events: ${from.toLocaleString('en')} of ${count.toLocaleString('en')}`);
    await log.pool.query(
      `insert into events (p, seq, stream, version, event_id, type, schema_version, command_id, at, data, metadata)
       select s.p, c.next - 1 + row_number() over (partition by s.p order by i), s.stream, nth + 1, gen_random_uuid(),
         bench_type(nth), 1, gen_random_uuid(), to_timestamp(1764000000 + i / 10), bench_data(s.id, s.n, nth), '{}'
       from (select i, (i / ($3::int * $4::int)) * $3::int + i % $3::int as session, (i / $3::int) % $4::int as nth from generate_series($1::int, $2::int - 1) i) e
       join bench_session s on s.n = e.session join partitions c on c.p = s.p`,
      [from, Math.min(count, from + ROUNDS), AT_ONCE, OF_ONE],
    );
    await log.pool.query(
      `update partitions c set next = (select coalesce(max(seq), 0) + 1 from events e where e.p = c.p),
         last_at = coalesce((select e.at from events e where e.p = c.p order by seq desc limit 1), last_at)`,
    );
  }
  await log.pool.query('vacuum analyze events');
  return log;
}

const uuid = (kind: number, n: number) => `${kind}0000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

// nth 0 schedules; then triplets of seven calls: three holds and bookings, and a cancellation of the last booking
const FUNCTIONS = `
  create function bench_type(nth bigint) returns text immutable language sql return
    case when nth = 0 then 'ClassSessionScheduled'
      when nth % 21 = 0 then 'ReservationCancelled'
      when (nth % 21) % 2 = 1 then 'SeatHeld' else 'ReservationMade' end;
  -- hashed, so that ids fall as random ones do
  create function bench_id(kind text, n bigint) returns uuid immutable language sql return md5(kind || n)::uuid;
  create function bench_data(id text, n integer, nth bigint) returns jsonb immutable language sql return
    case bench_type(nth)
      when 'ClassSessionScheduled' then jsonb_build_object('sessionId', id, 'sessionCode', 'S' || n, 'termId', bench_id('t', n / 200),
        'courseId', bench_id('c', n % 5), 'venueId', bench_id('v', n % 12), 'capacity', 300,
        'dates', jsonb_build_array(jsonb_build_object('date', '2026-08-05', 'startsAt', '10:00', 'endsAt', '12:00')))
      when 'SeatHeld' then jsonb_build_object('sessionId', id, 'holdId', bench_id('h', n * 1000 + nth), 'seats', 1,
        'expiresAt', '2026-07-11T01:05:00.000Z', 'callId', bench_id('call', n * 1000 + nth))
      when 'ReservationMade' then jsonb_build_object('sessionId', id, 'reservationId', bench_id('r', n * 1000 + nth), 'reservationRevision', 1,
        'personId', bench_id('p', n * 1000 + nth), 'personVersion', 1, 'channel', 'telephone', 'formVersion', 1,
        'holdId', bench_id('h', n * 1000 + nth - 1), 'callId', bench_id('call', n * 1000 + nth - 1))
      else jsonb_build_object('sessionId', id, 'reservationId', bench_id('r', n * 1000 + nth - 1), 'reservationRevision', 2,
        'reasonCode', 'illness', 'callId', bench_id('call', n * 1000 + nth)) end;
`;
