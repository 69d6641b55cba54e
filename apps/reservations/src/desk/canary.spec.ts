import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { everyFile, everyTable, marksIn } from '#platform/rehearsal/canary.js';
import { ServiceLog } from '#platform/service/logging.js';
import { openRehearsalDesk, type RehearsalDesk } from '../rehearsal/rehearsal-desk.js';
import { applicant, openSmallTerm, type SmallTerm } from '../rehearsal/small-term.js';

// Marked personal data goes through every door; afterwards it stands nowhere in plain (design §6).

const written: string[] = [];
let desk: RehearsalDesk;
let term: SmallTerm;
beforeAll(async () => {
  const log = new ServiceLog({
    service: 'canary',
    level: 'debug',
    destination: { write: (line) => written.push(line) },
  });
  desk = await openRehearsalDesk({ log });
  term = await openSmallTerm(desk);
});
afterAll(() => desk?.close());

const canary = applicant(1, {
  ...{ familyName: '鸚鵡山', givenName: '金糸雀', familyNameKana: 'オウムヤマ', givenNameKana: 'カナリア' },
  ...{ phoneNumber: '0119998877', blockLot: '987番65号', building: '鳥籠荘', careOf: '止木様方' },
});
const marks = [
  '鸚鵡山',
  '金糸雀',
  'オウムヤマ',
  'カナリア',
  '0119998877',
  '011-999-8877',
  '987番65号',
  '鳥籠荘',
  '止木',
];
const marksOfOthers = ['代理鳥', '籠の鍵を失くした', '館長の都合'];

test('names, numbers, addresses and notes stand in no table, no log line, no metric and no refusal', async () => {
  const [sessionId, full] = [await term.schedule('C-1', 5), await term.schedule('C-2', 1)];
  const answers: string[] = [];
  const say = async (...asked: Parameters<RehearsalDesk['ask']>) => {
    const answer = await desk.ask(...asked);
    if (answer.status >= 400) answers.push(JSON.stringify(answer.body));
    return answer;
  };
  const proxy = { name: '代理鳥', relation: '子', phoneNumber: '0119998877' };
  const attendees = [{ applicant: canary }];
  const booked = await say('POST', '/reservations', { sessionId, attendees, proxy, channel: 'proxyCall' });
  const [{ reservationId, personId }] = booked.body.reservations;
  await say('POST', '/reservations', { sessionId, attendees });
  await say('POST', '/reservations', { sessionId: full, attendees: [{ personId }] });
  await say('POST', '/reservations', {
    sessionId: full,
    attendees: [{ ...attendees[0], duplicateDecision: 'different' }],
  });
  await say('POST', '/reservations', {
    sessionId,
    attendees: [{ applicant: { ...canary, postalCode: 'オウムヤマ' } }],
  });
  await say('POST', '/reservations/search', { kana: 'オウムヤマ', purpose: 'オウムヤマ' });
  await say('POST', '/reservations/search', { kana: 'オウムヤマ', phoneNumber: '0119998877', purpose: 'change' });
  await say('POST', `/reservations/${reservationId}/tell`, { requester: 'proxy', spoken: { proxyName: '代理鳥' } });
  await say('PATCH', `/reservations/${reservationId}/applicant`, { building: '鳥籠荘新館', phoneNumber: 'オウムヤマ' });
  await say('PATCH', `/reservations/${reservationId}/applicant`, { building: '鳥籠荘新館' });
  await say('POST', `/reservations/${reservationId}/cancel`, { reasonCode: 'other', note: '籠の鍵を失くした' });
  await say('POST', `/sessions/${sessionId}/call-off`, { reason: '館長の都合' }, 'supervisor');
  await say('GET', `/reservations/オウムヤマ?name=${encodeURIComponent('鸚鵡山')}`);

  const seen = {
    tables: await everyTable(desk.databaseUrl),
    keys: everyFile(desk.keyDirectory),
    log: written.join(''),
    refusals: answers.join('\n'),
    metrics: await (await fetch(`${desk.url}/metrics`)).text(),
  };
  expect(answers.length).toBeGreaterThan(5);
  expect(seen.tables).toContain('ReservationMade');
  expect(marksIn(seen, [...marks, ...marksOfOthers])).toEqual([]);
});
