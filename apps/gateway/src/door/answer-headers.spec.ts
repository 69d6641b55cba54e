import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startRehearsalGateway, type RehearsalGateway } from '../rehearsal-gateway.js';

let gateway: RehearsalGateway;
let cookie: string;
beforeAll(async () => {
  gateway = await startRehearsalGateway();
  cookie = await gateway.signIn('operator');
});
afterAll(() => gateway?.stop());

/** As it is written to the connection: a client would put the address right, and the headers. */
async function answerTo(...lines: string[]): Promise<{ status: number; headers: Headers; text: string }> {
  const { hostname, port } = new URL(gateway.url);
  const connection = connect(Number(port), hostname);
  let answer = '';
  connection.on('data', (part: Buffer) => (answer += part.toString())).on('error', () => undefined);
  connection.write(`${[...lines, `Cookie: ${cookie}`, 'Connection: close'].join('\r\n')}\r\n\r\n`);
  await once(connection, 'close');
  const [head = '', text = ''] = answer.split('\r\n\r\n');
  const [first = '', ...rest] = head.split('\r\n');
  const headers = new Headers(rest.map((line) => line.split(/: (.*)/s, 2) as [string, string]));
  return { status: Number(first.split(' ')[1]), headers, text };
}

const SAFE = ['content-security-policy', 'x-content-type-options', 'x-frame-options', 'referrer-policy'];
const safe = ({ headers }: { headers: Headers }) => SAFE.map((name) => headers.get(name));

describe('an answer', () => {
  test.each([
    ['an address that cannot be decoded', 400, 'invalid-body', ['GET /api/%ZZ HTTP/1.1', 'Host: desk']],
    ['what is no HTTP', 400, 'unreadable-request', ['gibberish']],
    ['too long a header', 431, 'headers-too-large', ['GET / HTTP/1.1', 'Host: desk', `X: ${'x'.repeat(40_000)}`]],
    ['a request without a host', 400, 'unreadable-request', ['GET /api/me HTTP/1.1']],
    ['an odd expectation', 417, 'expectation-failed', ['GET /api/me HTTP/1.1', 'Host: desk', 'Expect: x']],
  ])('to %s says what a browser may do with it, like any other', async (_, status, slug, lines) => {
    const answer = await answerTo(...lines);
    expect([answer.status, (JSON.parse(answer.text) as { slug: string }).slug]).toEqual([status, slug]);
    expect(safe(answer)).toEqual(safe(await gateway.ask('GET /api/me', { as: cookie })));
    expect(safe(answer)).toEqual([expect.stringContaining("default-src 'none'"), 'nosniff', 'DENY', 'no-referrer']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test.each(['/%61pi/me', 'http://desk/api/me', '/api/me'])('to %s is not kept', async (address) => {
    const answer = await answerTo(`GET ${address} HTTP/1.1`, 'Host: desk');
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
  });
});
