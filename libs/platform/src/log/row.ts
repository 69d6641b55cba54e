import type { Envelope } from '#kernel/envelope.js';
import pg from 'pg';

const INT8 = 20;
const TIMESTAMPTZ = 1184;

/** Numbers for `bigint` (sequences stay below 2^53), epoch milliseconds for instants; for sessions in UTC. */
export const logTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text') => {
    if (oid === INT8) return Number;
    if (oid === TIMESTAMPTZ) return parseInstant;
    return pg.types.getTypeParser(oid, format);
  }) as typeof pg.types.getTypeParser,
};

let lastText = '';
let lastInstant = 0;

/** `2026-11-22 10:00:00.123+00` to epoch milliseconds; the events of a flush share one instant, so the last is kept. */
export function parseInstant(text: string): number {
  if (text === lastText) return lastInstant;
  if (!text.endsWith('+00')) throw new Error(`The session's time zone must be UTC, but PostgreSQL answered ${text}.`);
  const instant = Date.parse(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`);
  lastText = text;
  lastInstant = instant;
  return instant;
}

/** Epoch milliseconds as PostgreSQL reads them, exactly. */
export function instantText(instant: number): string {
  return new Date(instant).toISOString();
}

/** The columns of an event, for statements that read `events` or `published_events`. */
export const EVENT_COLUMNS = 'p, seq, stream, version, event_id, type, schema_version, at, data, metadata';

interface EventRow extends pg.QueryResultRow {
  p: number;
  seq: number;
  stream: string;
  version: number;
  event_id: string;
  type: string;
  schema_version: number;
  at: number;
  data: object;
  metadata: Envelope['metadata'];
}

/** A row of `events` read with `logTypes` as the envelope that rules and projections know. */
export function envelopeOf(row: pg.QueryResultRow): Envelope {
  const event = row as EventRow;
  return {
    p: event.p,
    seq: event.seq,
    stream: event.stream,
    version: event.version,
    eventId: event.event_id,
    type: event.type,
    schemaVersion: event.schema_version,
    at: event.at,
    data: event.data,
    metadata: event.metadata,
  };
}
