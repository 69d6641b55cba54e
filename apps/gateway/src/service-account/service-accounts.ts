import { Inject, Injectable } from '@nestjs/common';
import type { Role } from '#contracts/access/roles.js';
import type { Caller } from '#platform/service/caller.js';
import { accountExists, noSuchAccount } from '../account/accounts.js';
import { GatewayDatabase } from '../account/gateway-database.js';
import { newToken, tokenHash } from '../sign-in/sign-ins.js';

/** So that a scanner of leaked secrets knows what it has found. */
const PREFIX = 'uketsuke_';

/** Programs that call the desk: one role, a token that ends, never personal data. */
@Injectable()
export class ServiceAccounts {
  constructor(@Inject(GatewayDatabase) private readonly database: GatewayDatabase) {}

  /** @returns the token, which is not kept @throws Refusal `account-exists` */
  async add(accountId: string, role: Role, endsAt: Date): Promise<string> {
    const token = PREFIX + newToken();
    const added = await this.database.rows(
      `insert into accounts (account_id, roles, token_hash, token_ends_at) values ($1, $2, $3, $4)
       on conflict do nothing returning account_id`,
      [accountId, [role], tokenHash(token), endsAt],
    );
    if (added.length === 0) throw accountExists();
    return token;
  }

  /** The name stays taken: the account log speaks of it. @throws Refusal `not-found` */
  async end(accountId: string): Promise<void> {
    const ended = await this.database.rows(
      `update accounts set disabled_at = coalesce(disabled_at, now())
       where account_id = $1 and token_hash is not null returning account_id`,
      [accountId],
    );
    if (ended.length === 0) throw noSuchAccount();
  }

  async callerOf(token: string): Promise<Caller | undefined> {
    const [row] = await this.database.rows<{ accountId: string; roles: Role[] }>(
      `select account_id as "accountId", roles from accounts
       where token_hash = $1 and token_ends_at > now() and disabled_at is null`,
      [tokenHash(token)],
    );
    // No training and no designation can be recorded for a program.
    return row && { ...row, handler: false };
  }
}
