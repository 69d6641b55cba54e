import { invalidBody, type WrongField } from '#platform/service/validation.js';
import type { Origin } from '../class-session/class-session.commands.js';

/** Whoever says when it came may have a clock that is ahead of ours. */
const AHEAD = 60_000;

/** A fax counts for the day on which it came: what comes later than now would count for a day that nobody has seen. */
export function notYetReceived({ receivedAt }: Origin, now: number): WrongField[] {
  const early = receivedAt !== undefined && Date.parse(receivedAt) > now + AHEAD;
  return early ? [{ field: 'receivedAt', rules: ['notInFuture'] }] : [];
}

/** @throws Refusal `invalid-body` */
export function refuseUnreceived(origin: Origin, now: number): void {
  const wrong = notYetReceived(origin, now);
  if (wrong.length > 0) throw invalidBody(wrong);
}
