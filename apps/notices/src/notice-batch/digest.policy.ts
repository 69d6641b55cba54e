import { createHmac, randomBytes } from 'node:crypto';

/** Everything that a digest binds: another recipient, plan, template or text is another digest. (R028, §4.2) */
export interface Bound {
  readonly noticeId: string;
  readonly personId: string;
  readonly personVersion: number;
  readonly sessionId: string;
  /** Of the session's stream: which plan the text was made from. */
  readonly sessionVersion: number;
  readonly templateVersion: number;
  /** All that stands on both sides but the serial. */
  readonly text: unknown;
}

/** A key of its own for each card, so that the digest means nothing once the key is gone. (design §6) */
export function newDigestKey(): Uint8Array {
  return randomBytes(32);
}

/** 64 hexadecimal digits. A plain hash over a name could be found by trying names. */
export function digestOf(key: Uint8Array, bound: Bound): string {
  const { noticeId, personId, personVersion, sessionId, sessionVersion, templateVersion, text } = bound;
  const said = [noticeId, personId, personVersion, sessionId, sessionVersion, templateVersion, text];
  return createHmac('sha256', key).update(JSON.stringify(said)).digest('hex');
}
