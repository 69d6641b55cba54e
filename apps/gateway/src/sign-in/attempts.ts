import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '#kernel/refusal.js';
import { GatewayDatabase } from '../account/gateway-database.js';

/** Tries of one account before it is locked, for as long as they are remembered; it opens by itself (design §7). */
const TRIES = 10;
/** Of one address: a whole office may share it. */
const ADDRESS_TRIES = 200;
const REMEMBERED_SECONDS = 600;
/** From the fourth wrong try on, each waits twice as long as the one before. */
const FREE_TRIES = 3;
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 2_000;

/** Holds guessing down, per account and loosely per address; kept in PostgreSQL, so that a restart forgives nothing. */
@Injectable()
export class Attempts {
  private readonly accounts: RateLimiterPostgres;
  private readonly addresses: RateLimiterPostgres;

  constructor(@Inject(GatewayDatabase) { pool }: GatewayDatabase) {
    const options = {
      storeClient: pool,
      storeType: 'pool',
      tableName: 'sign_in_attempts',
      tableCreated: true,
      duration: REMEMBERED_SECONDS,
    };
    this.accounts = new RateLimiterPostgres({ ...options, keyPrefix: 'account', points: TRIES });
    this.addresses = new RateLimiterPostgres({ ...options, keyPrefix: 'address', points: ADDRESS_TRIES });
  }

  /**
   * Counted before the password is looked at, so that guesses sent at once count too; waits where many have failed. The
   * same for an account that does not exist.
   * @throws Refusal `too-many` 429 with `retryAfterSeconds`
   */
  async begin(accountId: string, address: string): Promise<void> {
    const { consumedPoints } = await this.count(this.accounts, keyOf(accountId));
    await this.count(this.addresses, address);
    const beyond = consumedPoints - FREE_TRIES;
    if (beyond > 0) await wait(Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** beyond));
  }

  async succeeded(accountId: string): Promise<void> {
    await this.accounts.delete(keyOf(accountId));
  }

  private async count(limiter: RateLimiterPostgres, key: string): Promise<RateLimiterRes> {
    try {
      return await limiter.consume(key);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      throw tooMany(error.msBeforeNext);
    }
  }
}

export function tooMany(ms: number): Refusal {
  const retryAfterSeconds = Math.max(1, Math.ceil(ms / 1_000));
  return new Refusal('too-many', 'too-many', 'Too many tries: wait, then try again.', { retryAfterSeconds });
}

/** People type passwords into the wrong field: what was typed is not kept. */
function keyOf(accountId: string): string {
  return createHash('sha256').update(accountId).digest('base64url');
}
