import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openInquiriesDesk, type InquiriesDesk } from '../rehearsal/inquiries-desk.js';
import { termId, termPlanned } from '../rehearsal/reception-term.js';

let desk: InquiriesDesk;
beforeAll(async () => {
  desk = await openInquiriesDesk();
  await desk.tell(...termPlanned());
});
afterAll(() => desk.close());

describe('an operator', () => {
  test('takes a call and closes it; the same request sent again is the same call', async () => {
    const taken = await desk.ask('POST', '/calls', {}, 'operator', 'k1');
    expect(taken.status).toBe(201);
    expect((await desk.ask('POST', '/calls', {}, 'operator', 'k1')).body).toEqual(taken.body);
    const { callId } = taken.body;
    const closed = await desk.ask('PATCH', `/calls/${callId}/close`, {
      ...{ purpose: 'application', outcome: 'booked', category: 'venue' },
      ...{ talkSeconds: 180, holdSeconds: 10, afterCallWorkSeconds: 40 },
    });
    expect(closed).toMatchObject({ status: 200, body: { callId, callRevision: 3 } });
  });

  test('keys in a paper form under the time that stands on it, in the hours of that time', async () => {
    const receivedAt = '2025-07-11T15:59:59+09:00';
    const { body } = await desk.ask('POST', '/calls', { receivedAt, fromPaper: true });
    const [event] = await desk.query(`select data from events where type = 'CallReceived' and stream = $1`, [
      `call-${body.callId}`,
    ]);
    expect(event).toEqual({
      data: {
        ...{ callId: body.callId, callRevision: 1, source: 'screen', channel: 'telephone' },
        ...{ receivedAt: '2025-07-11T06:59:59.000Z', termId, fromPaper: true },
      },
    });
  });

  test.each([
    ['a call of tomorrow', 'POST', '/calls', { receivedAt: '2999-01-01T00:00:00Z' }, 400, 'not-yet-received'],
    ['an unknown channel', 'POST', '/calls', { channel: 'pigeon' }, 400, 'invalid-body'],
    [
      'a closing without an outcome',
      'PATCH',
      `/calls/${termId}/close`,
      { purpose: 'application' },
      400,
      'invalid-body',
    ],
    [
      'a call that is none',
      'PATCH',
      `/calls/${termId}/close`,
      { purpose: 'other', outcome: 'other' },
      404,
      'not-found',
    ],
  ])('is refused %s', async (_, method, path, body, status, slug) => {
    expect(await desk.ask(method, path, body)).toMatchObject({ status, body: { slug } });
  });
});
