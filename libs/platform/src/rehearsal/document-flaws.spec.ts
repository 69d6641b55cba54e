import { describe, expect, test } from '@jest/globals';
import { documentFlaws } from './document-flaws.js';

const to = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const bodyOf = (schema: object) => ({ '/holds': { post: { requestBody: { content: { json: { schema } } } } } });
const AT = 'paths//holds/post/requestBody/content/json/schema';

describe('the flaws of an interface document', () => {
  test('are none where every schema is there, also one that holds itself', () => {
    const Part = { type: 'object', properties: { inner: to('Part'), code: { type: 'string', pattern: '^\\p{L}$' } } };
    expect(documentFlaws({ paths: bodyOf(to('Part')), components: { schemas: { Part } } })).toEqual([]);
  });

  test.each([['Nobody'], [''], ['toString']])('are told where a body points to the schema "%s"', (name) => {
    const flaw = `${AT}/items points to #/components/schemas/${name}`;
    expect(documentFlaws({ paths: bodyOf({ type: 'array', items: to(name) }) })).toEqual([flaw]);
  });

  test('are told where a part of a schema points to nothing', () => {
    const schemas = { Part: { properties: { inner: { allOf: [to('')] } } } };
    expect(documentFlaws({ paths: {}, components: { schemas } })).toEqual([
      'schemas/Part/properties/inner/allOf/0 points to #/components/schemas/',
    ]);
  });

  test('are told where a pattern is none', () => {
    const schemas = { Part: { type: 'string', pattern: '[' } };
    expect(documentFlaws({ paths: {}, components: { schemas } })).toEqual(['schemas/Part has the pattern [']);
  });
});
