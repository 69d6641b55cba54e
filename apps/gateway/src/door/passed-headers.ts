import type { IncomingHttpHeaders } from 'node:http';
import { CALLER_HEADER } from '#platform/service/caller.js';
import { CORRELATION_HEADER, currentCorrelationId } from '#platform/service/correlation.js';
import { currentTraceparent } from '#platform/service/tracing.js';

type PassedHeaders = Record<string, string | string[] | undefined>;

/** What a service hears of the one who asks; a cookie, a token or an address is none of its business. */
const INWARDS = [
  ...['host', 'accept', 'content-type', 'content-length', 'idempotency-key', 'last-event-id', 'if-none-match'],
  ...['uketsuke-wait-for', 'uketsuke-position', 'traceparent'],
];

/** What belongs to the connection between gateway and service, or is said by the gateway itself. */
const NOT_OUTWARDS = new Set(['connection', 'keep-alive', 'date', 'cache-control', 'set-cookie', CORRELATION_HEADER]);

export function requestHeaders(headers: PassedHeaders, word: string): IncomingHttpHeaders {
  const passed: PassedHeaders = {};
  for (const name of INWARDS) if (headers[name] !== undefined) passed[name] = headers[name];
  const correlationId = currentCorrelationId();
  if (correlationId !== undefined) passed[CORRELATION_HEADER] = correlationId;
  const traceparent = currentTraceparent();
  if (traceparent !== undefined) passed['traceparent'] = traceparent;
  passed[CALLER_HEADER] = word;
  return passed as IncomingHttpHeaders;
}

export function answerHeaders(headers: PassedHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_OUTWARDS.has(name))) as IncomingHttpHeaders;
}
