import { existsSync, readFileSync } from 'node:fs';
import { ROLES, type Role } from '#contracts/access/roles.js';
import { ServerProblem } from '#servers/server-problem.js';
import type { DeskDirectory } from './desk-directory.js';
import { newPassword } from './desk-keys.js';
import type { Mark } from './desk-mark.js';

export interface DemoAccount {
  readonly accountId: string;
  readonly role: Role;
  readonly password: string;
}

export interface OpeningAccounts {
  readonly environment: Record<string, string>;
  readonly demo: readonly DemoAccount[];
  /** What the person at the keyboard should know. */
  readonly told: readonly string[];
}

/** One account a role on a demo desk, an administrator on any other; the files are read by the gateway. */
export function openingAccounts(directory: DeskDirectory, mark: Mark, isNew: boolean): OpeningAccounts {
  const demoFile = directory.path('demo-accounts.json');
  if (mark === 'demo') {
    const text = directory.kept(demoFile, () => json(ROLES.map(demoAccount)));
    return {
      environment: { DEMO_ACCOUNTS_FILE: demoFile },
      demo: JSON.parse(text) as DemoAccount[],
      told: [`Accounts of the demonstration and their passwords: ${demoFile}`],
    };
  }
  const file = directory.path('first-administrator.json');
  if (isNew) directory.kept(file, () => json({ accountId: 'administrator', password: newPassword() }));
  if (!existsSync(file)) return { environment: {}, demo: [], told: [] };
  const { accountId } = JSON.parse(readFileSync(file, 'utf8')) as { accountId: string };
  return {
    environment: { FIRST_ADMINISTRATOR_FILE: file },
    demo: [],
    told: [`The first administrator is "${accountId}"; the password is in ${file}: note it and delete the file.`],
  };
}

function demoAccount(role: Role): DemoAccount {
  const accountId = `demo-${role.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return { accountId, role, password: newPassword() };
}

function json(content: unknown): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** Of somebody's desk. @throws ServerProblem when the file is no list of accounts */
export function accountsIn(file: string): DemoAccount[] {
  try {
    const accounts = JSON.parse(readFileSync(file, 'utf8')) as DemoAccount[];
    const isAccount = (one: DemoAccount) => [one.accountId, one.password, one.role].every((word) => typeof word === 'string'); // prettier-ignore
    if (accounts.every(isAccount)) return accounts;
  } catch {
    // Said below; never what stands in the file: it may hold passwords
  }
  throw new ServerProblem(`There are no accounts in ${file}: give --accounts with a file as demo-accounts.json is.`);
}
