import { once } from 'node:events';
import { createServer, Agent, get, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { post } from './rehearsal-desk.js';
import { RehearsalProcess } from './rehearsal-process.js';

const started: RehearsalProcess[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((desk) => desk.end()));
});
function start(environment?: Record<string, string>): RehearsalProcess {
  const desk = new RehearsalProcess(environment);
  started.push(desk);
  return desk;
}
const phases = (desk: RehearsalProcess, sentence: string) =>
  desk.entries().flatMap(({ msg, phase }) => (msg === sentence ? [phase] : []));

describe('a service that is asked to stop', () => {
  test('answers what is running, says first that it is not ready, and stops its parts in order', async () => {
    const desk = start({ SHUTDOWN_DELAY_MS: '400' });
    const url = await desk.url();
    const running = Array.from({ length: 20 }, (_, i) => fetch(`${url}/slow/${300 + i * 50}`));
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    desk.signal('SIGTERM');
    await desk.entry('Stopping');
    // Within the delay it still answers: to probes that it is not ready, to everybody else as ever.
    const ready = await fetch(`${url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([503, { ok: false, checks: [{ name: 'stopping', ok: false }] }]);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    const late = await fetch(`${url}/slow/1`);
    expect([late.status, late.headers.get('connection')]).toEqual([200, 'close']);
    const statuses = (await Promise.all(running)).map(({ status }) => status);
    expect(statuses).toEqual(Array(20).fill(200));
    expect(await desk.exited).toBe(0);
    expect(phases(desk, 'Stopping')).toEqual([
      ...['delay', 'streams', 'http', 'consumers', 'lanes', 'relay', 'pool', 'module', 'telemetry'],
    ]);
    expect(phases(desk, 'Part stopped')).toEqual(['consumers', 'lanes', 'relay', 'pool']);
    const lastRequest = desk.entries().findLastIndex(({ route }) => route === '/slow/:ms');
    const firstPart = desk.entries().findIndex(({ msg }) => msg === 'Part stopped');
    expect(firstPart).toBeGreaterThan(lastRequest);
  });

  test('sends a long answer to its end, and then waits for nothing', async () => {
    const desk = start();
    const agent = new Agent({ keepAlive: true });
    const [roster] = (await once(get(`${await desk.url()}/download`, { agent }), 'response')) as [IncomingMessage];
    desk.signal('SIGINT');
    while (!phases(desk, 'Stopping').includes('http')) await wait(5);
    await wait(100);
    let bytes = 0;
    roster.on('data', (part: Buffer) => (bytes += part.length));
    await once(roster, 'end');
    expect(bytes).toBe(30_000_000);
    expect(await desk.exited).toBe(0);
    agent.destroy();
  });

  test.each([
    ['on which nothing was ever asked', ''],
    ['on which half a question was asked', 'GET /health/live HTTP/1.1\r\n'],
  ])('does not wait for connections %s', async (_, said) => {
    const desk = start();
    const { port } = new URL(await desk.url());
    const browser = connect(Number(port), '127.0.0.1');
    browser.on('error', () => {});
    await once(browser, 'connect');
    browser.write(said);
    await fetch(`${await desk.url()}/health/live`);
    desk.signal('SIGTERM');
    expect(await desk.exited).toBe(0);
    browser.destroy();
  });

  test('answers the question that was half asked when it stopped listening', async () => {
    const desk = start();
    const { port } = new URL(await desk.url());
    const browser = connect(Number(port), '127.0.0.1');
    await once(browser, 'connect');
    browser.write('GET /slow/1 HTTP/1.1\r\n');
    await fetch(`${await desk.url()}/health/live`);
    desk.signal('SIGTERM');
    while (!phases(desk, 'Stopping').includes('http')) await wait(5);
    await wait(100);
    browser.write('Host: desk\r\n\r\n');
    const [answer] = (await once(browser, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(await desk.exited).toBe(0);
  });

  test('is not held by a live feed: its screen is told when to come back', async () => {
    const desk = start();
    const response = await fetch(`${await desk.url()}/feed`);
    desk.signal('SIGTERM');
    expect(await response.text()).toBe('event: snapshot\ndata: {}\n\nretry: 2000\n\n');
    expect(await desk.exited).toBe(0);
  });

  test('ends a live feed that is opened while it stops', async () => {
    const desk = start({ SHUTDOWN_DELAY_MS: '60000' });
    const url = await desk.url();
    desk.signal('SIGTERM');
    await desk.entry('Stopping');
    expect(await (await fetch(`${url}/feed`)).text()).toContain('retry: 2000');
  });

  test('is not held by a screen that has stopped reading', async () => {
    const desk = start();
    const { port } = new URL(await desk.url());
    const screen = connect(Number(port), '127.0.0.1');
    screen.on('error', () => {});
    screen.write('GET /feed?flood=1 HTTP/1.1\r\nHost: desk\r\n\r\n');
    await once(screen, 'readable');
    desk.signal('SIGTERM');
    expect(await desk.exited).toBe(0);
    screen.destroy();
  });

  test.each(['HANG', 'FAIL'])('goes on without a part that %sS, and its exit code says so', async (how) => {
    const desk = start({ [how]: 'lanes' });
    await desk.url();
    desk.signal('SIGTERM');
    expect(await desk.exited).toBe(1);
    expect(phases(desk, 'Part stopped')).toEqual(['consumers', 'relay', 'pool']);
  });

  test('a second time exits at once', async () => {
    const desk = start({ SHUTDOWN_DELAY_MS: '60000' });
    await desk.url();
    desk.signal('SIGTERM');
    await desk.entry('Stopping');
    desk.signal('SIGTERM');
    expect(await desk.exited).toBe(1);
    expect(phases(desk, 'Part stopped')).toEqual([]);
  });
});

describe('a service that breaks', () => {
  test.each([
    ['an error nobody caught', 'exception'],
    ['a rejection nobody caught', 'rejection'],
  ])('by %s stops its parts and exits with 1', async (what, kind) => {
    const desk = start({ SHUTDOWN_DELAY_MS: '60000' });
    await post(`${await desk.url()}/crashes/${kind}`, {});
    expect(await desk.exited).toBe(1);
    expect(phases(desk, 'Part stopped')).toEqual(['consumers', 'lanes', 'relay', 'pool']);
    await desk.entry(what.replace(/^a/, 'A'));
    expect(desk.output).not.toContain('nobody catches this');
    expect(desk.output).not.toContain('nobody waits for this');
  });

  test('while it starts says why and exits with 1', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const desk = start({ PORT: String(port) });
    expect(await desk.exited).toBe(1);
    expect(await desk.entry('The service could not start')).toMatchObject({ err: { code: 'EADDRINUSE', port } });
    taken.close();
  });
});

test('with an address to send them to, the spans of a service leave before it does', async () => {
  const received: string[] = [];
  const collector = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push(`${request.url} ${Buffer.concat(parts).toString('latin1')}`);
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = collector.address() as AddressInfo;
  const desk = start({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}/` });
  await fetch(`${await desk.url()}/guests/09012345678?name=typed`);
  await wait(50);
  desk.signal('SIGTERM');
  expect(await desk.exited).toBe(0);
  expect(received.join()).toMatch(/^\/v1\/traces .*GET \/guests\/:phone/s);
  expect(received.join()).not.toMatch(/09012345678|typed/);
  collector.close();
});
