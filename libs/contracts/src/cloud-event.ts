import type { Envelope, Metadata } from '#kernel/envelope.js';
import { dataschemaOf, versionNamedBy } from './dataschema.js';

/** Which log an event was read from. */
export interface LogOrigin {
  /** `ce_source`, a URI reference: who publishes, e.g. `/reservations`. */
  readonly source: string;
  /** The id of the publisher's log; numbers of another log are other numbers (design §3). */
  readonly logId: string;
}

/** What is handed to the broker. The partition is the caller's: it is `p`, never computed by the client. */
export interface EncodedRecord {
  readonly key: string;
  readonly value: string;
  readonly headers: Record<string, string>;
}

type Text = Uint8Array | string;

/** What comes from the broker: a client may hand over bytes, and a list where a header was repeated. */
export interface ReceivedRecord {
  readonly key: Text | null;
  readonly value: Text | null;
  readonly headers: { readonly [name: string]: Text | readonly Text[] | undefined };
}

export interface DecodedRecord extends LogOrigin {
  /** Without `p`: that is the partition the record was read from. */
  readonly envelope: Omit<Envelope, 'p'>;
}

/** A record that is not one of ours. Reading it again gives the same: it is never retried. */
export class UnreadableRecord extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`Unreadable record: ${reason}`, options);
    this.name = 'UnreadableRecord';
  }
}

/**
 * CloudEvents 1.0 in Kafka's binary mode, written by hand: the SDK costs ten times as much and stumbles over the
 * client's byte headers (a spec keeps both in agreement). Header names are a promise to others (design §7).
 */
export function encode(event: Envelope, log: LogOrigin): EncodedRecord {
  const { correlationId, causationId, traceparent } = event.metadata;
  const headers: Record<string, string> = {
    ce_specversion: '1.0',
    ce_id: event.eventId,
    ce_type: event.type,
    ce_source: log.source,
    ce_time: new Date(event.at).toISOString(),
    ce_subject: event.stream,
    ce_dataschema: dataschemaOf(event.type, event.schemaVersion),
    'content-type': 'application/json',
    ce_sequence: String(event.seq),
    ce_logid: log.logId,
    ce_streamversion: String(event.version),
  };
  if (correlationId !== undefined) headers['ce_correlationid'] = correlationId;
  if (causationId !== undefined) headers['ce_causationid'] = causationId;
  if (traceparent !== undefined) headers['traceparent'] = traceparent;
  return { key: event.stream, value: JSON.stringify(event.data), headers };
}

/**
 * The event in a record. `data` is whatever JSON object was sent: what it means is the catalogue's business.
 * @throws UnreadableRecord when it is not a CloudEvent of one of our logs
 */
export function decode(record: ReceivedRecord): DecodedRecord {
  const { headers } = record;
  const specversion = required(headers, 'ce_specversion');
  if (specversion !== '1.0') throw new UnreadableRecord(`ce_specversion is ${quoted(specversion)}, not 1.0`);
  const contentType = required(headers, 'content-type');
  if (!JSON_TYPE.test(contentType)) throw new UnreadableRecord(`content-type is ${quoted(contentType)}, not JSON`);
  const stream = required(headers, 'ce_subject');
  const key = record.key === null ? stream : textOf(record.key, 'the key');
  if (key !== stream) throw new UnreadableRecord(`the key ${quoted(key)} is not the ce_subject ${quoted(stream)}`);
  const type = required(headers, 'ce_type');
  const dataschema = required(headers, 'ce_dataschema');
  const schemaVersion = versionNamedBy(dataschema, type);
  if (schemaVersion === undefined) {
    throw new UnreadableRecord(`ce_dataschema ${quoted(dataschema)} names no version of ${quoted(type)}`);
  }
  return {
    source: required(headers, 'ce_source'),
    logId: required(headers, 'ce_logid'),
    envelope: {
      seq: counted(headers, 'ce_sequence'),
      stream,
      version: counted(headers, 'ce_streamversion'),
      eventId: required(headers, 'ce_id'),
      type,
      schemaVersion,
      at: instantOf(required(headers, 'ce_time')),
      data: dataOf(record.value),
      metadata: metadataOf(headers),
    },
  };
}

type Headers = ReceivedRecord['headers'];

const JSON_TYPE = /^application\/json\s*(;|$)/i;
/** RFC 3339, as CloudEvents wants it: a bare date or a time without a zone would be read in the reader's zone. */
const TIMESTAMP = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
/** Fatal: a byte that is not UTF-8 must not become U+FFFD in somebody's projection. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

function textOf(value: Text, what: string): string {
  if (typeof value === 'string') return value;
  try {
    return utf8.decode(value);
  } catch (cause) {
    throw new UnreadableRecord(`${what} is not UTF-8`, { cause });
  }
}

/** Absent and empty are the same: CloudEvents has no empty attribute. */
function optional(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  if (value === undefined) return undefined;
  if (Array.isArray(value)) throw new UnreadableRecord(`${name} comes more than once`);
  return textOf(value as Text, name) || undefined;
}

function required(headers: Headers, name: string): string {
  const value = optional(headers, name);
  if (value === undefined) throw new UnreadableRecord(`${name} is missing`);
  return value;
}

function counted(headers: Headers, name: string): number {
  const digits = required(headers, name);
  const count = Number(digits);
  if (/^[1-9][0-9]*$/.test(digits) && Number.isSafeInteger(count)) return count;
  throw new UnreadableRecord(`${name} is ${quoted(digits)}, not a number counted from 1`);
}

function instantOf(time: string): number {
  const instant = TIMESTAMP.test(time) ? Date.parse(time) : NaN;
  if (Number.isNaN(instant)) throw new UnreadableRecord(`ce_time is ${quoted(time)}, not an RFC 3339 instant`);
  return instant;
}

function dataOf(value: ReceivedRecord['value']): object {
  if (value === null) throw new UnreadableRecord('the value is missing');
  const text = textOf(value, 'the value');
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    // Without the cause: the parser quotes the text, and nobody knows what a foreign text holds.
    throw new UnreadableRecord('the value is not JSON');
  }
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data;
  throw new UnreadableRecord('the value is JSON, but not an object');
}

function metadataOf(headers: Headers): Metadata {
  const correlationId = optional(headers, 'ce_correlationid');
  const causationId = optional(headers, 'ce_causationid');
  const traceparent = optional(headers, 'traceparent');
  return {
    ...(correlationId !== undefined && { correlationId }),
    ...(causationId !== undefined && { causationId }),
    ...(traceparent !== undefined && { traceparent }),
  };
}

/** Foreign text in a message: short, and one line. */
function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
