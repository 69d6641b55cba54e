import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dateAt, plusDays } from '#calendar/civil-time.js';
import { READINESS_ITEMS } from '#contracts/reservations/term.events.js';
import { openInquiriesDesk, type Answer, type InquiriesDesk } from '../rehearsal/inquiries-desk.js';

const today = dateAt(Date.now());
const firstDay = plusDays(today, 30);
let desk: InquiriesDesk;
let termId: string;
/** With three seats, and with one. */
let roomy: string;
let tight: string;

beforeAll(async () => {
  desk = await openInquiriesDesk({ withReservations: true });
  const plan = {
    ...{ fiscalYear: 2026, termNo: 1, title: '第一期' },
    reception: { from: plusDays(today, -5), to: plusDays(today, 5), opensAt: '09:00', closesAt: '16:00' },
    bookableClasses: { from: firstDay, to: plusDays(firstDay, 60) },
    dispatchWindow: { from: today, to: plusDays(firstDay, -2) },
  };
  termId = (await must('POST', '/terms', plan))['termId']!;
  await must('POST', `/terms/${termId}/readiness`, { items: READINESS_ITEMS });
  await must('POST', `/terms/${termId}/open`);
  const { courseId } = await must('POST', '/courses', { title: 'はじめてのスマホ' });
  const venue = { name: '北区民センター', ward: '北区', wardCode: '01102', address: '札幌市北区北25条西6丁目' };
  const { venueId } = await must('POST', '/venues', venue);
  const dates = [{ date: firstDay, startsAt: '10:00', endsAt: '12:00' }];
  const session = (sessionCode: string, capacity: number) =>
    must('POST', '/sessions', { termId, courseId, venueId, sessionCode, capacity, dates });
  roomy = (await session('K-01', 3))['sessionId']!;
  tight = (await session('K-02', 1))['sessionId']!;
  await until(async () => (await desk.query('select from plan.session')).length === 2);
  await until(async () => (await desk.query(`select from plan.term where state = 'open'`)).length === 1);
});
afterAll(() => desk.close());

async function must(method: string, path: string, body?: object): Promise<Record<string, string>> {
  const answer = await desk.askReservations(method, path, body, 'supervisor');
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

const book = (sessionId: string, nth: number, more: object = {}): Promise<Answer> =>
  desk.askReservations('POST', '/reservations', {
    sessionId,
    attendees: [{ applicant: somebody(nth) }],
    ...more,
  });

describe('the paper of an outage', () => {
  let packId: string;
  let tokens: { token: string; holdId: string; sessionId: string }[];

  test('holds real seats: nobody on a screen can book what is on paper', async () => {
    const printed = await desk.ask('POST', '/paper-packs', { termId, seatsPerSession: 2, forms: 3 }, 'supervisor');
    // three of two sessions: the second has only one
    expect(printed).toMatchObject({ status: 201, body: { date: today, forms: 3, tokens: 3 } });
    packId = printed.body.packId;
    const { body } = await desk.read(`/paper-packs?date=${today}`);
    tokens = body.packs[0].tokens;
    expect(tokens.map(({ token }) => token)).toEqual(['T-001', 'T-002', 'T-003']);
    expect((await book(tight, 1)).body).toMatchObject({ slug: 'session-full' });
    expect((await book(roomy, 2)).status).toBe(201);
    expect((await book(roomy, 3)).body).toMatchObject({ slug: 'session-full' });
  });

  test('is printed as numbered forms with a sheet of seats and their slips', async () => {
    const { bytes, status } = await desk.ask('GET', `/paper-packs/${packId}/pack.pdf`);
    expect([status, bytes.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
    const text = textOf(bytes);
    for (const words of [
      'No. 001',
      'No. 002',
      'No. 003',
      'T-001',
      'T-003',
      'K-01',
      '北区民センター',
      '見本',
      '受けた時刻',
    ]) {
      expect([words, text.includes(words)]).toEqual([words, true]);
    }
    expect(text).not.toContain('No. 004');
  });

  test('is not given back while a seat that was given is not keyed in', async () => {
    const used = tokens.find(({ sessionId }) => sessionId === tight)!;
    await until(async () => (await desk.query('select from open_holds.hold')).length === 3);
    const back = { usedTokens: [used.token], formsUsed: 1 };
    expect(await desk.ask('POST', `/paper-packs/${packId}/return`, back, 'supervisor')).toMatchObject({
      status: 409,
      body: { slug: 'paper-not-keyed', tokens: [used.token] },
    });
    const receivedAt = new Date(Date.now() - 3_600_000).toISOString();
    const { callId } = (await desk.ask('POST', '/calls', { receivedAt, fromPaper: true })).body;
    const keyed = await book(tight, 4, { holdId: used.holdId, channel: 'paper', receivedAt, callId });
    expect(keyed.status).toBe(201);
    await until(async () => (await desk.query('select from open_holds.hold')).length === 2);
  });

  test('given back, frees every seat that was not used, once', async () => {
    const used = tokens.find(({ sessionId }) => sessionId === tight)!;
    const back = { usedTokens: [used.token], formsUsed: 1 };
    const returned = { packId, formsUsed: 1, seatsUsed: 1, seatsReleased: 2 };
    for (let times = 0; times < 2; times++) {
      const answer = await desk.ask('POST', `/paper-packs/${packId}/return`, back, 'supervisor');
      expect(answer).toMatchObject({ status: 200, body: returned });
    }
    expect(await desk.query(`select count(*)::int as n from events where type = 'PaperPackReturned'`)).toEqual([
      { n: 1 },
    ]);
    expect((await book(roomy, 5)).status).toBe(201);
    expect((await book(roomy, 6)).status).toBe(201);
    expect((await book(roomy, 7)).body).toMatchObject({ slug: 'session-full' });
    expect((await book(tight, 8)).body).toMatchObject({ slug: 'session-full' });
  });

  test.each([
    ['a slip of another pack', { usedTokens: ['T-999'], formsUsed: 1 }, 'unknown-token'],
    ['more forms than were printed', { usedTokens: [], formsUsed: 4 }, 'more-than-printed'],
  ])('with %s is not taken back', async (_, back, slug) => {
    expect((await desk.ask('POST', `/paper-packs/${packId}/return`, back, 'supervisor')).body).toMatchObject({ slug });
  });
});

/** Somebody invented, told apart by number. */
function somebody(nth: number) {
  const kana = [...String(nth)].map((digit) => 'アカサタナハマヤラワ'[Number(digit)]).join('');
  return {
    ...{ familyName: '試験', givenName: `花子${nth}`, familyNameKana: 'シケン', givenNameKana: kana },
    ...{ phoneNumber: `0110${String(nth).padStart(6, '0')}`, postalCode: '0010024', prefecture: '北海道' },
    ...{ city: '札幌市', ward: '北区', town: '北二十四条西', chome: '6', blockLot: '1番1号' },
  };
}

/** Read by a program that did not write it. */
function textOf(pdf: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-pack-'));
  try {
    writeFileSync(join(folder, 'pack.pdf'), pdf);
    execFileSync('pdftotext', ['-layout', join(folder, 'pack.pdf'), join(folder, 'pack.txt')]);
    return readFileSync(join(folder, 'pack.txt'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It never came to that.');
}
