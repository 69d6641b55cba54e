import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { EventCatalogue, MisfitEvent, UnknownEvent } from './event-catalogue.js';
import { defineEvent, type EventOf } from './event-contract.js';
import { id, instant } from './event-fields.js';

// A made-up event that has come a long way: the title was one text, then two, then had a language.
const PosterHung = defineEvent('PosterHung', z.strictObject({ poster: id, title: z.string() }))
  .next(z.strictObject({ poster: id, headline: z.string(), subline: z.exactOptional(z.string()) }), (v1) => {
    const [headline = '', subline] = v1.title.split(' – ');
    return { poster: v1.poster, headline, ...(subline !== undefined && { subline }) };
  })
  .next(
    z.strictObject({
      poster: id,
      lines: z.array(z.strictObject({ text: z.string().min(1), language: z.enum(['ja', 'en']) })).min(1),
      hungAt: z.exactOptional(instant),
    }),
    ({ poster, headline, subline }) => ({
      poster,
      lines: [headline, ...(subline === undefined ? [] : [subline])].map((text) => ({ text, language: 'ja' as const })),
    }),
  );
const PosterTorn = defineEvent('PosterTorn', z.strictObject({ poster: id }));
const posters = new EventCatalogue([PosterHung, PosterTorn]);

const poster = '00000001-0000-4000-8000-000000000001';
const hung = { poster, lines: [{ text: '入門', language: 'ja' as const }] };

describe('reading', () => {
  test('lifts every version ever written to the newest', () => {
    const expected: EventOf<typeof PosterHung> = {
      type: 'PosterHung',
      data: {
        poster,
        lines: [
          { text: '入門', language: 'ja' },
          { text: '午前', language: 'ja' },
        ],
      },
    };
    expect(posters.read('PosterHung', 1, { poster, title: '入門 – 午前' })).toEqual(expected);
    expect(posters.read('PosterHung', 2, { poster, headline: '入門', subline: '午前' })).toEqual(expected);
    expect(posters.read('PosterHung', 3, expected.data)).toEqual(expected);
  });

  test('leaves unknown fields behind at every depth, and the event it was given as it was', () => {
    const newer = { ...hung, colour: 'red', lines: [{ text: '入門', language: 'ja', size: 12 }] };
    const copy = structuredClone(newer);
    expect(posters.read('PosterHung', 3, newer).data).toEqual(hung);
    expect(newer).toEqual(copy);
  });

  test('does not look at formats and ranges again', () => {
    const older = { ...hung, poster: 'P-1', lines: [] };
    expect(posters.read('PosterHung', 3, older).data).toEqual(older);
  });

  test.each<[string, unknown, string]>([
    ['a missing field', { lines: [] }, 'PosterHung.v3 does not fit: poster: '],
    ['a field of another kind', { poster: 7, lines: [] }, 'PosterHung.v3 does not fit: poster: '],
    ['a field deep inside', { poster, lines: [{ text: 1, language: 'ja' }] }, 'lines.0.text: '],
    ['a code that is not in its list', { poster, lines: [{ text: '', language: 'fr' }] }, 'lines.0.language: '],
    ['two fields', { lines: 4 }, /poster: .*; lines: /],
    ['null for an optional field', { ...hung, hungAt: null }, 'hungAt: '],
    ['a list instead of an object', [], 'PosterHung.v3 does not fit: data: '],
    ['nothing', undefined, 'PosterHung.v3 does not fit: data: '],
  ] as [string, unknown, string][])('names what does not fit: %s', (_, data, message) => {
    expect(() => posters.read('PosterHung', 3, data)).toThrow(message);
    expect(() => posters.read('PosterHung', 3, data)).toThrow(MisfitEvent);
  });

  test.each([
    ['PosterHung', 4, 'No event PosterHung.v4: versions 1 to 3 are known'],
    ['PosterHung', 0, 'No event PosterHung.v0: versions 1 to 3 are known'],
    ['PosterBurnt', 1, 'No event PosterBurnt.v1: the type is unknown'],
    ['constructor', 1, 'No event constructor.v1: the type is unknown'],
  ])('refuses %s.v%d, which it does not know', (type, version, message) => {
    expect(() => posters.read(type, version, {})).toThrow(UnknownEvent);
    expect(() => posters.read(type, version, {})).toThrow(message);
  });
});

describe('writing', () => {
  test('answers the newest version', () => {
    expect(posters.write('PosterHung', hung)).toBe(3);
    expect(posters.write('PosterTorn', { poster })).toBe(1);
    expect(posters.latest('PosterHung')).toBe(3);
  });

  test.each<[string, object, string]>([
    [
      'a field nobody knows',
      { ...hung, colour: 'red' },
      'PosterHung.v3 does not fit: data: Unrecognized key: "colour"',
    ],
    ['an unknown field deep inside', { poster, lines: [{ ...hung.lines[0], size: 1 }] }, 'lines.0: Unrecognized key'],
    ['a text out of form', { ...hung, poster: 'P-1' }, 'poster: '],
    ['a list too short', { poster, lines: [] }, 'lines: '],
    ['an instant in local time', { ...hung, hungAt: '2025-07-11T09:00:00.000+09:00' }, 'hungAt: '],
    ['a field that is there but undefined', { ...hung, hungAt: undefined }, 'hungAt: '],
  ])('refuses %s', (_, data, message) => {
    expect(() => posters.write('PosterHung', data as typeof hung)).toThrow(message);
    expect(() => posters.write('PosterHung', data as typeof hung)).toThrow(MisfitEvent);
  });

  test('never repeats a value in what it says', () => {
    const secret = '山田花子';
    const data = { poster: secret, lines: [{ text: secret, language: secret, [`x`]: secret }], hungAt: secret };
    expect(() => posters.write('PosterHung', data as never)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(secret) }) as never,
    );
  });

  test('is checked by the compiler too', () => {
    // @ts-expect-error `title` is of version 1
    expect(() => posters.write('PosterHung', { poster, title: '入門' })).toThrow(MisfitEvent);
    // @ts-expect-error the data of another event
    expect(() => posters.write('PosterTorn', { lines: [] })).toThrow(MisfitEvent);
    // @ts-expect-error no such event
    expect(() => posters.write('PosterBurnt', { poster })).toThrow(UnknownEvent);
  });
});

describe('a catalogue', () => {
  test('names its types and their schemas', () => {
    expect(posters.types()).toEqual(['PosterHung', 'PosterTorn']);
    expect(posters.dataschema('PosterHung', 2)).toBe('urn:uketsuke:PosterHung.v2');
    expect(() => posters.dataschema('PosterHung', 4)).toThrow(UnknownEvent);
    expect(posters.jsonSchema('PosterTorn', 1)).toMatchObject({ type: 'object', required: ['poster'] });
    expect(posters.jsonSchema('PosterTorn', 1)).not.toHaveProperty('additionalProperties');
  });

  test('is refused when a type stands in it twice', () => {
    expect(() => new EventCatalogue([PosterTorn, PosterTorn])).toThrow('PosterTorn stands twice');
  });

  test.each<[string, z.ZodType, string]>([
    ['a loose object', z.object({}), 'data.field: an object of an event must be strict'],
    ['a changed value', z.string().transform(Number), 'data.field: a field of an event cannot be of the kind pipe'],
    ['a coerced value', z.coerce.string(), 'data.field: a field of an event cannot be of the kind coerced string'],
    ['a value with a default', z.string().default(''), 'cannot be of the kind default'],
    ['a date object', z.date(), 'cannot be of the kind date'],
    ['anything', z.array(z.unknown()), 'data.field[]: a field of an event cannot be of the kind unknown'],
    ['null', z.string().nullable(), 'cannot be of the kind nullable'],
  ])('is refused when an event has a field that a snapshot cannot hold: %s', (_, field, message) => {
    expect(() => defineEvent('Odd', z.strictObject({ field }))).toThrow(message);
  });
});
