import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '#platform/rehearsal/rehearsal-consumer.js';
import { ReportDesk } from './report-desk.js';
import * as told from './told.js';

let desk: ReportDesk;
beforeAll(async () => {
  desk = await ReportDesk.open();
  await desk.tell(...told.ground());
});
afterAll(() => desk.close());

const ready = async () => {
  const answer = await fetch(`${desk.service.url}/health/ready`);
  return { status: answer.status, text: await answer.text() };
};

test('numbers that lag behind what has happened are told by readiness and metrics, and by nothing else once they are there', async () => {
  expect((await ready()).status).toBe(200);
  const release = await desk.holdLedger();
  try {
    await desk.tellUnheard(told.scheduled('0702 10:00', 'A'));
    // As if somebody had waited for it for a minute
    await desk.ageEvents('reservations', '1 minute');
    await until(async () => (await ready()).status === 503, 'not ready');
    expect((await ready()).text).toContain('ledger: reservations is not applied in time');
    const metrics = await (await fetch(`${desk.service.url}/metrics`)).text();
    expect(metrics).toMatch(/subscription_behind_events\{[^}]*source="reservations"[^}]*\} 1/);
  } finally {
    await release();
  }
  await until(async () => (await ready()).status === 200, 'ready again');
});
