import { last, ofType, type SideFold } from './side-fold.js';

/** A revision says what changed beside what it is now. */
const plain = "data - 'changed'";

export const RESERVATIONS_FOLDS: readonly SideFold[] = [
  {
    table: 'term',
    fold: `select substr(stream, 6) as key, jsonb_build_object(
          'plan', ${last(ofType("'TermPlanned', 'TermRevised'", 'data'))},
          'state', coalesce(${last("case type when 'TermOpened' then 'open' when 'TermClosed' then 'closed' when 'TermErased' then 'erased' end")}, 'planned')
        ) as value from events where stream like 'term-%' group by stream`,
    rows: `select term_id::text as key, jsonb_build_object('plan', plan, 'state', state) as value from term`,
  },
  {
    table: 'venue',
    fold: `select substr(stream, 7) as key, jsonb_build_object('name', ${last('data')} -> 'name', 'facts', ${last(plain)}) as value
        from events where stream like 'venue-%' group by stream`,
    rows: `select venue_id::text as key, jsonb_build_object('name', name, 'facts', facts) as value from venue`,
  },
  {
    table: 'course',
    fold: `select substr(stream, 8) as key, jsonb_build_object('title', ${last('data')} -> 'title', 'texts', ${last(plain)}) as value
        from events where stream like 'course-%' group by stream`,
    rows: `select course_id::text as key, jsonb_build_object('title', title, 'texts', texts) as value from course`,
  },
  {
    table: 'class_session',
    fold: `select substr(stream, 15) as key, jsonb_build_object(
          'plan', jsonb_set(${last(ofType("'ClassSessionScheduled', 'ClassSessionRevised'", "data - 'changed' - 'agreementNumber'"))},
            '{capacity}', ${last("data -> 'capacity'")}),
          'state', coalesce(${last("case type when 'ClassSessionClosed' then 'closed' when 'ClassSessionCalledOff' then 'calledOff' end")}, 'open')
        ) as value from events where stream like 'class-session-%' group by stream`,
    rows: `select session_id::text as key, jsonb_build_object('plan', plan, 'state', state) as value from class_session`,
  },
  {
    table: 'hold',
    // A hold that is over keeps its row, with an expiry that never comes
    fold: `select hold_id as key, jsonb_build_object('session', session, 'expires', case when seats <= 0 then 9007199254740991
            else (extract(epoch from expires::timestamptz) * 1000)::bigint end) as value
        from (select data ->> 'holdId' as hold_id, substr(stream, 15) as session,
            sum(case type when 'SeatHeld' then (data -> 'seats')::int when 'HoldReleased' then -(data -> 'seats')::int
              when 'HoldExtended' then 0 else -1 end) as seats,
            ${last("data ->> 'expiresAt'")} as expires
          from events where stream like 'class-session-%' and data ? 'holdId' group by 1, 2) h`,
    rows: `select hold_id::text as key, jsonb_build_object('session', session_id, 'expires', expires_at) as value from hold`,
  },
  {
    table: 'reservation_place',
    // The halves of a move carry one revision, and say the same of where somebody sits
    fold: `select key, jsonb_build_object('session', (array_agg(session order by revision desc))[1],
            'revision', max(revision), 'state', case when bool_or(gone) then 'cancelled' else 'active' end,
            'person', (array_agg(person order by revision desc) filter (where person is not null))[1],
            'version', (array_agg(person_version order by revision desc) filter (where person_version is not null))[1],
            'party', (array_agg(party order by revision desc) filter (where party is not null))[1],
            'receipt', true) as value
        from (select data ->> 'reservationId' as key, coalesce(data ->> 'toSessionId', data ->> 'sessionId') as session,
            (data -> 'reservationRevision')::int as revision, type = 'ReservationCancelled' as gone,
            data ->> 'personId' as person, (data -> 'personVersion')::int as person_version, data ->> 'partyId' as party
          from events where stream like 'class-session-%' and data ? 'reservationRevision') e group by key`,
    rows: `select reservation_id::text as key, jsonb_build_object('session', session_id, 'revision', revision,
          'state', state, 'person', person_id, 'version', person_version, 'party', party_id,
          'receipt', receipt_number ~ '^[0-9]{8}$') as value from reservation_place`,
  },
  {
    table: 'person_record',
    // Whoever has a seat has a sealed record in the version that the booking names, unless they were erased
    fold: `select person_id || ' version ' || person_version as key, '"sealed"'::jsonb as value
        from reservation_place p join term using (term_id) where p.state = 'active' and term.state <> 'erased'
          and not exists (select from events e where e.stream = 'person-' || p.person_id and e.type = 'PersonErased')
        group by 1`,
    rows: `select person_id || ' version ' || r.version as key, '"sealed"'::jsonb as value
        from person_record r join person using (person_id) where exists (select from reservation_place p join term using (term_id)
          where p.person_id = r.person_id and p.person_version = r.version and p.state = 'active' and term.state <> 'erased')`,
  },
  {
    table: 'contact_list',
    fold: `select s.data ->> 'contactListId' as key, jsonb_build_object('session', s.data -> 'sessionId', 'cause', s.data -> 'cause',
          'reservations', (select jsonb_agg(jsonb_build_object('reservationId', id, 'attempts', coalesce(
              (select jsonb_agg(a.data -> 'result' order by a.version) from events a where a.stream = s.stream
                and a.type = 'ContactAttempted' and a.data ->> 'reservationId' = id), '[]')) order by nth)
            from jsonb_array_elements_text(s.data -> 'reservationIds') with ordinality r(id, nth))) as value
        from events s where s.type = 'ContactListStarted'`,
    rows: `select contact_list_id::text as key, jsonb_build_object('session', session_id, 'cause', cause,
          'reservations', reservations) as value from contact_list`,
  },
];
