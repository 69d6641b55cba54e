import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isUuid } from '#kernel/ids.js';
import type { RunningService } from './bootstrap.js';
import { post, startRehearsal, type Lines } from './rehearsal-desk.js';

let desk: RunningService & { readonly lines: Lines };
beforeAll(async () => {
  desk = await startRehearsal();
});
afterAll(() => desk.stop());

async function problem(answer: Promise<Response>): Promise<Record<string, unknown>> {
  const response = await answer;
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const body = (await response.json()) as Record<string, unknown>;
  expect(body['status']).toBe(response.status);
  expect(body['type']).toBe(`urn:uketsuke:problem:${String(body['slug'])}`);
  expect(body['correlationId']).toBe(response.headers.get('uketsuke-correlation-id'));
  expect(isUuid(String(body['correlationId']))).toBe(true);
  return body;
}
const ofParty = (body: unknown) => problem(post(`${desk.url}/parties`, body));
const party = { seats: 2, guests: [{ name: 'A' }] };

describe('a refusal of the rules', () => {
  test.each([
    ['invalid', 400],
    ['not-signed-in', 401],
    ['forbidden', 403],
    ['not-found', 404],
    ['conflict', 409],
    ['gone', 410],
    ['too-large', 413],
    ['unprocessable', 422],
    ['too-many', 429],
    ['unavailable', 503],
  ])('that is %s is answered %i, with its slug, its sentence and its details', async (kind, status) => {
    const body = await problem(post(`${desk.url}/refusals/${kind}`, {}));
    expect(body).toMatchObject({ status, slug: 'no-such-luck', detail: 'Not today.', sessionId: 's1' });
  });

  test('may come from a middleware', async () => {
    expect(await problem(fetch(`${desk.url}/guarded`))).toMatchObject({ slug: 'kept-out', status: 403 });
  });

  test('says when to come back if it is about the moment', async () => {
    const retryAfter = async (kind: string) =>
      (await post(`${desk.url}/refusals/${kind}`, {})).headers.get('retry-after');
    expect(await retryAfter('unavailable')).toBe('1');
    expect(await retryAfter('too-many')).toBe('5');
    expect(await retryAfter('conflict')).toBeNull();
  });
});

describe('a body of more than anybody types, whose checks would keep everybody else waiting', () => {
  const names = Array.from({ length: 50_000 }, (_, i) => `k${i}`);
  test.each([
    ['members', Object.fromEntries(names.map((name) => [name, 1])), { field: '', rules: ['valuesAtOnce'] }],
    ['parts', { ...party, guests: names.map(() => ({})) }, { field: 'guests', rules: ['valuesAtOnce'] }],
    ['lists', { guests: names.slice(0, 200).map(() => names.slice(0, 200)) }, { field: '', rules: ['valuesInAll'] }],
  ])('many %s: is refused before they are looked at', async (_, body, wrong) => {
    expect(await ofParty(body)).toMatchObject({ status: 400, slug: 'invalid-body', fields: [wrong] });
  });
});

describe('a body', () => {
  test('that fits becomes objects of its classes', async () => {
    const response = await post(`${desk.url}/parties`, party);
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ isInstance: true, seats: 2 });
  });

  test('is refused once, with every wrong field named and no value repeated', async () => {
    const body = await ofParty({ seats: '2', extra: 'typed', guests: [{ name: 'B' }, { name: 7, 'k y': 1 }] });
    expect(body).toMatchObject({
      slug: 'invalid-body',
      status: 400,
      fields: [
        { field: 'extra', rules: ['whitelistValidation'] },
        { field: 'seats', rules: ['min', 'isInt'] },
        { field: 'guests.1.?', rules: ['whitelistValidation'] },
        { field: 'guests.1.name', rules: ['maxLength', 'isString'] },
      ],
    });
    expect(JSON.stringify(body)).not.toMatch(/typed|k y/);
  });

  test.each([
    ['no object', '[]'],
    ['a list of objects that fit', JSON.stringify([party])],
    ['null', 'null'],
    ['a text', '"hello"'],
    ['cut off', '{"seats": 2'],
    ['empty', ''],
    ['with a prototype in it', '{"seats":2,"guests":[],"__proto__":{"admin":true}}'],
    ['with a constructor in it', '{"seats":2,"guests":[],"constructor":{"prototype":{"admin":true}}}'],
    ['with NUL in a text', '{"seats":2,"guests":[{"name":"A\\u0000"}]}'],
    ['with half a surrogate pair', '{"seats":2,"guests":[{"name":"\\ud83d"}]}'],
    ['with a whole number that would change', '{"seats":12345678901234567890,"guests":[]}'],
    ['with a number beyond all numbers', '{"seats":1e999,"guests":[]}'],
  ])('that is %s is an invalid body', async (_, text) => {
    expect(await ofParty(text)).toMatchObject({ slug: 'invalid-body', status: 400 });
  });

  test('with NUL in a key is refused even where any key is welcome', async () => {
    const body = await problem(post(`${desk.url}/letters`, '{"guest":{"a\\u0000":1}}'));
    expect(body).toMatchObject({ slug: 'invalid-body', fields: [{ field: 'guest', rules: ['storableText'] }] });
  });

  test('nested without bottom is refused before anything walks down it', async () => {
    const text = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(await problem(post(`${desk.url}/letters`, text))).toMatchObject({ slug: 'invalid-body' });
  });

  test('with a whole surrogate pair is a text like any other', async () => {
    expect((await post(`${desk.url}/parties`, { seats: 1, guests: [{ name: '𠮷田😀' }] })).status).toBe(201);
  });

  test.each([
    ['not JSON', 'gibberish', 'application/json', 400, 'invalid-body'],
    ['of a form', 'seats=2', 'application/x-www-form-urlencoded', 415, 'unsupported-media-type'],
    ['of plain text', 'seats=2', 'text/plain', 415, 'unsupported-media-type'],
    ['over a megabyte', JSON.stringify('x'.repeat(1_100_000)), 'application/json', 413, 'body-too-large'],
  ])('%s is refused by name', async (_, text, type, status, slug) => {
    const body = await problem(post(`${desk.url}/letters`, text, { 'content-type': type }));
    expect(body).toMatchObject({ status, slug });
    expect(JSON.stringify(body)).not.toContain('gibberish');
  });
});

test('a body far too large is read away, so that its sender sees why it was refused', async () => {
  const { hostname, port } = new URL(desk.url);
  const sender = connect(Number(port), hostname);
  let answer = '';
  const failures: Error[] = [];
  sender.on('data', (part: Buffer) => (answer += part.toString())).on('error', (error) => failures.push(error));
  sender.write('POST /letters HTTP/1.1\r\nHost: desk\r\n');
  sender.write('Content-Type: application/json\r\nContent-Length: 20000000\r\n\r\n');
  sender.write(Buffer.alloc(20_000_000, 'x'));
  await once(sender, 'close');
  expect(failures).toEqual([]);
  expect(answer).toMatch(/^HTTP\/1\.1 413 .*"slug":"body-too-large"/s);
});

test.each([
  [
    'an address longer than the parser reads',
    `GET /${'x'.repeat(40_000)} HTTP/1.1\r\nHost: desk\r\n\r\n`,
    431,
    'headers-too-large',
  ],
  ['what is no HTTP', '\u0016\u0003\u0001\r\n\r\n', 400, 'unreadable-request'],
])('%s is answered with a reason, too, and the connection ends', async (_, text, status, slug) => {
  const { hostname, port } = new URL(desk.url);
  const sender = connect(Number(port), hostname);
  let answer = '';
  sender.on('data', (part: Buffer) => (answer += part.toString())).on('error', () => undefined);
  sender.write(text);
  await once(sender, 'end');
  sender.destroy();
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} .*"slug":"${slug}"`, 's'));
});

describe('a query', () => {
  test('is converted where its class says so, and nowhere else', async () => {
    const response = await fetch(`${desk.url}/guests?limit=5`);
    expect(await response.json()).toEqual({ limit: 5, asWritten: '5' });
  });

  test('that does not fit is refused like a body', async () => {
    const body = await problem(fetch(`${desk.url}/guests?limit=many&other=1`));
    expect(body).toMatchObject({ slug: 'invalid-body' });
    expect((body['fields'] as { field: string }[]).map(({ field }) => field).toSorted()).toEqual(['limit', 'other']);
  });

  test('or a path with NUL in it never reaches a database', async () => {
    expect(await problem(fetch(`${desk.url}/guests/a%00b`))).toMatchObject({ slug: 'invalid-body', status: 400 });
    expect(await problem(fetch(`${desk.url}/guests?name=a%00b`))).toMatchObject({ slug: 'invalid-body', status: 400 });
  });
});

describe('an address', () => {
  test('nobody lives at is not found, and not repeated', async () => {
    const body = await problem(fetch(`${desk.url}/nobody/090?name=typed`));
    expect(body).toMatchObject({ slug: 'not-found', status: 404 });
    expect(JSON.stringify(body)).not.toMatch(/nobody|typed/);
  });

  test('that cannot be decoded is a problem too', async () => {
    const { hostname, port } = new URL(desk.url);
    const { status, text } = await new Promise<{ status: number | undefined; text: string }>((resolve) => {
      request({ hostname, port, path: '/guests/%zz' }, (response) => {
        let text = '';
        response.on('data', (chunk) => (text += chunk)).on('end', () => resolve({ status: response.statusCode, text }));
      }).end();
    });
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ slug: 'invalid-body' });
    expect(text).not.toContain('zz');
  });
});

describe('a defect', () => {
  test('is answered 500 and tells nothing about itself', async () => {
    const body = await problem(post(`${desk.url}/defects`, { name: 'typed-name', phone: 'typed-phone' }));
    expect(body).toEqual({
      type: 'urn:uketsuke:problem:internal',
      title: 'Internal Server Error',
      status: 500,
      slug: 'internal',
      detail: 'Something went wrong on our side.',
      correlationId: body['correlationId'],
    });
  });

  test('in the middle of an answer breaks it off, and before its first byte is still answered', async () => {
    expect(await problem(fetch(`${desk.url}/halves/first`))).toMatchObject({ status: 500, slug: 'internal' });
    await expect(fetch(`${desk.url}/halves/second`).then((answer) => answer.text())).rejects.toThrow(
      /terminated|fetch failed/,
    );
  });

  test('is not what it is called when a sender hangs up in the middle of a body', async () => {
    const { hostname, port } = new URL(desk.url);
    const aborted = () => desk.lines.of('Request').filter((line) => line['aborted'] && line['route'] === '/letters');
    const failures = desk.lines.of('A request failed').length;
    const sender = connect(Number(port), hostname);
    sender.write(
      'POST /letters HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"a"',
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    sender.destroy();
    while (aborted().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(aborted()).toHaveLength(1);
    expect(desk.lines.of('A request failed')).toHaveLength(failures);
  });

  test('can be found in the log by the id in the answer', async () => {
    const { correlationId } = await problem(post(`${desk.url}/defects`, {}));
    const [entry] = desk.lines.of('A request failed').filter((line) => line['correlationId'] === correlationId);
    expect(entry).toMatchObject({ route: '/defects', err: { type: 'Error', cause: { code: '23505' } } });
  });
});
