import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { dropFeedSet } from './feed-drop.js';
import type { FeedSet } from './feed-set.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uketsuke-drop-'));
});
afterEach(() => rm(folder, { recursive: true }));

const setOf = (setId: string, names = ['a.csv', 'manifest.json']): FeedSet => ({
  setId,
  asOf: { instant: null, position: '', parked: 0 },
  files: new Map(names.map((name) => [name, { name, content: Buffer.from(setId), sha256: '', tag: '', rows: 0 }])),
  tables: new Map(),
});
const current = (name: string) => readFile(join(folder, 'current', name), 'utf8');

describe('feeds as files', () => {
  test('one set takes the place of the other as a whole, files that went with it too', async () => {
    await dropFeedSet(folder, setOf('one', ['a.csv', 'old.csv']));
    expect([await current('a.csv'), await current('old.csv')]).toEqual(['one', 'one']);
    await dropFeedSet(folder, setOf('two'));
    expect(await readdir(join(folder, 'current'))).toEqual(['a.csv', 'manifest.json']);
    await dropFeedSet(folder, setOf('one'));
    expect(await current('a.csv')).toBe('one');
  });

  test('who reads while sets are swapped never meets files of two of them', async () => {
    await dropFeedSet(folder, setOf('0'));
    let swapping = true;
    const swaps = (async () => {
      for (let n = 1; n < 60; n++) await dropFeedSet(folder, setOf(String(n)));
      swapping = false;
    })();
    while (swapping) {
      // What an export gate does: it resolves the link once and copies what is behind it
      const set = await realpath(join(folder, 'current'));
      const texts = await Promise.all(['a.csv', 'manifest.json'].map((name) => readFile(join(set, name), 'utf8').catch(() => 'gone'))); // prettier-ignore
      expect(new Set(texts.filter((text) => text !== 'gone')).size).toBeLessThan(2);
    }
    await swaps;
    expect(await current('a.csv')).toBe('59');
  });

  test('what a killed process left half made is never read, and cleared by the next', async () => {
    await dropFeedSet(folder, setOf('one'));
    await mkdir(join(folder, 'sets/.half'));
    await writeFile(join(folder, 'sets/.half/a.csv'), 'half');
    expect(await current('a.csv')).toBe('one');
    await dropFeedSet(folder, setOf('two'));
    expect((await readdir(join(folder, 'sets'))).toSorted()).toEqual(['one', 'two']);
  });
});
