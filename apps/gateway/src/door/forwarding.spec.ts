import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startRehearsalGateway, type RehearsalGateway } from '../rehearsal-gateway.js';

let gateway: RehearsalGateway;
let operator: string;
let supervisor: string;
beforeAll(async () => {
  gateway = await startRehearsalGateway({ STREAM_LOOK_MS: '100' });
  [operator, supervisor] = [await gateway.signIn('operator'), await gateway.signIn('supervisor')];
});
afterAll(() => gateway?.stop());

const slugOf = async (answer: Response) => [answer.status, ((await answer.json()) as { slug?: string }).slug];
const key = { 'idempotency-key': 'k-1' };
const until = async (isSo: () => boolean) => {
  for (let i = 0; !isSo() && i < 300; i += 1) await wait(10);
  expect(isSo()).toBe(true);
};

describe('a request that is handed on', () => {
  test('arrives as it was sent, with the word of the gateway for the caller in place of the cookie', async () => {
    const body = { sessionId: '0b1e6f7a-0000-4000-8000-000000000001', name: '髙﨑' };
    const correlation = '0b1e6f7a-0000-4000-8000-00000000000c';
    const sent = {
      ...key,
      'uketsuke-wait-for': 'log/0:1',
      'uketsuke-caller': 'me',
      'uketsuke-correlation-id': correlation,
    };
    const answer = await gateway.ask('POST /api/holds', { as: operator, body, headers: { ...sent, 'x-other': '1' } });
    const seen = (await answer.json()) as { headers: Record<string, string> };
    expect(seen).toMatchObject({ body, caller: { accountId: 'operator', roles: ['operator'], handler: true } });
    expect(seen.headers).toMatchObject({
      ...key,
      'uketsuke-wait-for': 'log/0:1',
      'uketsuke-correlation-id': correlation,
    });
    for (const kept of ['cookie', 'authorization', 'x-other']) expect(seen.headers).not.toHaveProperty(kept);
    expect([answer.status, answer.headers.get('uketsuke-position')]).toEqual([201, 'log/0:1']);
    expect([answer.headers.getSetCookie(), answer.headers.get('cache-control')]).toEqual([[], 'no-store']);
  });

  test('is answered with the problem of the service as it stands', async () => {
    const answer = await gateway.ask('GET /api/reservations/r-1', { as: operator });
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
    expect(await answer.json()).toMatchObject({ slug: 'not-found', reservationId: 'r-1' });
    expect(await slugOf(await gateway.ask('POST /api/holds', { as: operator, headers: key, body: '{' }))).toEqual([
      400,
      'invalid-body',
    ]);
  });

  test('is asked once, whatever the service says', async () => {
    const before = gateway.behind.screens.asked;
    expect(await slugOf(await gateway.ask('GET /api/capacity/sessions', { as: operator }))).toEqual([503, 'not-yet']);
    expect(gateway.behind.screens.asked).toBe(before + 1);
  });

  test.each(['..', '.', '%2e%2e', '..%2finternal', '%5c..', 'a..', '..a', '%00'])(
    'leads to no other door by %s in its address',
    async (id) => {
      // fetch would tidy the address up before it is sent.
      const { port } = new URL(gateway.url);
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(
        `PATCH /api/reservations/${id}/applicant HTTP/1.1\r\nHost: desk\r\nCookie: ${operator}\r\n` +
          'Idempotency-Key: k\r\nConnection: close\r\n\r\n',
      );
      let text = '';
      for await (const part of socket) text += String(part);
      // None of these is an id: the service never hears of them.
      expect(text).toMatch(/^HTTP\/1\.1 40[04] /);
    },
  );

  test('has at most a megabyte, is JSON, and a schedule may be a file of five', async () => {
    const csv = (bytes: number) => ({ method: 'POST', body: Buffer.alloc(bytes, 'a') });
    const send = (path: string, type: string, bytes: number) =>
      fetch(gateway.url + path, { ...csv(bytes), headers: { ...key, cookie: supervisor, 'content-type': type } });
    expect(await slugOf(await send('/api/holds', 'application/json', 1_048_577))).toEqual([413, 'body-too-large']);
    expect(await slugOf(await send('/api/holds', 'text/plain', 10))).toEqual([415, 'unsupported-media-type']);
    expect(await slugOf(await send('/api/sessions/import', 'text/html', 10))).toEqual([415, 'unsupported-media-type']);
    const [taken, tooLarge] = [
      await send('/api/sessions/import?dryRun=true', 'text/csv', 4_000_000),
      await send('/api/sessions/import', 'text/csv', 5_300_000),
    ];
    expect(await taken.json()).toEqual({ bytes: 4_000_000, type: 'text/csv', dryRun: 'true' });
    expect(await slugOf(tooLarge)).toEqual([413, 'body-too-large']);
  });
});

describe('a live feed', () => {
  const watch = async (as: string) => {
    const leaving = new AbortController();
    const answer = await fetch(`${gateway.url}/api/capacity/live`, { headers: { cookie: as }, signal: leaving.signal });
    return { answer, leaving, reader: answer.body!.pipeThrough(new TextDecoderStream()).getReader() };
  };

  test('comes as it is written, and is over behind the gateway when the screen goes', async () => {
    const { answer, leaving, reader } = await watch(operator);
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    expect((await reader.read()).value).toBe('event: snapshot\ndata: {}\n\n');
    expect((await reader.read()).value).toContain(': heartbeat');
    const before = gateway.behind.screens.gone;
    leaving.abort();
    await until(() => gateway.behind.screens.gone === before + 1);
  });

  test('ends when its visitor has signed out, and keeps nobody signed in', async () => {
    const city = await gateway.signIn('city');
    const { reader } = await watch(city);
    const ended = (async () => {
      while (!(await reader.read()).done);
      return true;
    })();
    await gateway.rows(`update sign_ins set seen_at = now() - interval '50 minutes'`);
    await wait(300);
    const [row] = await gateway.rows(`select max(seen_at) < now() - interval '49 minutes' as untouched from sign_ins`);
    expect(row).toEqual({ untouched: true });
    await gateway.ask('POST /api/sign-out', { as: city });
    expect(await ended).toBe(true);
  });

  test('is there for every screen of a large desk', async () => {
    const screens = await Promise.all(Array.from({ length: 150 }, () => watch(operator)));
    for (const { reader } of screens) expect((await reader.read()).value).toContain('snapshot');
    const before = gateway.behind.screens.gone;
    for (const { leaving } of screens) leaving.abort();
    await until(() => gateway.behind.screens.gone === before + 150);
  });
});

test('a gateway that stops tells its screens when to come back; a service that is away is 503 unavailable', async () => {
  const own = await startRehearsalGateway();
  const cookie = await own.signIn('operator');
  const feed = await fetch(`${own.url}/api/capacity/live`, { headers: { cookie } });
  await own.behind.stop();
  expect(await feed.text()).toContain('retry: 2000');
  const answer = await own.ask('GET /api/capacity/sessions', { as: cookie });
  expect([answer.headers.get('retry-after'), ...(await slugOf(answer))]).toEqual(['1', 503, 'unavailable']);
  await own.stop();
});
