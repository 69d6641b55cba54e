import { createHash } from 'node:crypto';
import { plainCsv, japaneseCsv } from './csv.js';
import { DATASETS, type Dataset } from './dataset.js';
import { dictionary } from './dictionary.js';
import type { AskedOf, LedgerReading } from '../query/ledger-reading.js';
import type { Row } from '../query/query.js';

/** Raised when a column goes or changes its meaning; a new column is none of its business. */
export const FEED_SCHEMA = 1;

export interface FeedFile {
  readonly name: string;
  readonly content: Buffer;
  readonly sha256: string;
  /** Equal rows, equal tag, although the places of the log beside them differ. */
  readonly tag: string;
  readonly rows: number;
}

/** All datasets as of one place of the log, in all renderings: a reader has the whole of one set. */
export interface FeedSet {
  /** Equal content, equal id. */
  readonly setId: string;
  readonly asOf: AskedOf;
  readonly files: ReadonlyMap<string, FeedFile>;
  /** The rows of each dataset, for the schema of BI tools. */
  readonly tables: ReadonlyMap<string, readonly Row[]>;
}

/** Where the rows of a JSON feed begin; what stands before changes with every event that is heard. */
const ROWS = '"license"';

interface Rendering {
  readonly suffix: string;
  readonly render: (dataset: Dataset, rows: readonly Row[], asOf: AskedOf) => string;
}

const RENDERINGS: readonly Rendering[] = [
  { suffix: '.json', render: feedJson },
  { suffix: '.csv', render: ({ columns }, rows) => japaneseCsv(columns, rows) },
  { suffix: '.utf8.csv', render: ({ columns }, rows) => plainCsv(columns, rows) },
];

/** Asks each dataset once, all of the same state, and renders it three times. */
export async function makeFeedSet(reading: LedgerReading): Promise<FeedSet> {
  const files = new Map<string, FeedFile>();
  const tables = new Map<string, readonly Row[]>();
  for (const dataset of DATASETS) {
    const rows = await dataset.rows(reading);
    tables.set(dataset.id, rows);
    for (const { suffix, render } of RENDERINGS) {
      add(files, `${dataset.id}${suffix}`, render(dataset, rows, reading.asOf), rows.length);
    }
  }
  const { columns, rows } = dictionary(DATASETS);
  add(files, 'dictionary.csv', japaneseCsv(columns, rows), rows.length);
  const setId = sha256Of([...files.values()].map(({ name, sha256 }) => `${name} ${sha256}`).join('\n')).slice(0, 32);
  add(files, 'manifest.json', manifestOf(setId, reading.asOf, [...files.values()]), files.size);
  return { setId, asOf: reading.asOf, files, tables };
}

function add(files: Map<string, FeedFile>, name: string, text: string, rows: number): void {
  const content = Buffer.from(text);
  const tag = `W/"${sha256Of(text.slice(Math.max(0, text.indexOf(ROWS))))}"`;
  files.set(name, { name, content, sha256: sha256Of(content), tag, rows });
}

/** `{schemaVersion, generatedAt, asOf, license, rows}`; keys in camelCase. Made of the log alone, so it is the same each time. */
export function feedJson({ columns }: Pick<Dataset, 'columns'>, rows: readonly Row[], asOf: AskedOf): string {
  const names = columns.map(({ name }) => [camelCase(name), name] as const);
  return JSON.stringify({
    ...head(asOf),
    license: 'CC BY 4.0',
    rows: rows.map((row) => Object.fromEntries(names.map(([key, name]) => [key, row[name] ?? null]))),
  });
}

function manifestOf(setId: string, asOf: AskedOf, files: readonly FeedFile[]): string {
  return JSON.stringify(
    {
      ...head(asOf),
      setId,
      datasets: DATASETS.map(({ id, title, source }) => ({ id, title, query: source })),
      files: files.map(({ name, sha256, content, rows }) => ({ name, sha256, bytes: content.length, rows })),
    },
    undefined,
    1,
  );
}

function head({ instant, position }: AskedOf) {
  return { schemaVersion: FEED_SCHEMA, generatedAt: tokyoInstant(instant), asOf: { instant, position } };
}

/** ISO 8601 with +09:00. */
function tokyoInstant(instant: string | null): string | null {
  return instant === null ? null : new Date(Date.parse(instant) + 9 * 3_600_000).toISOString().replace('Z', '+09:00');
}

export function camelCase(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function sha256Of(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
