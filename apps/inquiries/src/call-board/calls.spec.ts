import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CallAccount } from '#contracts/inquiries/call-account.js';
import { openInquiriesDesk, type InquiriesDesk } from '../rehearsal/inquiries-desk.js';
import { termPlanned } from '../rehearsal/reception-term.js';
import { halfHourOf } from './calls.projector.js';
import { numbersOf } from './numbers.policy.js';

const SAMPLE = readFileSync(join(import.meta.dirname, '../queue-log/samples/queue_log'));

let desk: InquiriesDesk;
beforeAll(async () => {
  desk = await openInquiriesDesk();
  await desk.tell(...termPlanned());
  await desk.ask('POST', '/calls/import?format=queueLog&queue=uketsuke,sv', new Blob([SAMPLE], { type: 'text/plain' }), 'supervisor'); // prettier-ignore
  const { callId } = (await desk.ask('POST', '/calls', { receivedAt: '2025-07-11T12:00:00+09:00' })).body;
  await desk.ask('PATCH', `/calls/${callId}/close`, { purpose: 'application', outcome: 'booked', talkSeconds: 10 });
  await desk.ask('POST', `/calls/${(await desk.ask('POST', '/calls', {})).body.callId}/strike`, {}, 'supervisor');
});
afterAll(() => desk.close());

describe('the board of calls', () => {
  test('is listed in the order in which they came in, page by page, each once', async () => {
    const seen: string[] = [];
    let after = '';
    for (let pages = 0; pages < 10; pages++) {
      const { body } = await desk.read(`/calls?date=2025-07-11&limit=4${after}`);
      seen.push(...body.calls.map(({ receivedAt, callId }: CallAccount) => `${receivedAt} ${callId}`));
      if (body.next === undefined) break;
      after = `&after=${body.next}`;
    }
    expect(seen).toHaveLength(13);
    expect(seen).toEqual([...new Set(seen)].toSorted());
  });

  test('built again from the log, it is the same', async () => {
    const rows = () => desk.query('select * from calls.call order by call_id');
    const before = await rows();
    expect(before).toHaveLength(14);
    const { stdout } = spawnSync(
      process.execPath,
      ['--import', join(process.cwd(), 'tools/source.js'), 'apps/inquiries/src/rebuild.main.ts', 'calls'],
      { env: { PATH: process.env['PATH'], ...desk.environment }, encoding: 'utf8' },
    );
    expect(stdout).toContain('"result"');
    expect(stdout).not.toContain('"failed"');
    expect(await rows()).toEqual(before);
    expect(await desk.query(`select version from subscription where name = 'calls'`)).toEqual([{ version: 2 }]);
  });

  test('has the numbers of today, and of the half hour that is under way', async () => {
    const { callId } = (await desk.ask('POST', '/calls', {})).body;
    const before = halfHourOf(Date.now());
    const now = (await desk.read('/calls/now')).body;
    expect(now).toMatchObject({ openCalls: 1 });
    expect([before, halfHourOf(Date.now())]).toContain(now.slot.slot);
    expect(now.longestOpenSeconds).toBeLessThan(60);
    await desk.ask('PATCH', `/calls/${callId}/close`, { purpose: 'other', outcome: 'other' });
    expect((await desk.read('/calls/now')).body.openCalls).toBe(0);
  });

  test('is asked for two months at most, and for no period that ends before it begins', async () => {
    for (const to of ['2025-07-10', '2025-10-01']) {
      expect(await desk.read(`/calls/numbers?from=2025-07-11&to=${to}`)).toMatchObject({ status: 400 });
    }
  });
});

describe('numbers of any calls', () => {
  const account = fc
    .record({
      channel: fc.constantFrom('telephone', 'fax'),
      outOfHours: fc.boolean(),
      how: fc.constantFrom('answered', 'closed', 'short', 'long', 'waiting'),
      wait: fc.integer({ min: 0, max: 300 }),
      outcome: fc.constantFrom('booked', 'callback', undefined),
    })
    .map(({ channel, outOfHours, how, wait, outcome }): CallAccount => {
      const at = '2025-07-11T00:00:00.000Z';
      const isAnswered = how === 'answered' || how === 'closed';
      return {
        ...{ callId: 'c', callRevision: 1, source: 'queueLog', channel: channel as 'telephone', receivedAt: at },
        ...(outOfHours && { outOfHours }),
        ...(isAnswered && { answer: { answeredAt: at, waitSeconds: wait } }),
        ...(how === 'short' && { abandonment: { abandonedAt: at, waitSeconds: 3, short: true, cause: 'hungUp' } }),
        ...(how === 'long' && { abandonment: { abandonedAt: at, waitSeconds: wait + 5, cause: 'hungUp' } }),
        ...(how === 'closed' && { ending: { closedAt: at, transfers: 0, ...(outcome && { outcome }) } }),
      };
    });

  test('tie out: each call offered is answered, abandoned or waiting; each one by telephone is offered or out of hours', () => {
    fc.assert(
      fc.property(fc.array(account, { maxLength: 40 }), (accounts) => {
        const of = numbersOf(accounts);
        expect(of.callsAnswered + of.callsAbandoned + of.callsWaiting).toBe(of.callsOffered);
        expect(of.callsOffered + of.callsOutOfHours).toBe(
          accounts.filter(({ channel }) => channel === 'telephone').length,
        );
        expect(of.totalCalls).toBe(of.callsOffered + of.callsOutOfHours);
        expect(of.shortAbandoned).toBeLessThanOrEqual(of.callsAbandoned);
        for (const rate of [of.answerRate, of.abandonRate, of.serviceLevel, of.firstContactResolution]) {
          expect(rate ?? 0).toBeGreaterThanOrEqual(0);
          expect(rate ?? 1).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('have no rate where nothing was offered', () => {
    expect(numbersOf([])).not.toHaveProperty('answerRate');
    expect(numbersOf([])).toMatchObject({ callsOffered: 0, totalCalls: 0 });
  });
});
