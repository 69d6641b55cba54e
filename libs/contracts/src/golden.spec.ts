import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { breaksOf } from './compatibility.js';
import { EventCatalogue, type AnyCatalogue, type JsonSchema } from './event-catalogue.js';
import { inquiriesLogContracts } from './inquiries/inquiries-log.events.js';
import { inquiriesEvents } from './inquiries/inquiries.events.js';
import { topics } from './topics.js';

const golden = join(import.meta.dirname, '../golden');
const schemas = join(import.meta.dirname, '../schemas');
/** `UKETSUKE_WRITE_SCHEMAS=1 npx nx test contracts` writes new versions and new optional fields, and nothing else. */
const writing = process.env['UKETSUKE_WRITE_SCHEMAS'] === '1';

// What never leaves a log is written for ever, too
const known: readonly string[] = inquiriesEvents.types();
const inLogOnly = new EventCatalogue(inquiriesLogContracts.filter(({ type }) => !known.includes(type)));
const catalogues = [...Object.values(topics), inLogOnly] as unknown as readonly AnyCatalogue[];

const versions = catalogues.flatMap((catalogue) =>
  catalogue.types().flatMap((type) =>
    Array.from({ length: catalogue.latest(type) }, (_, at) => ({
      catalogue,
      type,
      version: at + 1,
      name: `${type}.v${at + 1}`,
    })),
  ),
);
const namesOf = (folder: string) => readdirSync(folder).map((file) => file.replace(/\.json$/, ''));
const readJson = (folder: string, name: string): JsonSchema =>
  JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as JsonSchema;

test('every file is of a version that is still known: a version once written is never taken away', () => {
  const known = [...new Set(versions.map(({ name }) => name))].sort();
  expect(namesOf(golden).sort()).toEqual(known);
  expect(namesOf(schemas).filter((name) => !known.includes(name))).toEqual([]);
});

describe.each(versions)('$name', ({ catalogue, type, version, name }) => {
  test('is read from its golden file and lifted to an event that could be written today', () => {
    const { type: read, data } = catalogue.read(type, version, readJson(golden, name));
    expect(read).toBe(type);
    expect(catalogue.write(type, data)).toBe(catalogue.latest(type));
  });

  test('has a golden file in which every field of its schema stands', () => {
    expect(fieldsOf(readJson(golden, name))).toEqual(fieldsIn(catalogue.jsonSchema(type, version)));
  });

  test('has the schema it was published with', () => {
    const current = catalogue.jsonSchema(type, version);
    const published = existsSync(join(schemas, `${name}.json`)) ? readJson(schemas, name) : undefined;
    expect(published === undefined ? [] : breaksOf(published, current)).toEqual([]);
    if (writing) writeFileSync(join(schemas, `${name}.json`), `${JSON.stringify(current, null, 2)}\n`);
    // Only new optional fields, or a new version: publish them with UKETSUKE_WRITE_SCHEMAS=1 (see above).
    expect(readJson(schemas, name)).toEqual(current);
  });
});

/** Names of all fields at all depths, sorted. */
function fieldsOf(data: unknown, path = ''): string[] {
  if (Array.isArray(data)) return [...new Set(data.flatMap((member) => fieldsOf(member, `${path}[]`)))].sort();
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data)
    .flatMap(([field, value]) => [`${path}.${field}`, ...fieldsOf(value, `${path}.${field}`)])
    .sort();
}

function fieldsIn(schema: JsonSchema, path = ''): string[] {
  if (schema['items']) return fieldsIn(schema['items'] as JsonSchema, `${path}[]`);
  return Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>)
    .flatMap(([field, member]) => [`${path}.${field}`, ...fieldsIn(member, `${path}.${field}`)])
    .sort();
}
