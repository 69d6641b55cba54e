import { createHmac } from 'node:crypto';
import { normaliseKana, phoneDigits } from './kana.js';
import type { TermKeys } from './term-keys.js';

/** Bytes of an index: 128 bits, so that two persons of a city never share one by chance. */
const INDEX_BYTES = 16;

/** Beyond so many characters two names are told apart after opening, not by prefix. */
const LONGEST_PREFIX = 24;

/** @returns undefined when there is no digit in it: nothing is searched by an empty number */
export function phoneIndex(keys: TermKeys, phoneNumber: string): Uint8Array | undefined {
  const digits = phoneDigits(phoneNumber);
  return digits === '' ? undefined : indexOf(keys, 'phone', digits);
}

/** The whole name: what tells, together with the telephone, who is the same person. (design §4) */
export function kanaIndex(keys: TermKeys, familyNameKana: string, givenNameKana: string): Uint8Array {
  return indexOf(keys, 'kana', `${normaliseKana(familyNameKana)} ${normaliseKana(givenNameKana)}`);
}

/**
 * Every beginning of the name, family name first: the rows that `kanaQuery` finds. At most 24.
 * @returns empty when there is no kana in the name
 */
export function kanaPrefixes(keys: TermKeys, familyNameKana: string, givenNameKana: string): Uint8Array[] {
  const name = normaliseKana(familyNameKana) + normaliseKana(givenNameKana);
  const prefixes: Uint8Array[] = [];
  for (let length = 1; length <= Math.min(name.length, LONGEST_PREFIX); length++) {
    prefixes.push(indexOf(keys, 'kana prefix', name.slice(0, length)));
  }
  return prefixes;
}

/**
 * What a caller says or an operator types, whole or the beginning of it, `サトウ` or `さとう はな`.
 * @returns undefined when there is no kana in it; a text of more than 24 characters finds what begins with its first 24
 */
export function kanaQuery(keys: TermKeys, text: string): Uint8Array | undefined {
  const beginning = normaliseKana(text).slice(0, LONGEST_PREFIX);
  return beginning === '' ? undefined : indexOf(keys, 'kana prefix', beginning);
}

function indexOf(keys: TermKeys, purpose: string, value: string): Uint8Array {
  // as text first: a Buffer for each digest costs more than the digest
  const digest = createHmac('sha256', keys.indexKey).update(`${purpose}\0${value}`).digest('binary');
  return Buffer.from(digest.slice(0, INDEX_BYTES), 'latin1');
}
