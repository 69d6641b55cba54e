import { inspect } from 'node:util';
import { z } from 'zod';

/** A value that must be asked for by name: printed, logged or serialised by accident it shows only that it is one. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    Object.freeze(this);
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}

/** Shorter than 128 bits in base64url, a secret can be tried out. */
const MINIMUM_LENGTH = 22;

/** Words people leave standing when they copy an example. None is short enough to turn up in a random secret. */
const PLACEHOLDER =
  /change[-_ ]?(me|it|this)|replace[-_ ]?(me|this)|placeholder|example|default|insecure|secret|password|passwd|postgres|uketsuke|admin|letmein|qwerty|12345/i;

/** `undefined` when the secret may be used on a desk with real people in it, else what is wrong with it. */
export function weaknessOf(secret: string): string | undefined {
  if (secret.length < MINIMUM_LENGTH) return `is shorter than ${MINIMUM_LENGTH} characters`;
  return placeholderIn(secret);
}

/** The password inside a database URL; a URL without one is fine (a socket, a certificate, a pass file). */
export function databaseWeaknessOf(databaseUrl: string): string | undefined {
  const { password } = new URL(databaseUrl);
  return password === '' ? undefined : placeholderIn(password);
}

export const databaseUrlSchema = z
  .string()
  .refine((text) => URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol), {
    error: 'must be a postgres:// or postgresql:// address',
  });

function placeholderIn(secret: string): string | undefined {
  if (new Set(secret).size < 5) return 'repeats a few characters';
  return PLACEHOLDER.test(secret) ? 'looks like a placeholder' : undefined;
}
