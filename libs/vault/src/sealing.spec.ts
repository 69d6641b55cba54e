import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BrokenSeal, newPersonKey, open, seal, unwrapPersonKey, wrapPersonKey } from './sealing.js';
import { TermKeys } from './term-keys.js';

const as = { personId: 'p1', version: 1, kind: 'record' } as const;
const record = { familyName: '髙﨑', givenName: '𠮷野', building: 'コーポ１０３' };
const key = newPersonKey();
const [encryptionKey, indexKey] = [randomBytes(32), randomBytes(32)];
const term = new TermKeys('t1', encryptionKey, indexKey);

function changed(bytes: Uint8Array, at: number, by: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at % copy.length]! ^= by;
  return copy;
}

describe('a sealed record', () => {
  test('opens as it was, whatever JSON it holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as object;
        expect(open(key, as, seal(key, as, plain))).toEqual(plain);
      }),
    );
  });

  test('does not open once any byte of it was changed, or it was cut', () => {
    const sealed = seal(key, as, record);
    fc.assert(
      fc.property(fc.nat({ max: sealed.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, by) => {
        expect(() => open(key, as, changed(sealed, at, by))).toThrow(BrokenSeal);
        expect(() => open(key, as, sealed.subarray(0, at))).toThrow(BrokenSeal);
      }),
    );
  });

  test('does not open as another person, version or kind, nor by another key', () => {
    const sealed = seal(key, as, record);
    for (const other of [{ personId: 'p2' }, { version: 2 }, { kind: 'note' }]) {
      expect(() => open(key, { ...as, ...other }, sealed)).toThrow(BrokenSeal);
    }
    expect(() => open(newPersonKey(), as, sealed)).toThrow(BrokenSeal);
  });

  test('is another each time, and shows nothing of what is in it', () => {
    const twice = [seal(key, as, record), seal(key, as, record)].map((sealed) => Buffer.from(sealed));
    expect(twice[0]).not.toEqual(twice[1]);
    for (const sealed of twice) expect(sealed.includes(Buffer.from('髙'))).toBe(false);
  });

  test('no two of a thousand share a nonce', () => {
    const nonces = Array.from({ length: 1_000 }, () =>
      Buffer.from(seal(key, as, record).subarray(1, 13)).toString('hex'),
    );
    expect(new Set(nonces).size).toBe(1_000);
  });

  test('an error of opening tells neither key nor content', () => {
    expect(new BrokenSeal().message).toBe(
      'A sealed value does not open: it was changed or moved, or its key is another.',
    );
  });
});

describe('the key of a person', () => {
  test('is wrapped by the key of the term, for that person and that term alone', () => {
    const wrapped = wrapPersonKey(term, 'p1', key);
    expect(wrapped).toHaveLength(61);
    expect(Buffer.from(unwrapPersonKey(term, 'p1', wrapped))).toEqual(key);
    expect(() => unwrapPersonKey(term, 'p2', wrapped)).toThrow(BrokenSeal);
    const sameKeys = new TermKeys('t2', encryptionKey, indexKey);
    expect(() => unwrapPersonKey(sameKeys, 'p1', wrapped)).toThrow(BrokenSeal);
    expect(() => unwrapPersonKey(new TermKeys('t1', randomBytes(32), indexKey), 'p1', wrapped)).toThrow(BrokenSeal);
    for (let at = 0; at < wrapped.length; at++) {
      expect(() => unwrapPersonKey(term, 'p1', changed(wrapped, at, 1))).toThrow(BrokenSeal);
    }
  });
});
