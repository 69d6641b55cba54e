import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '#servers/test-database.js';
import { bytesArray, plainArray, textArray } from './array-literal.js';

describe('an array written by hand', () => {
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
  const asked = async (type: string, literal: string) =>
    (await client.query(`select $1::${type}[] as a`, [literal])).rows[0]!['a'] as unknown[];

  test('is read by PostgreSQL as the texts that went in, whatever is in them', async () => {
    // NUL has no place in a text of PostgreSQL
    const texts = fc.array(
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(texts, async (values) => expect(await asked('text', textArray(values))).toEqual(values)),
    );
    const nasty = ['', 'NULL', '"', '\\', '\\"', '{}', ',', ' ', "'", '髙﨑', '\n', '\\x41'];
    expect(await asked('text', textArray(nasty))).toEqual(nasty);
  });

  test('holds bytes, numbers and truth values as they are', async () => {
    const bytes = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(bytes, async (values) =>
        expect(await asked('bytea', bytesArray(values))).toEqual(values.map((value) => Buffer.from(value))),
      ),
      { numRuns: 30 },
    );
    expect(await asked('int', plainArray([1, -2]))).toEqual([1, -2]);
    expect(await asked('bool', plainArray([true, false]))).toEqual([true, false]);
    expect(await asked('int', plainArray([]))).toEqual([]);
  });
});
