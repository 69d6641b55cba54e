import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { subjectOf } from '../account/account-log.js';
import { passwordOf, startRehearsalGateway, type RehearsalGateway } from '../rehearsal-gateway.js';

let gateway: RehearsalGateway;
beforeAll(async () => {
  gateway = await startRehearsalGateway();
});
afterAll(() => gateway?.stop());
beforeEach(() => gateway.rows('delete from sign_in_attempts'));

const ADDRESSES = `key like 'address:%'`;
const tryOf = async (accountId: string, password: string) =>
  (await gateway.ask('POST /api/sign-in', { body: { accountId, password } })).status;
const wrong = 'not my password';
/** What an address has tried; the first try makes the row. */
async function addressHasTried(points: number): Promise<void> {
  await tryOf('nobody', wrong);
  await gateway.rows(`delete from sign_in_attempts where not ${ADDRESSES}`);
  await gateway.rows('update sign_in_attempts set points = $1', [points]);
}
const lockedEntries = () =>
  gateway.rows(`select account_id, action, purpose, subjects from access_log where outcome = 'locked' order by n`);

describe('an address that has tried too often', () => {
  test('locks no account any more, and leaves no trace of what it tries', async () => {
    await addressHasTried(200);
    for (let i = 0; i < 12; i += 1) expect(await tryOf('manager', wrong)).toBe(429);
    expect(await tryOf('no-such-account', wrong)).toBe(429);
    expect(await gateway.rows(`select key from sign_in_attempts where not ${ADDRESSES}`)).toEqual([]);
    await gateway.rows('delete from sign_in_attempts');
    expect(await tryOf('manager', passwordOf('manager'))).toBe(200);
  });

  test('is noted once, with the account that it tried then', async () => {
    const before = await lockedEntries();
    await addressHasTried(200);
    for (const accountId of ['city', 'manager', 'my secret typed here']) await tryOf(accountId, wrong);
    expect((await lockedEntries()).slice(before.length)).toEqual([
      { account_id: '-', action: 'sign-in', purpose: 'address-locked', subjects: [subjectOf('city')] },
    ]);
  });
});

test('an office may sign in from one address as often as it likes', async () => {
  await addressHasTried(199);
  for (let i = 0; i < 3; i += 1) expect(await tryOf('operator', passwordOf('operator'))).toBe(200);
  expect(await gateway.rows(`select points from sign_in_attempts`)).toEqual([{ points: 199 }]);
  expect(await tryOf('operator', wrong)).toBe(401);
  expect(await tryOf('operator', passwordOf('operator'))).toBe(429);
});

test('an account that is locked is noted once, and nothing of one that does not exist', async () => {
  const before = await lockedEntries();
  for (const accountId of ['manager', 'my secret typed here']) {
    await Promise.all(Array.from({ length: 13 }, () => tryOf(accountId, wrong)));
  }
  const entry = { account_id: '-', action: 'sign-in', purpose: 'account-locked' };
  expect((await lockedEntries()).slice(before.length)).toEqual([
    { ...entry, subjects: [subjectOf('manager')] },
    { ...entry, subjects: [] },
  ]);
});

test('a password that was typed as the account cannot be guessed at from the table of tries', async () => {
  await tryOf('my secret typed here', wrong);
  const kept = JSON.stringify(await gateway.rows('select * from sign_in_attempts'));
  for (const encoding of ['base64url', 'base64', 'hex'] as const) {
    expect(kept).not.toContain(createHash('sha256').update('my secret typed here').digest(encoding));
  }
  expect(kept).toMatch(/"account:[\w-]{43}"/);
});
