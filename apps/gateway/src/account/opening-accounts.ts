import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { plusDays } from '#calendar/civil-time.js';
import { ROLES } from '#contracts/access/roles.js';
import type { CommonSettings } from '#platform/service/settings.js';
import { ACCOUNT_ID } from './account-requests.js';
import { AccountLog } from './account-log.js';
import { Accounts, today, TRAINING_MODULES } from './accounts.js';
import { hashPassword, LONGEST_PASSWORD, SHORTEST_PASSWORD } from './password.js';

const credentials = z.object({
  accountId: z.string().regex(new RegExp(ACCOUNT_ID.pattern)),
  password: z.string().min(SHORTEST_PASSWORD).max(LONGEST_PASSWORD),
});
const demoAccounts = z.array(credentials.extend({ role: z.enum(ROLES) })).max(100);

export interface OpeningAccountFiles {
  /** JSON `{accountId, password}`: the first account, if there is none yet. */
  readonly firstAdministratorFile?: string | undefined;
  /** JSON `[{accountId, role, password}]`, trained and designated; on a demo desk only. */
  readonly demoAccountsFile?: string | undefined;
}

/** The accounts a desk opens with. Said in the account log like any other; run again, it changes nothing. */
export async function openAccounts(
  files: OpeningAccountFiles,
  mark: CommonSettings['mark'],
  accounts: Accounts,
  log: AccountLog,
): Promise<void> {
  if (files.demoAccountsFile !== undefined) {
    if (mark !== 'demo') throw new Error('DEMO_ACCOUNTS_FILE is set on a desk that is no demonstration.');
    for (const account of demoAccounts.parse(readJson(files.demoAccountsFile))) {
      await openOne(account, [account.role]);
      // Also on a desk that has stood for a year
      if ((await accounts.callerOf(account.accountId))?.handler === false) await makeHandler(account.accountId);
    }
  }
  if (files.firstAdministratorFile !== undefined && !(await accounts.areThere())) {
    await openOne(credentials.parse(readJson(files.firstAdministratorFile)), ['administrator']);
  }

  async function openOne(
    { accountId, password }: z.infer<typeof credentials>,
    roles: readonly (typeof ROLES)[number][],
  ): Promise<void> {
    if (await accounts.isThere(accountId)) return;
    await accounts.add(accountId, roles, await hashPassword(password));
    await log.note({ action: 'account', purpose: 'opened', outcome: 'done', subjectId: accountId });
  }

  async function makeHandler(accountId: string): Promise<void> {
    const [from, until] = [today(), plusDays(today(), 365)];
    for (const module of TRAINING_MODULES) {
      await accounts.train(accountId, { module, completedOn: from, validUntil: until }, 'demo');
    }
    await accounts.designate(accountId, { from, until }, 'demo');
  }
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
