import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Role } from '#contracts/access/roles.js';
import type { Caller } from '#platform/service/caller.js';
import { IS_HANDLER, today } from '../account/accounts.js';
import { GatewayDatabase } from '../account/gateway-database.js';

/** A shift; then everybody signs in again. */
const ENDS_AFTER = '12 hours';
/** Nothing asked for in this time: the chair is empty. */
const IDLE = '60 minutes';
/** Not at every request: one row would be written a thousand times a minute. */
const SEEN_EVERY = '1 minute';

/** Opaque, 256 bits; what the database holds of it opens nothing. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Who is signed in, on the side of the server: signing out, a new role or a disabled account ends it at once. */
@Injectable()
export class SignIns {
  constructor(@Inject(GatewayDatabase) private readonly database: GatewayDatabase) {}

  /** @returns the id for the cookie; the one of before ends, so that nobody can be given an id beforehand */
  async begin(accountId: string, before: string | undefined): Promise<string> {
    const id = newToken();
    await this.database.rows(
      `with gone as (delete from sign_ins where sign_in_hash = $3 or ends_at < now())
       insert into sign_ins (sign_in_hash, account_id, ends_at) values ($1, $2, now() + interval '${ENDS_AFTER}')`,
      [tokenHash(id), accountId, before === undefined ? null : tokenHash(before)],
    );
    return id;
  }

  /** @param touching false for a look that is no work of a person, such as an open screen */
  async callerOf(id: string, touching = true): Promise<Caller | undefined> {
    const [row] = await this.database.rows<{ accountId: string; roles: Role[]; handler: boolean; stale: boolean }>(
      `select a.account_id as "accountId", a.roles, ${IS_HANDLER} as handler,
         s.seen_at < now() - interval '${SEEN_EVERY}' as stale
       from sign_ins s join accounts a using (account_id)
       where s.sign_in_hash = $2 and s.ends_at > now() and s.seen_at > now() - interval '${IDLE}'
         and a.disabled_at is null`,
      [today(), tokenHash(id)],
    );
    if (row === undefined) return undefined;
    const { stale, ...caller } = row;
    if (stale && touching) {
      await this.database.rows(`update sign_ins set seen_at = now() where sign_in_hash = $1`, [tokenHash(id)]);
    }
    return caller;
  }

  async end(id: string): Promise<void> {
    await this.database.rows(`delete from sign_ins where sign_in_hash = $1`, [tokenHash(id)]);
  }
}
