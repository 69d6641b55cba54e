import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Counter } from 'prom-client';
import type { RunningService } from './bootstrap.js';
import { Metrics } from './metrics.http.js';
import { post, startRehearsal } from './rehearsal-desk.js';

let desk: RunningService;
let other: RunningService;
beforeAll(async () => {
  desk = await startRehearsal();
  other = await startRehearsal({ name: 'other' });
});
afterAll(() => Promise.all([desk.stop(), other.stop()]));

async function metrics(service = desk): Promise<string> {
  const response = await fetch(`${service.url}/metrics`);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  return response.text();
}
const counted = (method: string, route: string, status: number) =>
  `http_request_duration_seconds_count{service="rehearsal",method="${method}",route="${route}",status="${status}"}`;

describe('the numbers of a service', () => {
  test('count requests by the pattern of their route, and never by their address', async () => {
    await fetch(`${desk.url}/guests/09012345678?name=typed`);
    await fetch(`${desk.url}/guests/09087654321`);
    await post(`${desk.url}/defects`, {});
    await fetch(`${desk.url}/no/such/place`);
    const text = await metrics();
    expect(text).toContain(`${counted('GET', '/guests/:phone', 200)} 2\n`);
    expect(text).toContain(`${counted('POST', '/defects', 500)} 1\n`);
    expect(text).toContain(`${counted('GET', 'unmatched', 404)} 1\n`);
    expect(text).not.toMatch(/09012345678|09087654321|typed|no.such/);
  });

  test('tell how the process is', async () => {
    expect(await metrics()).toMatch(/^nodejs_eventloop_lag_seconds\{service="rehearsal"\} /m);
  });

  test('count a live feed while it is open, and do not take its length for slowness', async () => {
    const response = await fetch(`${desk.url}/feed`);
    expect(await metrics()).toContain('http_open_streams{service="rehearsal"} 1\n');
    await response.body?.cancel();
    while (!(await metrics()).includes('http_open_streams{service="rehearsal"} 0\n'));
    expect(await metrics()).not.toContain('route="/feed"');
  });

  test('are those of one app, with what its parts add', async () => {
    const { registry } = desk.app.get(Metrics);
    new Counter({ name: 'holds_expired_total', help: 'Holds nobody confirmed.', registers: [registry] }).inc();
    expect(await metrics()).toContain('holds_expired_total{service="rehearsal"} 1\n');
    expect(await metrics(other)).not.toMatch(/holds_expired_total|\/guests/);
  });
});
