import { createHmac, type KeyObject } from 'node:crypto';
import { idFrom } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';

/** The namespace of command ids; any other would do, but it must never change. */
const COMMANDS = 'b8a5f7a4-5f0e-4d6c-9d53-5d2b6d0a7c11';
const KEY = /^[\x20-\x7e]{1,200}$/;

/** Who asks for what under which key. */
export interface CallerKey {
  readonly account: string;
  readonly method: string;
  /** The route with its parameters filled in: the same key on another reservation is another command. */
  readonly route: string;
  /** The `Idempotency-Key` header, if there was one. */
  readonly key: string | undefined;
}

/**
 * The id of a command (design §3 "Commands"): the same caller, call and key give the same id, so a repetition is told.
 * @throws Refusal `idempotency-key-missing` 400; `invalid-body` 400 for a key that is not 1-200 printable ASCII characters
 */
export function commandIdOf({ account, method, route, key }: CallerKey): string {
  if (key === undefined || key === '') {
    throw new Refusal('idempotency-key-missing', 'invalid', 'Send an Idempotency-Key header: one fresh key a request.');
  }
  if (!KEY.test(key)) {
    throw new Refusal('invalid-body', 'invalid', 'An Idempotency-Key is 1 to 200 printable ASCII characters.', {
      fields: [{ field: 'Idempotency-Key', problem: 'is not 1 to 200 printable ASCII characters' }],
    });
  }
  return idFrom(COMMANDS, account, method.toUpperCase(), route, key);
}

/** A `KeyObject` is made ready once, bytes at every hash. */
export type HashKey = KeyObject | Uint8Array;

/**
 * A keyed hash of a body, equal for bodies that say the same. Keyed, because a hash over a name is personal data; the
 * key goes with the term (design §6).
 */
export function bodyHmac(key: HashKey, body: unknown): Buffer {
  return createHmac('sha256', key).update(canonical(body)).digest();
}

/** JSON with the members in order: what was sent in another order is the same body. */
function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.entries(value as Record<string, unknown>)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}
