import { describe, expect, test } from '@jest/globals';
import { undocumentedIn } from './documented-answer.js';

const problem = { allOf: [{ $ref: '#/components/schemas/Problem' }], properties: { slug: { enum: ['session-full'] } } };
const document = {
  paths: {
    '/holds': {
      post: {
        responses: {
          201: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Hold' } } } },
          204: { description: 'Nothing.' },
          409: { content: { 'application/problem+json': { schema: problem } } },
        },
      },
    },
  },
  components: {
    schemas: {
      Problem: { required: ['slug'], properties: { slug: { type: 'string' } } },
      Hold: {
        required: ['holdId'],
        properties: {
          holdId: { type: 'string' },
          seats: { type: 'array', items: { properties: { no: {} } } },
          anything: { type: 'object' },
        },
      },
    },
  },
};
const answered = (status: number, body: unknown) =>
  undocumentedIn(document, { method: 'POST', route: '/holds', status, body });

describe('what an answer has that its document does not know', () => {
  test('is nothing when every member is known, and objects that say nothing of themselves may hold anything', () => {
    expect(answered(201, { holdId: 'x', seats: [{ no: 1 }], anything: { at: { all: 1 } } })).toEqual([]);
    expect(answered(409, { slug: 'session-full', sessionId: 'x' })).toEqual([]);
    expect(answered(204, '')).toEqual([]);
  });

  test('is a member more, also within, and a member less', () => {
    expect(answered(201, { seats: [{ no: 1, colour: 2 }], odd: 1 })).toEqual([
      'the answer without holdId',
      'the answer.seats[].colour',
      'the answer.odd',
    ]);
  });

  test('is a status, and a slug', () => {
    expect(answered(404, { slug: 'not-found' })).toEqual(['the status 404 not-found']);
    expect(answered(409, { slug: 'not-found' })).toEqual(['the slug not-found of 409']);
  });
});
