import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '#platform/rehearsal/rehearsal-consumer.js';
import { plusDays } from '#calendar/civil-time.js';
import { cookieIn, startRehearsalGateway, type RehearsalGateway } from '../rehearsal-gateway.js';
import { today } from './accounts.js';

let gateway: RehearsalGateway;
let administrator: string;
beforeAll(async () => {
  gateway = await startRehearsalGateway();
  administrator = await gateway.signIn('administrator');
});
afterAll(() => gateway?.stop());
/** Only the first one is left. */
afterEach(() => gateway.rows(`update accounts set disabled_at = now() where account_id like 'second%'`));

const password = 'a sentence that is long enough';
const outcomeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { slug?: string }).slug];
const ask = (route: string, body?: unknown, as = administrator) => gateway.ask(route, { as, body });
const LAST = [409, 'last-administrator'];
async function second(accountId: string): Promise<string> {
  await ask('POST /api/accounts', { accountId, password, roles: ['administrator'] });
  return cookieIn(await gateway.ask('POST /api/sign-in', { body: { accountId, password } }));
}

describe('the last administrator', () => {
  test('is not disabled and keeps the role, and stays signed in', async () => {
    expect(await outcomeOf(await ask('POST /api/accounts/administrator/disable'))).toEqual(LAST);
    const roles = ['manager', 'city'];
    expect(await outcomeOf(await ask('PUT /api/accounts/administrator/roles', { roles }))).toEqual(LAST);
    expect((await ask('GET /api/me')).status).toBe(200);
  });

  test('is the last one also beside one that is disabled, and beside a program', async () => {
    await second('second-1');
    expect((await ask('POST /api/accounts/second-1/disable')).status).toBe(204);
    const program = { accountId: 'program', role: 'administrator', validUntil: plusDays(today(), 30) };
    expect((await ask('POST /api/service-accounts', program)).status).toBe(201);
    expect(await outcomeOf(await ask('POST /api/accounts/administrator/disable'))).toEqual(LAST);
  });

  test('does not hold up a change of somebody else', async () => {
    expect((await ask('POST /api/accounts/auditor/disable')).status).toBe(204);
    expect((await ask('PUT /api/accounts/city/roles', { roles: ['city', 'auditor'] })).status).toBe(204);
    expect((await ask('POST /api/accounts/nobody/disable')).status).toBe(404);
  });

  test('is left over when two take the right from each other at the same moment', async () => {
    const other = await second('second-2');
    const client = new pg.Client({ connectionString: gateway.databaseUrl });
    await client.connect();
    try {
      // Both have looked who is there before either has changed anything
      await client.query(`begin; select from accounts for update`);
      const asked = [
        ask('POST /api/accounts/second-2/disable'),
        ask('PUT /api/accounts/administrator/roles', { roles: ['operator'] }, other),
      ];
      const waiting = `select count(*)::int as n from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      await until(async () => (await gateway.rows(waiting))[0]!['n'] === 2);
      await client.query('commit');
      const statuses = (await Promise.all(asked)).map(({ status }) => status);
      expect(statuses.toSorted()).toEqual([204, 409]);
    } finally {
      await client.end();
    }
    const left = `select from accounts where 'administrator' = any(roles) and disabled_at is null and token_hash is null`;
    expect(await gateway.rows(left)).toHaveLength(1);
    await gateway.rows(`update accounts set roles = '{administrator}', disabled_at = null
      where account_id = 'administrator'`);
    administrator = await gateway.signIn('administrator');
  });
});

test('with a second administrator the first may go', async () => {
  const other = await second('second-3');
  expect((await ask('POST /api/accounts/administrator/disable', undefined, other)).status).toBe(204);
});
