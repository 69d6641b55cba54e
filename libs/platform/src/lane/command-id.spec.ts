import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isUuid } from '#kernel/ids.js';
import { bodyHmac, commandIdOf } from './command-id.js';

const call = { account: 'op1', method: 'POST', route: '/reservations', key: 'k1' };

describe('the id of a command', () => {
  test('is the same for the same caller, call and key, and another when any of them is another', () => {
    const others = [{ account: 'op2' }, { method: 'PATCH' }, { route: '/holds' }, { key: 'k2' }];
    const ids = [call, ...others.map((other) => ({ ...call, ...other }))].map(commandIdOf);
    expect(ids.every(isUuid)).toBe(true);
    expect(new Set(ids).size).toBe(5);
    expect(commandIdOf({ ...call, method: 'post' })).toBe(commandIdOf(call));
  });

  test('cannot be made without a key, or with one that is too long or not printable', () => {
    const slugOf = (key: string | undefined) => {
      try {
        return commandIdOf({ ...call, key });
      } catch (refusal) {
        return (refusal as { slug: string }).slug;
      }
    };
    expect(slugOf(undefined)).toBe('idempotency-key-missing');
    expect(slugOf('')).toBe('idempotency-key-missing');
    expect(['a'.repeat(201), '受付', 'a\n', 'a\0'].map(slugOf)).toEqual(Array(4).fill('invalid-body'));
    expect(isUuid(slugOf('a'.repeat(200)))).toBe(true);
  });
});

describe('the keyed hash of a body', () => {
  const key = Buffer.alloc(32, 1);

  test('is the same in whatever order the members come', () => {
    const shuffled = (value: unknown): unknown =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .toReversed()
              .map(([name, member]) => [name, shuffled(member)]),
          )
        : value;
    fc.assert(fc.property(fc.jsonValue(), (body) => bodyHmac(key, body).equals(bodyHmac(key, shuffled(body)))));
  });

  test('is another for another body, and under another key', () => {
    expect(bodyHmac(key, { a: 1 }).equals(bodyHmac(key, { a: '1' }))).toBe(false);
    expect(bodyHmac(key, [1, [2]]).equals(bodyHmac(key, [[1], 2]))).toBe(false);
    expect(bodyHmac(key, { a: 1 }).equals(bodyHmac(Buffer.alloc(32, 2), { a: 1 }))).toBe(false);
  });
});
