import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { openInquiriesDesk, type InquiriesDesk } from './inquiries-desk.js';
import { termPlanned } from './reception-term.js';
import { until } from './until.js';

let desk: InquiriesDesk;
let other: pg.Client;
beforeAll(async () => {
  desk = await openInquiriesDesk();
  await desk.tell(...termPlanned());
  other = new pg.Client({ connectionString: desk.databaseUrl });
  await other.connect();
});
afterAll(async () => {
  await other?.end();
  await desk?.close();
});

const ready = async () => {
  const answer = await fetch(`${desk.url}/health/ready`);
  return { status: answer.status, text: await answer.text() };
};

test('the service is not ready while somebody waits for a list that is behind, and says which', async () => {
  await until(async () => (await ready()).status === 200);
  // Somebody holds on to the place up to which the calls were counted
  await other.query('begin');
  await other.query(`select from position where subscription = 'calls' for update`);
  const { callId } = (await desk.ask('POST', '/calls', {})).body;
  // A minute ago, as far as the log knows
  await desk.query('set session_replication_role = replica');
  await desk.query(`update events set at = at - interval '1 minute' where stream = $1`, [`call-${callId}`]);
  const late = await until(async () => {
    const answer = await ready();
    return answer.status === 503 && answer;
  });
  expect(late.text).toContain('calls: inquiries is not applied in time');
  await other.query('rollback');
  await until(async () => (await ready()).status === 200);
});

test('the service is not ready when a list has read another log than its own, and says so', async () => {
  await desk.query(`update position set log_id = gen_random_uuid() where subscription = 'cases'`);
  await desk.ask('POST', '/calls', {});
  const stopped = await until(async () => {
    const answer = await ready();
    return answer.status === 503 && answer;
  });
  expect(stopped.text).toContain('cases: another-log');
});
