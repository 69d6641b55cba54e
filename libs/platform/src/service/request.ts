import type { IncomingMessage, ServerResponse } from 'node:http';
import { context, type Context } from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isUuid, newId } from '#kernel/ids.js';
import { CORRELATION_HEADER, withCorrelationId } from './correlation.js';
import type { Lifecycle } from './lifecycle.js';
import type { ServiceLog } from './logging.js';
import type { Metrics } from './metrics.http.js';
import { startRequestSpan, type RequestSpan } from './tracing.js';
import { refuseUnkeepable } from './validation.js';

/** What the bootstrap knows about a request from its first byte to its last. */
interface Course {
  readonly correlationId: string;
  readonly span: RequestSpan;
  slug?: string;
}

const courses = new WeakMap<ServerResponse, Course>();

const READ_AWAY_MS = 2_000;
const READ_AWAY_BYTES = 50_000_000;

/** Probes and scrapes come every few seconds and say nothing. */
const QUIET = /^\/(health\/\w+|metrics)$/;

/** The slug of a refusal belongs to the line of its request. */
export function noteSlug(raw: ServerResponse, slug: string): void {
  const course = courses.get(raw);
  if (course) course.slug = slug;
}

export interface Observers {
  readonly log: ServiceLog;
  readonly metrics: Metrics;
  readonly lifecycle: Lifecycle;
}

/** Correlation, trace, log line and numbers of every request, matched or not. Before Nest adds its routes. */
export function observeRequests(server: FastifyInstance, observers: Observers): void {
  server.addHook('onRequest', (request, reply, done) => {
    const course = begin(request, reply);
    const started = performance.now();
    // Not Fastify's onResponse: it does not come when the client has gone, nor for a stream.
    reply.raw.once('close', () => end(request, reply, course, performance.now() - started, observers));
    within(course, done);
  });
  server.addHook('preValidation', (request, _reply, done) => {
    done(attempt(() => [request.params, request.query, request.body].forEach(refuseUnkeepable)));
  });
  server.addHook('onSend', async (request, reply, payload) => {
    // A kept connection would bring its next request to a server that has gone.
    if (observers.lifecycle.isStopping && request.raw.httpVersionMajor === 1) reply.header('connection', 'close');
    if (reply.statusCode === 413) await readAway(request.raw);
    return payload;
  });
}

function begin(request: FastifyRequest, reply: FastifyReply): Course {
  const sent = request.headers[CORRELATION_HEADER];
  // Anything but an id would be free text in every log line.
  const correlationId = typeof sent === 'string' && isUuid(sent) ? sent : newId();
  const { traceparent } = request.headers;
  const span = startRequestSpan(typeof traceparent === 'string' ? traceparent : undefined, correlationId);
  const course: Course = { correlationId, span };
  courses.set(reply.raw, course);
  // On the raw answer, so that a stream carries it too.
  reply.raw.setHeader(CORRELATION_HEADER, correlationId);
  return course;
}

function end(request: FastifyRequest, reply: FastifyReply, course: Course, ms: number, observers: Observers): void {
  const { method } = request;
  const { statusCode: status, writableFinished } = reply.raw;
  // The pattern, never the address: a query may hold anything.
  const route = request.routeOptions.url ?? 'unmatched';
  const { correlationId, slug } = course;
  course.span.end(method, route, status);
  // How long a screen stays open is no measure of the service.
  const isStream = String(reply.raw.getHeader('content-type')).startsWith('text/event-stream');
  if (!isStream) observers.metrics.requests.observe({ method, route, status }, ms / 1_000);
  observers.log[QUIET.test(route) ? 'debug' : 'info']('Request', {
    ...{ method, route, status, ms: Math.round(ms), correlationId, slug },
    ...(writableFinished ? {} : { aborted: true }),
  });
}

/** Closed while the client still writes, the connection is reset and the client never sees why it was refused. */
function readAway(raw: IncomingMessage): Promise<void> | undefined {
  if (raw.readableEnded) return undefined;
  let bytes = 0;
  return new Promise((resolve) => {
    setTimeout(resolve, READ_AWAY_MS).unref();
    raw.once('end', resolve).once('close', resolve);
    raw.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes > READ_AWAY_BYTES) resolve();
    });
  });
}

function within(course: Course, work: () => void): void {
  const spanContext: Context = course.span.context;
  withCorrelationId(course.correlationId, () => context.with(spanContext, work));
}

function attempt(work: () => void): Error | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
