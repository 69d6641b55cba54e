import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '#servers/test-database.js';
import { binaryArray, type Element, type ElementType } from './binary-array.js';

describe('an array written in binary', () => {
  let database: TestDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    database = await testDatabase();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });
  const asked = async (type: ElementType, values: readonly Element[]) =>
    (await client.query(`select $1::${type}[] as a`, [binaryArray(type, values)])).rows[0]!['a'] as unknown[];

  /** NUL and halves of a pair have no place in a text of PostgreSQL. */
  const text = fc.string({ unit: 'grapheme' }).filter((one) => !one.includes('\0'));
  const uuid = fc.uuid();
  const integer = fc.integer();
  const bytes = fc.uint8Array({ maxLength: 40 });

  test.each<[ElementType, fc.Arbitrary<string | number | boolean | Uint8Array>, (read: Element) => unknown]>([
    ['boolean', fc.boolean(), (value) => value],
    ['integer', integer, (value) => value],
    ['bigint', fc.maxSafeInteger(), (value) => String(value)],
    ['text', text, (value) => value],
    ['uuid', uuid, (value) => value],
    ['bytea', bytes, (value) => Buffer.from(value as Uint8Array)],
  ])('is read by PostgreSQL as the %s that went in, whatever they are and with gaps', async (type, one, read) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(one), { maxLength: 8 }), async (values) =>
        expect(await asked(type, values)).toEqual(values.map((value) => (value === null ? null : read(value)))),
      ),
      { numRuns: 50 },
    );
  });

  test('holds JSON as PostgreSQL would have read its text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ a: text, n: fc.integer() }), { maxLength: 5 }), async (values) => {
        const { rows } = await client.query<{ same: boolean }>('select $1::jsonb[] = $2::text[]::jsonb[] as same', [
          binaryArray(
            'jsonb',
            values.map((value) => JSON.stringify(value)),
          ),
          values.map((value) => JSON.stringify(value)),
        ]);
        expect(rows).toEqual([{ same: true }]);
      }),
      { numRuns: 30 },
    );
  });

  test('may be empty, and holds what is hard to write: the largest, the smallest, the odd sign', async () => {
    expect(await asked('text', [])).toEqual([]);
    expect(await asked('bigint', [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, -1, 2 ** 32])).toEqual([
      '9007199254740991',
      '-9007199254740991',
      '-1',
      '4294967296',
    ]);
    const nasty = ['', 'NULL', '"', '\\', '{}', ',', '髙﨑', '𠮷野', '\n', '\\x41'];
    expect(await asked('text', nasty)).toEqual(nasty);
    expect(await asked('uuid', ['ABCDEF00-0000-4000-8000-00000000000f'])).toEqual([
      'abcdef00-0000-4000-8000-00000000000f',
    ]);
  });

  test('refuses what would be stored as something else', () => {
    expect(() => binaryArray('bigint', [2 ** 53])).toThrow('exactly');
    expect(() => binaryArray('integer', [2 ** 31])).toThrow('out of range');
    for (const wrong of [
      '',
      'not-a-uuid',
      '0b5f7a4-5f0e-4d6c-9d53-5d2b6d0a7c11',
      'gb5f7a4-5f0e-4d6c-9d53-5d2b6d0a7c11x',
    ])
      expect(() => binaryArray('uuid', [wrong])).toThrow('no uuid');
  });
});
