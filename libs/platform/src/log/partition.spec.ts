import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createRequire } from 'node:module';
import { murmur2, partitionOf } from './partition.js';

const require = createRequire(import.meta.url);

describe('the partition of a stream', () => {
  // The vectors of Apache Kafka's own UtilsTest (Java client)
  test.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('of %s is that of the Java client of Kafka', (text, hash) => {
    expect(murmur2(text)).toBe(hash);
  });

  test('agrees with another implementation of it for any text', () => {
    const kafkajs = require('kafkajs/src/producer/partitioners/default/murmur2.js') as (key: Buffer) => number;
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        (text) => murmur2(text) === kafkajs(Buffer.from(text)),
      ),
    );
  });

  test('is within the log, and stays where it was', () => {
    expect(partitionOf('class-session-8f2b7c1e-5f43-4f0e-9a3d-0f5b7f3c9d11', 8)).toBe(2);
    fc.assert(
      fc.property(
        fc.string(),
        fc.integer({ min: 1, max: 128 }),
        (text, n) => partitionOf(text, n) >= 0 && partitionOf(text, n) < n,
      ),
    );
  });
});
