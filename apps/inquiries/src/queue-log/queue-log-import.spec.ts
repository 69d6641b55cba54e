import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openInquiriesDesk, type InquiriesDesk } from '../rehearsal/inquiries-desk.js';
import { termPlanned } from '../rehearsal/reception-term.js';

const SAMPLE = readFileSync(join(import.meta.dirname, 'samples/queue_log'), 'utf8');
const IMPORT = '/calls/import?format=queueLog&queue=uketsuke,sv';

let desk: InquiriesDesk;
beforeAll(async () => {
  desk = await openInquiriesDesk();
  await desk.tell(...termPlanned());
});
afterAll(() => desk.close());

const send = (text: string, path = IMPORT) =>
  desk.ask('POST', path, new Blob([text], { type: 'text/plain' }), 'supervisor');
const numbers = async (date = '2025-07-11') => (await desk.read(`/calls/numbers?from=${date}`)).body;

describe('a queue_log of a day', () => {
  test('is counted: offered, answered, abandoned short and long, transfers once, out of hours apart', async () => {
    const { status, body } = await send(SAMPLE);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        ...{ lines: 46, callLines: 33, otherLines: 10, otherQueueLines: 3, unreadableLines: 0, unreadable: [] },
        ...{ calls: 12, added: 12, changed: 0, answered: 6, abandoned: 6, shortAbandoned: 1, outOfHours: 2 },
        ...{ withoutEnd: 0, withoutBeginning: 0, struck: 0, joined: 0, clockJumped: 0, ambiguous: [] },
      },
    });
    expect((await numbers()).total).toMatchObject({
      ...{ callsOffered: 10, callsAnswered: 6, callsAbandoned: 4, shortAbandoned: 1, callsOutOfHours: 2 },
      ...{ callsWaiting: 0, totalCalls: 12, transferred: 3, answerRate: 0.6, abandonRate: 0.4, serviceLevel: 0.4 },
    });
  });

  test('sent again, in parts that overlap, in any order, it changes nothing', async () => {
    const before = await numbers();
    const lines = SAMPLE.split('\n').slice(0, -1);
    expect((await send(SAMPLE)).body).toMatchObject({ added: 0, changed: 0 });
    for (const part of [lines.slice(20), lines.slice(0, 30), lines.toReversed()]) {
      expect((await send(`${part.join('\n')}\n`)).body).toMatchObject({ added: 0, changed: 0 });
    }
    const after = await numbers();
    expect({ ...after, asOf: null }).toEqual({ ...before, asOf: null });
  });

  test('tells how long operators were logged in, of those whose coming and going were both written down', async () => {
    const [{ seconds }] = (await desk.query(
      `select sum((slot ->> 'loggedInSeconds')::int)::int as seconds
       from events, jsonb_array_elements(data -> 'slots') slot where type = 'SeatTimeReported'`,
    )) as [{ seconds: number }];
    // 101 alone, from 8:55 to 17:00: nobody wrote down when the two others went
    expect(seconds).toBe(29_100);
  });

  test('names the lines that it could not read by number and reason, and never shows them', async () => {
    const bad = [
      '1752195600|1752195597.90|uketsuke|NONE|ENTERQUEUE||0115559999|1',
      '1752195610|1752195597.90|uketsuke|PJSIP/101|CONN',
      'yesterday|1752195597.90|uketsuke|PJSIP/101|CONNECT|10|x|3',
      '1752195612|1752195597.90|uketsuke|PJSIP/101|CONNECT|ten|x|3',
      '1752195612|NONE|uketsuke|PJSIP/101|CONNECT|10|x|3',
      '1752195613|1752195597.90|uketsuke|PJSIP/101|DANCE|0115559999',
      '1752195700|1752195597.90|uketsuke|NONE|ABANDON|1|1|100',
    ].join('\n');
    const { body, bytes } = await send(bad);
    expect(body.unreadable.map(({ line }: { line: number }) => line)).toEqual([2, 3, 4, 5, 6, 7]);
    expect(body).toMatchObject({ calls: 1, answered: 0, abandoned: 0, withoutEnd: 1 });
    expect(bytes.toString()).not.toContain('0115559999');
  });

  test('leaves out the seconds that a jump of the clock spoilt, and counts the call', async () => {
    const jumped = [
      '1752196000|1752195997.91|uketsuke|NONE|ENTERQUEUE||anonymous|1',
      '1752192400|1752195997.91|uketsuke|NONE|ABANDON|1|1|-3600',
    ].join('\n');
    expect((await send(`${jumped}\n`)).body).toMatchObject({ calls: 1, abandoned: 1, clockJumped: 1 });
    const { body } = await desk.read('/calls?date=2025-07-11&limit=500');
    const call = body.calls.find(({ receivedAt }: { receivedAt: string }) => receivedAt === '2025-07-11T01:06:40.000Z');
    expect(call.abandonment).toEqual({ abandonedAt: '2025-07-11T00:06:40.000Z', cause: 'hungUp' });
  });

  test('keeps no number and no name of a caller, and no name of a telephone', async () => {
    const rows = await desk.query(`select data::text || coalesce(metadata::text, '') as told from events`);
    const told = rows.map((row) => String(row['told'])).join('\n');
    expect(told).not.toMatch(/0115550|ハナコ|PJSIP/);
  });
});

describe('a call on a screen and in the log', () => {
  const log = (at: number, n: number, wait = 8, talk = 200) =>
    [
      `${at}|${at}.${n}|uketsuke|NONE|ENTERQUEUE||anonymous|1`,
      `${at + wait}|${at}.${n}|uketsuke|PJSIP/10${n}|CONNECT|${wait}|${at}.${n}b|3`,
      `${at + wait + talk}|${at}.${n}|uketsuke|PJSIP/10${n}|COMPLETECALLER|${wait}|${talk}|1`,
    ].join('\n') + '\n';
  const day = (hour: number) => Date.UTC(2025, 6, 14, hour - 9) / 1_000;
  const screen = async (at: number, more: object = {}) => {
    const receivedAt = new Date(at * 1_000).toISOString();
    const { callId } = (await desk.ask('POST', '/calls', { receivedAt, ...more })).body;
    const end = { purpose: 'application', outcome: 'booked', holdSeconds: 20, afterCallWorkSeconds: 30 };
    await desk.ask('PATCH', `/calls/${callId}/close`, { ...end, closedAt: new Date((at + 230) * 1_000).toISOString() });
    return callId as string;
  };
  const callsOf = async (callIds: readonly string[]) => {
    const { body } = await desk.read('/calls?date=2025-07-14&limit=500');
    return body.calls.filter(({ callId }: { callId: string }) => callIds.includes(callId));
  };

  test('is one call, known by the unique id that the telephone system told the screen', async () => {
    const at = day(9);
    const callId = await screen(at + 10, { lineId: `${at}.1` });
    expect((await send(log(at, 1))).body).toMatchObject({ calls: 1, added: 0, changed: 1 });
    expect(await callsOf([callId])).toMatchObject([
      {
        answer: { waitSeconds: 8 },
        ending: { talkSeconds: 180, holdSeconds: 20, afterCallWorkSeconds: 30, outcome: 'booked' },
      },
    ]);
  });

  test('is one call, when only one of each can be the other', async () => {
    const at = day(10);
    const callId = await screen(at + 11);
    expect((await send(log(at, 2))).body).toMatchObject({ joined: 1, added: 0, changed: 1, ambiguous: [] });
    expect((await send(log(at, 2))).body).toMatchObject({ joined: 1, added: 0, changed: 0 });
    expect(await callsOf([callId])).toMatchObject([{ answer: { waitSeconds: 8 }, ending: { talkSeconds: 180 } }]);
    expect((await desk.read('/calls/numbers?from=2025-07-14')).body.total).toMatchObject({ callsOffered: 2 });
  });

  test('stays apart when it could be two, until the telephone on the desk or a person tells', async () => {
    const at = day(11);
    const one = await screen(at + 12);
    const two = await screen(at + 15, { extension: 'PJSIP/104' });
    const both = log(at, 3) + log(at + 1, 4);
    const { body } = await send(both);
    // the second knows its telephone, but the first could have been either
    expect(body).toMatchObject({ joined: 0, added: 2, ambiguous: [one, two] });
    const heard = await desk.read('/calls?date=2025-07-14&limit=500');
    const lines = heard.body.calls.filter(({ source }: { source: string }) => source === 'queueLog');
    expect(lines).toHaveLength(2);
    expect(await desk.ask('POST', `/calls/${lines[0].callId}/strike`, { sameAs: one }, 'supervisor')).toMatchObject({
      status: 200,
    });
    expect((await send(both)).body).toMatchObject({ joined: 2, added: 0 });
    expect(await callsOf([one, two])).toMatchObject([{ answer: { waitSeconds: 8 } }, { answer: { waitSeconds: 8 } }]);
    expect((await desk.read('/calls/numbers?from=2025-07-14')).body.total).toMatchObject({ callsOffered: 4 });
  });

  test('two who send the same log at once count it once', async () => {
    const text = Array.from({ length: 30 }, (_, n) => log(day(13) + n * 60, 500 + n)).join('');
    const answers = await Promise.all([send(text), send(text), send(text)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.reduce((sum, { body }) => sum + body.added, 0)).toBe(30);
  });
});

test.each([
  ['an empty file', '', 400, 'unreadable-file'],
  ['something else', 'a,b,c\nd,e,f\n', 400, 'unreadable-file'],
  ['bytes', '\u0000\u0001', 400, 'unreadable-file'],
])('refuses %s', async (_, text, status, slug) => {
  expect(await send(text)).toMatchObject({ status, body: { slug } });
});

test('asks which queues are the desk’s', async () => {
  expect(await send(SAMPLE, '/calls/import?format=queueLog')).toMatchObject({
    status: 400,
    body: { slug: 'invalid-body' },
  });
});
