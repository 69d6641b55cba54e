import { describe, expect, test } from '@jest/globals';
import type { Envelope } from '#kernel/envelope.js';
import { DiagnosticSeverity, Parser } from '@asyncapi/parser';
import { asyncApiOf } from './asyncapi.js';
import { encode } from './cloud-event.js';
import type { JsonSchema } from './event-catalogue.js';
import { topics } from './topics.js';

const document = asyncApiOf({ version: '0.1.0', partitions: 8, topics });
const parser = new Parser();

async function errorsOf(candidate: JsonSchema): Promise<string[]> {
  const diagnostics = await parser.validate(JSON.stringify(candidate));
  return diagnostics
    .filter(({ severity }) => severity === DiagnosticSeverity.Error)
    .map(({ path, message }) => `${path.join('/')}: ${message}`);
}

/** A copy of the document in which one place holds something else. */
function broken(path: readonly string[], value: unknown): JsonSchema {
  const copy = structuredClone(document) as Record<string, unknown>;
  let place = copy;
  for (const step of path.slice(0, -1)) place = place[step] as Record<string, unknown>;
  place[path.at(-1)!] = value;
  return copy;
}

describe('the AsyncAPI document', () => {
  test('is valid to the parser of AsyncAPI', async () => {
    expect(await errorsOf(document)).toEqual([]);
  });

  test.each<[string, readonly string[], unknown, RegExp]>([
    [
      'a channel that names a message which is not there',
      ['components', 'messages', 'SeatHeld.v1'],
      undefined,
      /SeatHeld/,
    ],
    ['a payload that is no schema', ['components', 'messages', 'SeatHeld.v1', 'payload', 'type'], 'seat', /payload/],
    [
      'another binding of Kafka',
      ['channels', 'reservations.events', 'bindings', 'kafka', 'partitions'],
      0,
      /partitions/,
    ],
    ['an action that is none', ['operations', 'publish-reservations.events', 'action'], 'publish', /action/],
  ])('is refused with %s', async (_, path, value, reason) => {
    expect((await errorsOf(broken(path, value))).join('\n')).toMatch(reason);
  });

  test('tells of every version of every event, keyed by its stream', async () => {
    const { document: parsed } = await parser.parse(JSON.stringify(document));
    const channel = parsed!.channels().get('reservations.events')!;
    const catalogue = topics['reservations.events']!;
    const versions = catalogue.types().reduce((count, type) => count + catalogue.latest(type), 0);
    expect(channel.messages().all()).toHaveLength(versions);
    expect(channel.bindings().get('kafka')!.value()).toMatchObject({ topic: 'reservations.events', partitions: 8 });
    for (const message of channel.messages().all()) {
      expect(message.bindings().get('kafka')!.value()).toMatchObject({ key: { type: 'string' } });
    }
  });

  test('names the headers that are written', () => {
    const event: Envelope = {
      p: 0,
      seq: 1,
      stream: 'term-1',
      version: 1,
      eventId: 'e',
      type: 'Internal',
      schemaVersion: 1,
      at: 0,
      data: {},
      metadata: { correlationId: 'c', causationId: 'd', traceparent: 't' },
    };
    const written = (metadata: Envelope['metadata']) =>
      Object.keys(encode({ ...event, metadata }, { source: '/reservations', logId: 'l' }).headers);
    const { properties, required } = (document['components'] as { schemas: Record<string, JsonSchema> }).schemas[
      'CloudEventHeaders'
    ]!;
    expect(Object.keys(properties as object)).toEqual(written(event.metadata));
    expect(required).toEqual(written({}));
  });
});
