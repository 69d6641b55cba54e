import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { breaksOf } from './compatibility.js';
import { EventCatalogue } from './event-catalogue.js';
import { defineEvent } from './event-contract.js';

const line = { text: z.string(), size: z.exactOptional(z.int().min(1)) };
const published = { poster: z.string(), lines: z.array(z.strictObject(line)), language: z.enum(['ja', 'en']) };

const schemaOf = (shape: z.ZodRawShape) =>
  new EventCatalogue([defineEvent('PosterHung', z.strictObject(shape))]).jsonSchema('PosterHung', 1);
const breaks = (changed: z.ZodRawShape) => breaksOf(schemaOf(published), schemaOf(changed));

describe('within a version', () => {
  test('a new optional field is welcome, at every depth', () => {
    expect(breaks(published)).toEqual([]);
    expect(breaks({ ...published, colour: z.exactOptional(z.string()) })).toEqual([]);
    expect(
      breaks({ ...published, lines: z.array(z.strictObject({ ...line, bold: z.exactOptional(z.boolean()) })) }),
    ).toEqual([]);
  });

  test.each<[string, z.ZodRawShape, string[]]>([
    ['a new required field', { ...published, colour: z.string() }, ['data.colour is required now']],
    ['a field gone', { poster: published.poster, lines: published.lines }, ['data.language is gone']],
    [
      'a required field made optional',
      { ...published, poster: z.exactOptional(z.string()) },
      ['data.poster is optional'],
    ],
    [
      'an optional field made required',
      { ...published, lines: z.array(z.strictObject({ ...line, size: z.int().min(1) })) },
      ['data.lines[].size is required now'],
    ],
    ['another kind', { ...published, poster: z.number() }, ['data.poster: type was "string" and is "number"']],
    ['a narrower text', { ...published, poster: z.string().max(5) }, ['data.poster: maxLength was absent and is 5']],
    [
      'a wider number',
      { ...published, lines: z.array(z.strictObject({ ...line, size: z.exactOptional(z.int().min(0)) })) },
      ['data.lines[].size: minimum was 1 and is 0'],
    ],
    ['a longer code list', { ...published, language: z.enum(['ja', 'en', 'ru']) }, ['data.language: enum was']],
    ['a text for a list', { ...published, lines: z.string() }, ['data.lines: type was "array" and is "string"']],
  ])('%s is another version', (_, changed, expected) => {
    const found = breaks(changed);
    expect(found.map((sentence, at) => sentence.slice(0, expected[at]?.length))).toEqual(expected);
  });
});
