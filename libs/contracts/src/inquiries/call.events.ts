import * as z from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { code, id, instant, revision } from '../event-fields.js';

const seconds = z.int().min(0).max(86_400);

const of = {
  callId: id,
  /** +1 with every event of the call: whoever has seen a higher one ignores this. */
  callRevision: revision,
};

const arrival = {
  /** Who told it first: the operator's screen, the telephone system's queue_log, or a list. */
  source: z.enum(['screen', 'queueLog', 'csv']),
  /** Only `telephone` counts as 入電. (§8.11) */
  channel: z.enum(['telephone', 'relay', 'fax', 'proxyCall', 'city']),
  /** When it reached the queue; of a paper form the time that stands on it. Slot, weekday and opening day follow from it. */
  receivedAt: instant,
  termId: z.exactOptional(id),
  queue: z.exactOptional(z.string().regex(/^[\w.-]{1,60}$/)),
  /** Reached the queue outside the reception hours. One queued before closing time is in hours to its end. (§8.18) */
  outOfHours: z.exactOptional(z.literal(true)),
  /** Keyed in later, from a paper form of an outage. (§8.17) */
  fromPaper: z.exactOptional(z.literal(true)),
};

/** When a call came in: offered (入電) if by telephone and in hours. (requirements §5.1) */
export const CallReceived = defineEvent('CallReceived', z.strictObject({ ...of, ...arrival }));
export type CallReceived = EventOf<typeof CallReceived>;

const answer = {
  answeredAt: instant,
  /** Absent where nobody measured it: a screen does not know how long the caller had waited. */
  waitSeconds: z.exactOptional(seconds),
  /** Stands for an account, or for an extension of the telephone system; equal for the same one. */
  answeredBy: z.exactOptional(id),
};

/** When an operator took it; once for a call, whoever it was passed on to. */
export const CallAnswered = defineEvent('CallAnswered', z.strictObject({ ...of, ...answer }));
export type CallAnswered = EventOf<typeof CallAnswered>;

const abandonment = {
  abandonedAt: instant,
  /** Absent where the clock of the telephone system jumped meanwhile. */
  waitSeconds: z.exactOptional(seconds),
  /** In less than 5 seconds (shortAbandon). */
  short: z.exactOptional(z.literal(true)),
  /** `hungUp` by the caller; `timeout`, `key`, `empty`: the queue let go of it, before anybody answered. */
  cause: z.enum(['hungUp', 'timeout', 'key', 'empty']),
};

/** When a call ended before an operator took it (放棄呼). Nothing follows but a restatement. */
export const CallAbandoned = defineEvent('CallAbandoned', z.strictObject({ ...of, ...abandonment }));
export type CallAbandoned = EventOf<typeof CallAbandoned>;

const ending = {
  /** The end of the after-call work where the screen told it, else the end of the talk. */
  closedAt: instant,
  /** 通話, without hold. */
  talkSeconds: z.exactOptional(seconds),
  /** 保留. */
  holdSeconds: z.exactOptional(seconds),
  /** 後処理: only a screen knows it. */
  afterCallWorkSeconds: z.exactOptional(seconds),
  /** How often it was passed on. It stays one call. */
  transfers: z.int().min(0).max(99),
  /** 用件, 分類, 結果: absent where only the telephone system told of the call. (R036) */
  purpose: z.exactOptional(z.enum(['application', 'change', 'cancellation', 'inquiry', 'complaint', 'other'])),
  category: z.exactOptional(code),
  /** Resolved at once (一次解決) is every one but `callback` and `escalated`. */
  outcome: z.exactOptional(
    z.enum(['booked', 'changed', 'cancelled', 'answered', 'nothingSuited', 'callback', 'escalated', 'complaint', 'wrongNumber', 'cutOff', 'other']), // prettier-ignore
  ),
};

/** When an answered call was over. */
export const CallClosed = defineEvent('CallClosed', z.strictObject({ ...of, ...ending }));
export type CallClosed = EventOf<typeof CallClosed>;

/** All that can be known of a call. */
export const callFields = {
  ...arrival,
  answer: z.exactOptional(z.strictObject(answer)),
  abandonment: z.exactOptional(z.strictObject(abandonment)),
  ending: z.exactOptional(z.strictObject(ending)),
};

/**
 * When more was learnt of a known call: the queue_log tells of one that a screen took down, a list gives a category later.
 * What stands here is the whole account and replaces all that was said before; a part that is absent did not happen.
 */
export const CallRestated = defineEvent('CallRestated', z.strictObject({ ...of, ...callFields }));
export type CallRestated = EventOf<typeof CallRestated>;

/** When a call no longer counts: opened by mistake, or one and the same as another, which has all its figures. */
export const CallStruck = defineEvent(
  'CallStruck',
  z.strictObject({ ...of, cause: z.enum(['mistaken', 'sameAs']), sameAs: z.exactOptional(id) }),
);
export type CallStruck = EventOf<typeof CallStruck>;
