import { createHmac, hkdfSync } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '#kernel/refusal.js';
import { KeyDirectory } from '#vault/key-directory.js';
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

/** A try that is not looked at. */
export interface Locked {
  readonly what: 'account' | 'address';
  /** The first since it was locked: one is noted, a thousand more would only fill the log. */
  readonly isFirst: boolean;
  readonly refusal: Refusal;
}

/** Holds guessing down, per account and loosely per address; kept in PostgreSQL, so that a restart forgives nothing. */
@Injectable()
export class Attempts {
  private readonly accounts: RateLimiterPostgres;
  private readonly addresses: RateLimiterPostgres;
  private readonly key: Uint8Array;

  constructor(@Inject(GatewayDatabase) { pool }: GatewayDatabase, @Inject(KeyDirectory) keys: KeyDirectory) {
    this.key = new Uint8Array(hkdfSync('sha256', keys.keyOf('access-log'), '', 'uketsuke sign-in attempts', 32));
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
   * same for an account that does not exist. The address comes first: one that is locked locks no account.
   */
  async begin(accountId: string, address: string): Promise<Locked | undefined> {
    const ofAddress = await count(this.addresses, address);
    if (ofAddress.isBeyond) return lockedBy('address', ofAddress);
    const ofAccount = await count(this.accounts, this.keyOf(accountId));
    if (ofAccount.isBeyond) return lockedBy('account', ofAccount);
    const beyond = ofAccount.points - FREE_TRIES;
    if (beyond > 0) await wait(Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** beyond));
    return undefined;
  }

  /** Takes the try back from the address, too: a whole office signs in from one in the morning. */
  async succeeded(accountId: string, address: string): Promise<void> {
    await Promise.all([this.accounts.delete(this.keyOf(accountId)), this.addresses.reward(address)]);
  }

  /**
   * People type passwords into the wrong field: what was typed is not kept, nor a hash that could be guessed at without
   * the key.
   */
  private keyOf(accountId: string): string {
    return createHmac('sha256', this.key).update(accountId).digest('base64url');
  }
}

interface Counted {
  readonly points: number;
  readonly isBeyond: boolean;
  readonly ms: number;
  readonly isFirstBeyond: boolean;
}

async function count(limiter: RateLimiterPostgres, key: string): Promise<Counted> {
  const counted = await limiter.consume(key).catch((error: unknown) => {
    if (error instanceof RateLimiterRes) return error;
    throw error;
  });
  const { consumedPoints: points, msBeforeNext: ms } = counted;
  return { points, ms, isBeyond: points > limiter.points, isFirstBeyond: points === limiter.points + 1 };
}

function lockedBy(what: Locked['what'], { isFirstBeyond, ms }: Counted): Locked {
  return { what, isFirst: isFirstBeyond, refusal: tooMany(ms) };
}

export function tooMany(ms: number): Refusal {
  const retryAfterSeconds = Math.max(1, Math.ceil(ms / 1_000));
  return new Refusal('too-many', 'too-many', 'Too many tries: wait, then try again.', { retryAfterSeconds });
}
