import { mkdtemp, readdir, rm, stat, truncate, writeFile, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ManualClock } from '#kernel/clock.js';
import { KeyDirectory } from './key-directory.js';

const TERM = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const PERSON = '33333333-3333-4333-8333-333333333333';
const order = { by: 'manager-1', instructionNumber: '市デ第12号' };
const clock = new ManualClock(Date.parse('2026-11-23T00:00:00Z'));

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'keys-')), 'keys');
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

const openDirectory = () => KeyDirectory.open(folder, clock);

describe('the key directory', () => {
  test('keeps one pair a term, for nobody else to read, the same after a restart', async () => {
    const made = await (await openDirectory()).createTerm(TERM);
    const again = (await openDirectory()).keysOf(TERM);
    expect(again.encryptionKey.equals(made.encryptionKey)).toBe(true);
    expect(again.indexKey.equals(made.indexKey)).toBe(true);
    expect(again.commandKey.equals(made.commandKey)).toBe(true);
    expect(again.encryptionKey.equals(again.indexKey)).toBe(false);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(join(folder, 'terms'))) {
      expect((await stat(join(folder, 'terms', name))).mode & 0o777).toBe(0o600);
    }
  });

  test('gives twenty who create a term at once the same keys, and leaves no draft behind', async () => {
    const directories = await Promise.all(Array.from({ length: 20 }, openDirectory));
    const keys = await Promise.all(directories.map((directory) => directory.createTerm(TERM)));
    expect(new Set(keys.map(({ fingerprints }) => JSON.stringify(fingerprints))).size).toBe(1);
    expect(
      new Set(directories.map((directory) => Buffer.from(directory.keyOf('access-log')).toString('hex'))).size,
    ).toBe(1);
    expect(await readdir(join(folder, 'terms'))).toHaveLength(1);
  });

  test('a key that is missing or cut off is said, and no other is made in its place', async () => {
    const directory = await openDirectory();
    expect(() => directory.keysOf(TERM)).toThrow(/not in the key directory/);
    await directory.createTerm(TERM);
    await truncate(join(folder, 'terms', `${TERM}.keys`), 63);
    const restarted = await openDirectory();
    expect(() => restarted.keysOf(TERM)).toThrow(/has 63 bytes instead of 64/);
    await expect(restarted.createTerm(TERM)).rejects.toThrow(/has 63 bytes instead of 64/);
  });

  test('a term is no path', async () => {
    await expect((await openDirectory()).createTerm('../x')).rejects.toThrow(/lower-case uuid/);
  });

  test('keys that are printed by accident are not told', async () => {
    const keys = await (await openDirectory()).createTerm(TERM);
    const hex = keys.encryptionKey.export().toString('hex');
    for (const text of [inspect(keys, { depth: 9, showHidden: true }), JSON.stringify(keys), String(keys)]) {
      expect(text).not.toContain(hex.slice(0, 8));
      expect(text).not.toContain(hex.slice(0, 2) + ' ' + hex.slice(2, 4));
    }
  });
});

describe('a term that is destroyed', () => {
  test('is gone for ever, also in a process that has its keys in memory', async () => {
    const [directory, elsewhere] = [await openDirectory(), await openDirectory()];
    const { fingerprints } = await directory.createTerm(TERM);
    await directory.createTerm(OTHER);
    elsewhere.keysOf(TERM);
    expect(await directory.destroyTerm(TERM, order)).toEqual({
      erasure: { kind: 'term', id: TERM, at: '2026-11-23T00:00:00.000Z', ...order },
      fingerprints,
    });
    for (const some of [directory, elsewhere, await openDirectory()]) {
      expect(() => some.keysOf(TERM)).toThrow(expect.objectContaining({ slug: 'term-erased', kind: 'gone' }));
      await expect(some.createTerm(TERM)).rejects.toMatchObject({ slug: 'term-erased' });
      expect(some.keysOf(OTHER).termId).toBe(OTHER);
    }
    expect(await readdir(join(folder, 'terms'))).toEqual([`${OTHER}.keys`]);
    expect(await directory.destroyTerm(TERM, { by: 'late' })).toMatchObject({ erasure: order });
    expect(directory.erasures()).toHaveLength(1);
  });

  test('is erased also when its keys were lost before', async () => {
    const directory = await openDirectory();
    expect(await directory.destroyTerm(TERM, order)).toEqual({ erasure: expect.objectContaining({ id: TERM }) });
    await expect(directory.createTerm(TERM)).rejects.toMatchObject({ slug: 'term-erased' });
    await expect(directory.destroyTerm('../access-log', order)).rejects.toThrow(/lower-case uuid/);
  });

  test('whose destruction was cut off, or whose keys came back from a backup, is destroyed at the next start', async () => {
    const directory = await openDirectory();
    await directory.createTerm(TERM);
    const key = await readFile(join(folder, 'terms', `${TERM}.keys`));
    await directory.destroyTerm(TERM, order);
    await writeFile(join(folder, 'terms', `${TERM}.keys`), key);
    await openDirectory();
    expect(await readdir(join(folder, 'terms'))).toEqual([]);
  });
});

describe('the erasure ledger', () => {
  test('is replayed in order, and knows what another process has erased', async () => {
    const [directory, elsewhere] = [await openDirectory(), await openDirectory()];
    await directory.erasePerson(PERSON, { by: 'manager-1' });
    expect(elsewhere.isErased('person', PERSON)).toBe(true);
    expect(elsewhere.isErased('person', OTHER)).toBe(false);
    await elsewhere.createTerm(TERM);
    await elsewhere.destroyTerm(TERM, order);
    const seen: string[] = [];
    await (await openDirectory()).replayLedger(async ({ kind, id }) => void seen.push(`${kind} ${id}`));
    expect(seen).toEqual([`person ${PERSON}`, `term ${TERM}`]);
  });

  test('thirty who erase at once lose no entry, and the same person is entered once', async () => {
    const directories = await Promise.all(Array.from({ length: 3 }, openDirectory));
    const persons = Array.from({ length: 10 }, (_, i) => PERSON.slice(0, -2) + String(10 + i));
    await Promise.all(persons.flatMap((id) => directories.map((directory) => directory.erasePerson(id, order))));
    expect(
      (await openDirectory())
        .erasures()
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(persons);
  });

  test('an entry that was changed, or put in by hand, stops the start', async () => {
    const directory = await openDirectory();
    await directory.erasePerson(PERSON, order);
    await directory.erasePerson(OTHER, order);
    const path = join(folder, 'ledger', '0000001.json');
    const text = await readFile(path, 'utf8');
    for (const changed of [text.replace(PERSON, TERM), text.replace('manager-1', 'manager-2'), '{}', 'x']) {
      await writeFile(path, changed);
      await expect(openDirectory()).rejects.toThrow(/ledger is broken at .*0000001\.json/);
    }
    await writeFile(path, text);
    expect((await openDirectory()).erasures()).toHaveLength(2);
  });
});
