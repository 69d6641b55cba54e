import { Refusal } from '#kernel/refusal.js';
import { isTransient } from '../log/connection.js';
import { parsePosition, type PositionToken } from './position-token.js';
import type { MovedPosition, SubscriptionPosition } from './positions.js';
import type { Subscription } from './subscription.js';

/** How long a read waits for what it was asked to see, milliseconds. */
export const WAIT = 2_000;
/** How often is looked for what other processes have applied, milliseconds. */
const LOOK = 50;

/**
 * Waits until the subscription has applied everything up to `token`, whichever process does it. Of a stream that is
 * parked meanwhile the position says nothing: it shows as stale.
 * @throws Refusal `not-yet` when the time is up, or at once when the token is of another log; `invalid-position`
 */
export function waitFor(
  subscription: Subscription,
  source: string,
  token: string | PositionToken,
  within: number = WAIT,
): Promise<void> {
  const wanted = typeof token === 'string' ? parsePosition(token) : token;
  const key = `${subscription.name}/${source}`;
  const waits = waiting.get(subscription) ?? new Map<string, Waits>();
  waiting.set(subscription, waits);
  const shared = waits.get(key) ?? new Waits(subscription, source);
  waits.set(key, shared);
  return shared.add(wanted, within);
}

const waiting = new WeakMap<Subscription, Map<string, Waits>>();

interface Waiting {
  readonly token: PositionToken;
  readonly until: number;
  readonly resolve: () => void;
  readonly reject: (thrown: unknown) => void;
}

/** All reads that wait for one source: a hundred of them ask the database no more often than one. */
class Waits {
  private readonly waiting = new Set<Waiting>();
  private looking = false;
  private again = false;
  private timer: NodeJS.Timeout | undefined;
  private forget: (() => void) | undefined;

  constructor(
    private readonly subscription: Subscription,
    private readonly source: string,
  ) {}

  add(token: PositionToken, within: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.add({ token, until: performance.now() + within, resolve, reject });
      this.forget ??= this.subscription.onMoved((source, moved) => {
        if (source === this.source) this.moved(moved);
      });
      this.look();
    });
  }

  /** What this process has just committed need not be asked for; the rest is. */
  private moved(moved: readonly MovedPosition[]): void {
    for (const one of this.waiting) {
      const { logId, positions } = one.token;
      const isThere = positions.every(({ p, seq }) =>
        moved.some((at) => at.p === p && at.logId === logId && at.next > seq),
      );
      if (isThere && this.waiting.delete(one)) one.resolve();
    }
    if (this.waiting.size > 0) this.look();
    else this.rest();
  }

  private rest(): void {
    clearTimeout(this.timer);
    this.forget?.();
    this.forget = undefined;
  }

  private look(): void {
    if (this.looking) {
      this.again = true;
      return;
    }
    this.looking = true;
    this.again = false;
    clearTimeout(this.timer);
    void this.subscription
      .positions(this.source)
      .then((positions) => this.settle(positions))
      .catch((thrown: unknown) => this.giveUp(thrown))
      .finally(() => {
        this.looking = false;
        if (this.waiting.size === 0) this.rest();
        else if (this.again) this.look();
        else this.timer = setTimeout(() => this.look(), this.pause());
      });
  }

  private pause(): number {
    const next = Math.min(...[...this.waiting].map(({ until }) => until)) - performance.now();
    return Math.max(1, Math.min(LOOK, next));
  }

  private settle(positions: readonly SubscriptionPosition[]): void {
    for (const one of this.waiting) {
      const outcome = reached(positions, one.token);
      if (outcome === 'not-yet' && performance.now() < one.until) continue;
      this.waiting.delete(one);
      if (outcome === 'reached') one.resolve();
      else one.reject(outcome === 'not-yet' ? notYet('What was asked for has not arrived here yet.') : outcome);
    }
  }

  /** The database is away: reads would not fare better. */
  private giveUp(thrown: unknown): void {
    const answer = isTransient(thrown) ? new Refusal('unavailable', 'unavailable', 'The database is away.') : thrown;
    for (const { reject } of this.waiting) reject(answer);
    this.waiting.clear();
  }
}

function reached(
  positions: readonly SubscriptionPosition[],
  { logId, positions: wanted }: PositionToken,
): 'reached' | 'not-yet' | Refusal {
  // One partition that has moved is enough to know the log
  if (positions.some((at) => at.logId !== null && at.logId !== logId)) {
    return notYet('What was asked for is of another log than the one that is read here: the store was restored.');
  }
  for (const { p, seq } of wanted) {
    const at = positions.find((one) => one.p === p);
    if (at === undefined && positions.length > 0) {
      return new Refusal('invalid-position', 'invalid', `There is no partition ${p} here.`);
    }
    if (at === undefined || at.next <= seq) return 'not-yet';
  }
  return 'reached';
}

function notYet(message: string): Refusal {
  return new Refusal('not-yet', 'unavailable', `${message} Ask again.`, { retryAfterSeconds: 1 });
}
