import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import type { Envelope } from '#kernel/envelope.js';
import { CloudEvent, Kafka, type Message } from 'cloudevents';
import fc from 'fast-check';
import { decode, encode, UnreadableRecord, type LogOrigin, type ReceivedRecord } from './cloud-event.js';

const log: LogOrigin = { source: '/reservations', logId: '6c1e7a34-0d0c-4d0e-9d5b-2f6f3f0f7d11' };
const seatHeld: Envelope = {
  p: 5,
  seq: 4012,
  stream: 'class-session-7b0f',
  version: 9,
  eventId: 'a4f2c2de-6a55-4a3c-8a8a-0b7f5a2f9a01',
  type: 'SeatHeld',
  schemaVersion: 1,
  at: Date.UTC(2025, 6, 11, 0, 0, 0, 7),
  data: { sessionId: '7b0f', seats: 2 },
  metadata: {
    correlationId: 'c-1',
    causationId: 'c-0',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  },
};

const word = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,30}$/);
// -0 is the one JSON value that does not come back as itself.
const json = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));
const events: fc.Arbitrary<Envelope> = fc.record({
  p: fc.nat(31),
  seq: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  stream: word,
  version: fc.integer({ min: 1 }),
  eventId: fc.uuid(),
  type: fc.stringMatching(/^[A-Z][A-Za-z]{0,30}$/),
  schemaVersion: fc.integer({ min: 1, max: 999 }),
  at: fc.integer({ min: 0, max: Date.UTC(2100, 0) }),
  data: fc.dictionary(
    fc.string().filter((key) => key !== '__proto__'),
    json,
    { noNullPrototype: true },
  ),
  metadata: fc.record({ correlationId: fc.uuid(), causationId: word, traceparent: word }, { requiredKeys: [] }),
});

function withoutPartition(event: Envelope): Omit<Envelope, 'p'> {
  const { p: _, ...envelope } = event;
  return envelope;
}

function thrownBy(attempt: () => unknown): Error | undefined {
  try {
    attempt();
  } catch (thrown) {
    return thrown as Error;
  }
  return undefined;
}

/** What the Kafka client hands over: bytes everywhere. */
function asBytes(record: ReturnType<typeof encode>) {
  const headers: Record<string, Buffer | Buffer[] | undefined> = {};
  for (const [name, value] of Object.entries(record.headers)) headers[name] = Buffer.from(value);
  return { key: Buffer.from(record.key), value: Buffer.from(record.value), headers };
}

describe('an event on the wire', () => {
  test('has the header names that others build on', () => {
    expect(encode(seatHeld, log)).toEqual({
      key: 'class-session-7b0f',
      value: '{"sessionId":"7b0f","seats":2}',
      headers: {
        ce_specversion: '1.0',
        ce_id: 'a4f2c2de-6a55-4a3c-8a8a-0b7f5a2f9a01',
        ce_type: 'SeatHeld',
        ce_source: '/reservations',
        ce_time: '2025-07-11T00:00:00.007Z',
        ce_subject: 'class-session-7b0f',
        ce_dataschema: 'urn:uketsuke:SeatHeld.v1',
        'content-type': 'application/json',
        ce_sequence: '4012',
        ce_logid: '6c1e7a34-0d0c-4d0e-9d5b-2f6f3f0f7d11',
        ce_streamversion: '9',
        ce_correlationid: 'c-1',
        ce_causationid: 'c-0',
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      },
    });
  });

  test('comes back as it was sent, as text and as bytes', () => {
    fc.assert(
      fc.property(events, (event) => {
        const record = encode(event, log);
        const expected = { ...log, envelope: withoutPartition(event) };
        expect(decode(record)).toEqual(expected);
        expect(decode(asBytes(record))).toEqual(expected);
      }),
    );
  });

  test('is the same event to the CloudEvents SDK', () => {
    fc.assert(
      fc.property(events, (event) => {
        const record = encode(event, log);
        const theirs = Kafka.toEvent({ ...record, body: record.value } as Message) as CloudEvent<unknown>;
        expect(theirs.validate()).toBe(true);
        expect(theirs.data).toEqual(event.data);
        expect(theirs).toMatchObject({
          specversion: '1.0',
          id: event.eventId,
          type: event.type,
          source: log.source,
          time: new Date(event.at).toISOString(),
          subject: event.stream,
          dataschema: `urn:uketsuke:${event.type}.v${event.schemaVersion}`,
          datacontenttype: 'application/json',
          partitionkey: event.stream,
          sequence: String(event.seq),
          logid: log.logId,
          streamversion: String(event.version),
        });
        expect(theirs['correlationid']).toBe(event.metadata.correlationId);
        expect(theirs['causationid']).toBe(event.metadata.causationId);
      }),
    );
  });

  test('written by the CloudEvents SDK is the same event to us', () => {
    fc.assert(
      fc.property(events, (event) => {
        const { correlationId, causationId } = event.metadata;
        const record = Kafka.binary(
          new CloudEvent({
            id: event.eventId,
            type: event.type,
            source: log.source,
            time: new Date(event.at).toISOString(),
            subject: event.stream,
            dataschema: `urn:uketsuke:${event.type}.v${event.schemaVersion}`,
            datacontenttype: 'application/json',
            data: event.data,
            partitionkey: event.stream,
            sequence: String(event.seq),
            logid: log.logId,
            streamversion: String(event.version),
            ...(correlationId && { correlationid: correlationId }),
            ...(causationId && { causationid: causationId }),
          }),
        );
        const { traceparent: _, ...metadata } = event.metadata;
        expect(
          decode({
            key: record.key as string,
            value: JSON.stringify(record.value),
            headers: record.headers as ReceivedRecord['headers'],
          }),
        ).toEqual({ ...log, envelope: { ...withoutPartition(event), metadata } });
      }),
    );
  });
});

describe('a record from elsewhere', () => {
  const readable = asBytes(encode(seatHeld, log));
  const header = (name: string, value: Buffer | Buffer[] | undefined): ReceivedRecord => ({
    ...readable,
    headers: { ...readable.headers, [name]: value },
  });

  test.each([
    'ce_specversion',
    'ce_id',
    'ce_type',
    'ce_source',
    'ce_time',
    'ce_subject',
    'ce_dataschema',
    'content-type',
    'ce_sequence',
    'ce_logid',
    'ce_streamversion',
  ])('is unreadable without %s', (name) => {
    expect(() => decode(header(name, undefined))).toThrow(new UnreadableRecord(`${name} is missing`));
    expect(() => decode(header(name, Buffer.from('')))).toThrow(new UnreadableRecord(`${name} is missing`));
  });

  test.each<[string, ReceivedRecord, RegExp]>([
    ['another CloudEvents version', header('ce_specversion', Buffer.from('0.3')), /ce_specversion is "0.3"/],
    ['structured mode', header('content-type', Buffer.from('application/cloudevents+json')), /content-type/],
    ['a schema of another type', header('ce_dataschema', Buffer.from('urn:uketsuke:SeatHeldX.v1')), /names no version/],
    ['a version nought', header('ce_dataschema', Buffer.from('urn:uketsuke:SeatHeld.v0')), /names no version/],
    ['a sequence nought', header('ce_sequence', Buffer.from('0')), /ce_sequence is "0"/],
    ['a sequence in hexadecimal', header('ce_sequence', Buffer.from('0x10')), /ce_sequence/],
    ['a sequence past exact numbers', header('ce_sequence', Buffer.from('9007199254740993')), /ce_sequence/],
    ['a date for an instant', header('ce_time', Buffer.from('2025-07-11')), /ce_time/],
    ['an instant without zone', header('ce_time', Buffer.from('2025-07-11T09:00:00')), /ce_time/],
    ['a repeated header', header('ce_id', [Buffer.from('a'), Buffer.from('b')]), /ce_id comes more than once/],
    ['bytes that are no text', header('ce_id', Buffer.from([0xff])), /ce_id is not UTF-8/],
    [
      'the key of another stream',
      { ...readable, key: Buffer.from('term-1') },
      /the key "term-1" is not the ce_subject/,
    ],
    ['a tombstone', { ...readable, value: null }, /the value is missing/],
    ['no JSON', { ...readable, value: Buffer.from('山田 011-222-3333') }, /the value is not JSON/],
    ['broken UTF-8', { ...readable, value: Buffer.from([0x22, 0xff, 0x22]) }, /the value is not UTF-8/],
    ['a JSON list', { ...readable, value: '[]' }, /not an object/],
    ['a JSON null', { ...readable, value: 'null' }, /not an object/],
  ])('is unreadable with %s', (_, record, reason) => {
    expect(() => decode(record)).toThrow(UnreadableRecord);
    expect(() => decode(record)).toThrow(reason);
  });

  test('that is unreadable is not quoted from its value, not even in the cause', () => {
    const thrown = thrownBy(() => decode({ ...readable, value: '山田 011-222-3333' }));
    expect(inspect(thrown, { depth: 9 })).not.toContain('山田');
    expect(thrown?.message).toBe('Unreadable record: the value is not JSON');
  });

  test('never fails in any other way, whatever it holds', () => {
    const bytes = fc.oneof(fc.string(), fc.uint8Array());
    const name = fc.constantFrom(...Object.keys(readable.headers), 'ce_other');
    fc.assert(
      fc.property(fc.dictionary(name, bytes), fc.option(bytes), fc.option(bytes), (headers, key, value) => {
        for (const record of [
          { key, value, headers },
          { key: null, value, headers: { ...readable.headers, ...headers } },
        ]) {
          expect([undefined, 'UnreadableRecord']).toContain(thrownBy(() => decode(record))?.name);
        }
      }),
    );
  });

  test('is read without a key, with a charset in the content type, with a zone in the instant', () => {
    const expected = decode(readable);
    expect(decode({ ...readable, key: null })).toEqual(expected);
    expect(decode(header('content-type', Buffer.from('application/json; charset=utf-8')))).toEqual(expected);
    expect(decode(header('ce_time', Buffer.from('2025-07-11T09:00:00.007+09:00')))).toEqual(expected);
  });
});
