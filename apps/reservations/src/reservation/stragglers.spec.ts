import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { newId } from '#kernel/ids.js';
import type { StreamRef } from '#platform/lane/lane-command.js';
import { Lanes } from '#platform/lane/lanes.js';
import { DEFAULT_PARTITIONS } from '#platform/log/log.migration.js';
import { partitionOf } from '#platform/log/partition.js';
import { personStream, sessionStream } from '../desk/streams.js';
import { personTable } from '../person/person.row.js';
import { openRehearsalDesk, type RehearsalDesk } from '../rehearsal/rehearsal-desk.js';
import { applicant, openSmallTerm, type SmallTerm } from '../rehearsal/small-term.js';

let desk: RehearsalDesk;
let term: SmallTerm;
let database: pg.Client;
beforeAll(async () => {
  desk = await openRehearsalDesk();
  term = await openSmallTerm(desk);
  database = new pg.Client({ connectionString: desk.databaseUrl });
  await database.connect();
});
afterAll(async () => {
  await database?.end();
  await desk?.close();
});

let nth = 0;
async function somebodyBooked() {
  const sessionId = await term.schedule(`V-${++nth}`, 5);
  const body = { sessionId, attendees: [{ applicant: applicant(nth) }] };
  return (await desk.ask('POST', '/reservations', body)).body.reservations[0];
}
const bookAgain = (sessionId: string, personId: string) =>
  desk.ask('POST', '/reservations', { sessionId, attendees: [{ personId }] });
const correct = (reservationId: string, change: object) =>
  desk.ask('PATCH', `/reservations/${reservationId}/applicant`, change);
const versionOf = async (reservationId: string) =>
  (await desk.ask('GET', `/reservations/${reservationId}`)).body.personVersion;

/** Runs `meanwhile` while others wait for what `lock` has locked. */
async function holding<Result>(lock: string, waiter: () => Promise<Result>, meanwhile: () => Promise<unknown>) {
  await database.query('begin');
  await database.query(lock);
  const waiting = waiter();
  try {
    for (;;) {
      const { rows } = await database.query(
        `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      );
      if (rows.length > 0) break;
      await database.query('select pg_stat_clear_snapshot()');
    }
    await meanwhile();
  } finally {
    await database.query('commit');
  }
  return waiting;
}

describe('a correction and a booking of the same person at once', () => {
  test('the seat that was booked with the record before is corrected too, and may be corrected again', async () => {
    const first = await somebodyBooked();
    const second = await term.schedule(`V-${++nth}`, 5);
    // Nobody has drawn a receipt number yet: the booking has found the person, and waits for its number
    await desk.restart();
    const booked = await holding(
      'alter sequence receipt_number_block cache 1',
      () => bookAgain(second, first.personId),
      async () => expect((await correct(first.reservationId, { building: '新館' })).status).toBe(200),
    );
    expect(booked.status).toBe(201);
    const { reservationId } = booked.body.reservations[0];
    expect(await versionOf(reservationId)).toBe(2);
    expect(await correct(reservationId, { building: '別館' })).toMatchObject({
      status: 200,
      body: { personVersion: 3 },
    });
    expect(await versionOf(first.reservationId)).toBe(3);
  });

  test('however they come, no seat keeps an older record than the one that stands', async () => {
    const first = await somebodyBooked();
    const sessions = await Promise.all(Array.from({ length: 12 }, () => term.schedule(`V-${++nth}`, 5)));
    for (const [n, sessionId] of sessions.entries()) {
      const [corrected, booked] = await Promise.all([
        correct(first.reservationId, { building: `${n}号館` }),
        bookAgain(sessionId, first.personId),
      ]);
      expect([corrected.status, booked.status]).toEqual([200, 201]);
      const version = await versionOf(first.reservationId);
      expect(await versionOf(booked.body.reservations[0].reservationId)).toBe(version);
    }
  });
});

describe('somebody whom another process erases while a command is on its way to the log', () => {
  let elsewhere: Lanes;
  beforeAll(async () => {
    elsewhere = await Lanes.open({ database: { url: desk.databaseUrl, name: 'another-process' } });
  });
  afterAll(() => elsewhere?.close());

  const erase = (personId: string) => {
    const stream = personStream(personId);
    return elsewhere.submit({
      ...{ commandId: newId(), account: 'another-process', bodyHmac: Buffer.alloc(32), metadata: {} },
      ...{ writes: [stream], checks: [] },
      decide: () => ({
        events: [{ stream, events: [{ type: 'PersonErased', data: { personId } }] }],
        sides: [{ table: personTable, key: { person_id: personId } }],
        answer: null,
      }),
    });
  };
  const partition = ({ name }: StreamRef) => partitionOf(name, DEFAULT_PARTITIONS);
  /** Locks are taken in the order of partitions: the command must wait for its session before it comes to the person. */
  async function somebodyBehindTheirSession() {
    for (;;) {
      const booked = await somebodyBooked();
      const { sessionId } = (await desk.ask('GET', `/reservations/${booked.reservationId}`)).body;
      if (partition(sessionStream(sessionId)) < partition(personStream(booked.personId)))
        return { ...booked, sessionId };
    }
  }
  const lockOf = (sessionId: string) =>
    `select from partitions where p = ${partition(sessionStream(sessionId))} for update`;
  const rowsOf = async (personId: string) =>
    (await database.query('select from person where person_id = $1', [personId])).rowCount;

  test('is not brought back by a correction', async () => {
    const { personId, reservationId, sessionId } = await somebodyBehindTheirSession();
    const corrected = await holding(
      lockOf(sessionId),
      () => correct(reservationId, { building: '新館' }),
      () => erase(personId),
    );
    expect(corrected).toMatchObject({ status: 410, body: { slug: 'person-erased' } });
    expect(await rowsOf(personId)).toBe(0);
  });

  test('gets no further seat', async () => {
    const { personId } = await somebodyBehindTheirSession();
    let sessionId;
    do sessionId = await term.schedule(`V-${++nth}`, 5);
    while (partition(sessionStream(sessionId)) >= partition(personStream(personId)));
    const booked = await holding(
      lockOf(sessionId),
      () => bookAgain(sessionId, personId),
      () => erase(personId),
    );
    expect(booked).toMatchObject({ status: 410, body: { slug: 'person-erased' } });
  });
});
