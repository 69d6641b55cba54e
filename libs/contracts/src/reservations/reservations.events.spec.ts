import { describe, expect, test } from '@jest/globals';
import type { JsonSchema } from '../event-catalogue.js';
import { reservationsEvents } from './reservations.events.js';

const newest = reservationsEvents.types().map((type) => ({
  type,
  schema: reservationsEvents.jsonSchema(type, reservationsEvents.latest(type)),
}));

/** Fields in which anything could be written: texts without a form of their own. */
function freeTextsOf(schema: JsonSchema, path: string): string[] {
  if (schema['items']) return freeTextsOf(schema['items'] as JsonSchema, `${path}[]`);
  if (schema['type'] === 'string') return 'pattern' in schema || 'enum' in schema ? [] : [path];
  return Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>).flatMap(([field, member]) =>
    freeTextsOf(member, `${path}.${field}`),
  );
}
const requiredOf = (type: string) => newest.find((event) => event.type === type)!.schema['required'];

describe('what the reservations service tells', () => {
  test('has room for free text only where no person is meant', () => {
    const places = newest.flatMap(({ type, schema }) => freeTextsOf(schema, type));
    const aboutPlaces = /^(Term|Venue|Course)[A-Z]/;
    const numberOfPaper = /\.(agreementNumber|instructionNumber|sessionCode|eventCode)$/;
    expect(places.filter((path) => !aboutPlaces.test(path) && !numberOfPaper.test(path))).toEqual([]);
    expect(places).toContain('VenueRegistered.access');
    expect(places).toContain('ClassSessionScheduled.sessionCode');
  });

  test('says of every change of a reservation which one and the how-manieth', () => {
    for (const type of reservationsEvents.types().filter((name) => /^Reservation|^Applicant/.test(name))) {
      expect(requiredOf(type)).toEqual(expect.arrayContaining(['reservationId', 'reservationRevision']));
    }
  });

  test('tells by either half of a move who moved from where to where', () => {
    for (const half of ['ReservationMovedOut', 'ReservationMovedIn']) {
      expect(requiredOf(half)).toEqual(
        expect.arrayContaining(['moveId', 'fromSessionId', 'toSessionId', 'personId', 'personVersion']),
      );
    }
  });

  test('gives every hold an end', () => {
    expect(requiredOf('SeatHeld')).toContain('expiresAt');
    expect(requiredOf('HoldExtended')).toContain('expiresAt');
  });

  test.each(['山田花子', '具合が悪いとのこと', 'tel 011-222-3333', 'Hanako Yamada'])(
    'refuses %s where a code belongs',
    (words) => {
      const cancelled = {
        sessionId: '00000004-0000-4000-8000-000000000004',
        reservationId: '00000008-0000-4000-8000-000000000008',
        reservationRevision: 2,
        reasonCode: words,
      };
      expect(() => reservationsEvents.write('ReservationCancelled', cancelled)).toThrow('reasonCode: ');
    },
  );
});
