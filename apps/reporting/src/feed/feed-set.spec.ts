import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { LedgerRig } from '../rehearsal/ledger-rig.js';
import * as desk from '../rehearsal/told.js';
import { DATASETS } from './dataset.js';
import { makeFeedSet, type FeedSet } from './feed-set.js';

let rig: LedgerRig;
let set: FeedSet;
const many = (count: number, category: string) =>
  Array.from({ length: count }, (_, i) => desk.inquiry('0711 10:00', `${category}${i}`, category));

beforeAll(async () => {
  rig = await LedgerRig.make();
  await rig.tell(
    ...desk.ground(),
    ...[desk.scheduled('0702 10:00', 'A', { capacity: 3 }), desk.made('0711 09:06', 'A', 'r1')],
    ...[many(12, 'venue'), many(7, 'schedule'), many(2, 'privacy')].flat(),
  );
  set = await rig.ask(makeFeedSet);
});
afterAll(() => rig.close());

const text = (name: string) => set.files.get(name)!.content.toString();
interface Json {
  readonly rows: readonly Record<string, unknown>[];
  readonly asOf: { readonly position: string };
}
const json = (name: string) => JSON.parse(text(name)) as Json;

describe('a set of feeds', () => {
  test('has every dataset three times with the same rows, and a manifest that vouches for each file', () => {
    const { files } = JSON.parse(text('manifest.json')) as {
      files: { name: string; sha256: string; bytes: number; rows: number }[];
    };
    expect(files.map(({ name }) => name)).toEqual([...set.files.keys()].filter((name) => name !== 'manifest.json'));
    for (const { name, sha256, bytes } of files) {
      const { content } = set.files.get(name)!;
      expect([createHash('sha256').update(content).digest('hex'), content.length]).toEqual([sha256, bytes]);
    }
    for (const { id } of DATASETS) {
      const rows = json(`${id}.json`).rows.length;
      const csv = parse(text(`${id}.csv`), { bom: true, record_delimiter: '\r\n' });
      const plain = parse(text(`${id}.utf8.csv`), { record_delimiter: '\n' });
      expect([id, csv.length - 1, plain.length - 1]).toEqual([id, rows, rows]);
    }
  });

  test('is of one place of the logs in all its files', () => {
    const places = DATASETS.map(({ id }) => json(`${id}.json`).asOf.position);
    expect(new Set(places)).toEqual(new Set([set.asOf.position]));
  });

  test('hides small counts with another in every rendering alike, and no seats (§8.27)', () => {
    const shown = json('inquiries_by_category.json').rows;
    expect(shown.map(({ category, inquiries }) => [category, inquiries])).toEqual([
      ['privacy', null],
      // Hidden with it: from the calls of the day and the other categories, 2 could be told
      ['schedule', null],
      ['venue', 12],
    ]);
    for (const [name, options] of [
      ['inquiries_by_category.csv', { bom: true, record_delimiter: '\r\n' }],
      ['inquiries_by_category.utf8.csv', { record_delimiter: '\n' }],
    ] as const) {
      // prettier-ignore
      expect((parse(text(name), options) as string[][]).slice(1).map((row) => row.at(-1))).toEqual(['', '', '12']);
    }
    expect(set.tables.get('inquiries_by_category')!.map(({ inquiries }) => inquiries)).toEqual([null, null, 12]);
    expect(json('sessions_capacity.json').rows).toEqual([expect.objectContaining({ capacity: 3, reserved: 1, seatsLeft: 2 })]); // prettier-ignore
  });

  test('made again of the same place is the same to the byte; a new booking changes the tag of what it changes alone', async () => {
    const again = await rig.ask(makeFeedSet, set.asOf.position);
    expect([again.setId, [...again.files.values()].map(({ sha256 }) => sha256)]).toEqual([
      ...[set.setId, [...set.files.values()].map(({ sha256 }) => sha256)],
    ]);
    await rig.tell(desk.made('0711 09:08', 'A', 'r2'));
    const next = await rig.ask(makeFeedSet);
    const changed = DATASETS.filter(({ id }) => next.files.get(`${id}.json`)!.tag !== set.files.get(`${id}.json`)!.tag);
    expect(changed.map(({ id }) => id)).toEqual(['sessions_capacity']);
  });
});
