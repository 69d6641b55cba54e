import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { testDatabase, type TestDatabase } from '#servers/test-database.js';
import { ServiceLog } from '#platform/service/logging.js';
import { Lifecycle } from '#platform/service/lifecycle.js';
import { Readiness } from '#platform/service/health.http.js';
import { AccessLog } from '#vault/access-log.js';
import { KeyDirectory } from '#vault/key-directory.js';
import { AccountLog } from './account-log.js';
import { Accounts } from './accounts.js';
import { GatewayDatabase } from './gateway-database.js';
import { openAccounts, type OpeningAccountFiles } from './opening-accounts.js';

let scratch: string;
let database: TestDatabase;
let lifecycle: Lifecycle;
let accounts: Accounts;
let log: AccountLog;
beforeEach(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'uketsuke-opening-'));
  database = await testDatabase();
  lifecycle = new Lifecycle(new ServiceLog({ service: 'gateway', destination: { write: () => undefined } }));
  const tables = await GatewayDatabase.open(database.url, lifecycle, new Readiness(lifecycle));
  const key = (await KeyDirectory.open(join(scratch, 'keys'))).keyOf('access-log');
  const chain = await AccessLog.open({ pool: tables.pool, key, headFile: join(scratch, 'head.json') });
  lifecycle.onStop('lanes', () => chain.close());
  accounts = new Accounts(tables);
  log = new AccountLog(chain);
});
afterEach(async () => {
  await lifecycle.stop();
  await database.drop();
  rmSync(scratch, { recursive: true });
});

const password = 'a sentence that is long enough';
function file(content: unknown): string {
  const path = join(scratch, 'accounts.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
}
const open = (files: OpeningAccountFiles, mark: 'production' | 'training' | 'demo' = 'production') =>
  openAccounts(files, mark, accounts, log);
const names = async () => (await accounts.page(10, '')).map(({ accountId, roles }) => [accountId, ...roles]);

describe('a desk that opens', () => {
  test('has an administrator where it had no account, and keeps the ones it has', async () => {
    await open({ firstAdministratorFile: file({ accountId: 'first', password }) });
    await open({ firstAdministratorFile: file({ accountId: 'second', password }) });
    expect(await names()).toEqual([['first', 'administrator']]);
  });

  test('has demo accounts, trained and designated, on a demonstration only, and once', async () => {
    const demoAccountsFile = file([{ accountId: 'demo-operator', role: 'operator', password }]);
    await expect(open({ demoAccountsFile })).rejects.toThrow('no demonstration');
    await expect(open({ demoAccountsFile }, 'training')).rejects.toThrow('no demonstration');
    expect(await names()).toEqual([]);
    await open({ demoAccountsFile }, 'demo');
    await open({ demoAccountsFile }, 'demo');
    expect(await names()).toEqual([['demo-operator', 'operator']]);
    const account = (await accounts.page(1, ''))[0]!;
    expect([account.handler, account.trainings.length, account.designations.length]).toEqual([true, 4, 1]);
  });

  test('has no account with a password that is too short', async () => {
    const firstAdministratorFile = file({ accountId: 'first', password: 'short' });
    await expect(open({ firstAdministratorFile })).rejects.toThrow('password');
    expect(await names()).toEqual([]);
  });
});
