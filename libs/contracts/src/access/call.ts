import type { Metadata } from '#kernel/envelope.js';
import type { Role } from './roles.js';

/** Who asks, as the gateway vouches for it. */
export interface Caller {
  readonly accountId: string;
  readonly roles: readonly Role[];
  /** Trained and designated today: may handle personal data (P03, P04). */
  readonly handler: boolean;
}

/** A request that wants something done: who asks, under which key, and what set it in motion. */
export interface Call {
  readonly caller: Caller;
  readonly commandId: string;
  readonly metadata: Metadata;
  /** What the caller's key stands for: the same key with another body is refused. */
  readonly body: unknown;
  /** The gateway's word for the caller, to be passed on when another service is asked in the caller's name. */
  readonly callerToken?: string;
}

/** A command that no person sent: a reaction, a sweep. Sent again under its command id, it is done once. */
export function unattendedCall(accountId: string, commandId: string): Call {
  return { caller: { accountId, roles: [], handler: false }, commandId, metadata: {}, body: null };
}
