import type { IncomingMessage, ServerResponse } from 'node:http';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, type RefusalKind } from '#kernel/refusal.js';
import { isTransient } from '../log/connection.js';
import { currentCorrelationId } from './correlation.js';
import type { ServiceLog } from './logging.js';
import { noteSlug } from './request.js';

/** RFC 9457; `slug` is what scripts and screens decide by (design §7). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly slug: string;
  readonly detail: string;
  readonly correlationId?: string;
  readonly [member: string]: unknown;
}

const STATUS_OF_KIND: Readonly<Record<RefusalKind, number>> = {
  invalid: 400,
  'not-signed-in': 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  unprocessable: 422,
  'too-many': 429,
  unavailable: 503,
};

/** For a "no" of the framework, or of the parser before it. Its own message is not passed on: it quotes the request. */
export const OF_STATUS: Readonly<Record<number, readonly [slug: string, title: string, detail: string]>> = {
  400: ['invalid-body', 'Bad Request', 'The request could not be read.'],
  401: ['not-signed-in', 'Unauthorized', 'Sign in first.'],
  403: ['forbidden', 'Forbidden', 'This is not allowed for your role.'],
  404: ['not-found', 'Not Found', 'There is nothing here.'],
  405: ['method-not-allowed', 'Method Not Allowed', 'This cannot be done here.'],
  406: ['not-acceptable', 'Not Acceptable', 'This cannot be answered in the form you accept.'],
  408: ['request-timeout', 'Request Timeout', 'The request took too long to arrive.'],
  409: ['conflict', 'Conflict', 'This does not fit with what is already there.'],
  410: ['gone', 'Gone', 'This is no longer here.'],
  413: ['body-too-large', 'Content Too Large', 'The body is too large.'],
  414: ['url-too-long', 'URI Too Long', 'The address is too long.'],
  415: ['unsupported-media-type', 'Unsupported Media Type', 'Send application/json.'],
  417: ['expectation-failed', 'Expectation Failed', 'What the request expects is not done here.'],
  422: ['unprocessable', 'Unprocessable Content', 'The request cannot be followed.'],
  429: ['too-many', 'Too Many Requests', 'Too many requests; try again later.'],
  431: ['headers-too-large', 'Request Header Fields Too Large', 'The address or the headers are too long.'],
  500: ['internal', 'Internal Server Error', 'Something went wrong on our side.'],
  503: ['unavailable', 'Service Unavailable', 'Not available just now; try again.'],
};

/** How long a refused caller is to wait where the refusal does not say. */
const RETRY_AFTER_SECONDS = 1;

/** The answer to anything thrown. An error that is not a "no" of ours or the framework's tells nothing about itself. */
export function problemOf(thrown: unknown, correlationId = currentCorrelationId()): Problem {
  const refusal = thrown instanceof Refusal ? thrown : undefined;
  const status = refusal ? STATUS_OF_KIND[refusal.kind] : statusOf(thrown);
  const [standardSlug, title, standardDetail] = OF_STATUS[status]!;
  const slug = refusal?.slug ?? standardSlug;
  return {
    ...refusal?.details,
    type: `urn:uketsuke:problem:${slug}`,
    title,
    status,
    slug,
    detail: refusal?.message ?? standardDetail,
    ...(correlationId === undefined ? {} : { correlationId }),
  };
}

/** Also for what never reaches Nest, such as an address that cannot be decoded. */
export function sendProblem(answer: FastifyReply | ServerResponse, problem: Problem): void {
  const raw = 'raw' in answer ? answer.raw : answer;
  noteSlug(raw, problem.slug);
  const { retryAfterSeconds } = problem;
  if (problem.status === 503 || typeof retryAfterSeconds === 'number') {
    raw.setHeader('retry-after', typeof retryAfterSeconds === 'number' ? retryAfterSeconds : RETRY_AFTER_SECONDS);
  }
  raw.setHeader('content-type', 'application/problem+json').setHeader('cache-control', 'no-store');
  // As text: a detail that cannot be written would make Fastify answer with an error of its own.
  const text = JSON.stringify(problem);
  if ('raw' in answer && !answer.sent) answer.status(problem.status).type('application/problem+json').send(text);
  else raw.writeHead(problem.status).end(text);
}

/** The one place where an error becomes an answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: ServiceLog) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest(), http.getResponse());
  }

  /** Also for routes that Nest does not know. */
  answer(thrown: unknown, request: FastifyRequest | IncomingMessage, answer: FastifyReply | ServerResponse): void {
    // What a middleware throws comes with the bare request and answer of Node.
    const asked = 'raw' in request ? request.raw : request;
    const answered = 'raw' in answer ? answer.raw : answer;
    const problem = problemOf(thrown);
    // Whoever hangs up in the middle of a body breaks the reading of it; that is no defect of ours.
    if (problem.status === 500 && !(asked.destroyed && !asked.complete)) {
      const route = ('raw' in request && request.routeOptions.url) || 'unmatched';
      this.log.error('A request failed', { err: thrown, method: asked.method, route });
    } else if (problem.status === 503 && !(thrown instanceof Refusal)) {
      this.log.warn('The database did not answer in time', { err: thrown, method: asked.method });
    }
    // Half an answer is out: the client must not take it for a whole one.
    if (answered.headersSent) answered.destroy();
    else sendProblem(answer, problem);
  }
}

function statusOf(thrown: unknown): number {
  const status = thrown instanceof HttpException ? thrown.getStatus() : fastifyStatusOf(thrown);
  // A database that is busy or away is no defect: whoever asks again is answered
  if (status === undefined && typeof thrown === 'object' && thrown !== null && isTransient(thrown)) return 503;
  if (status === 503) return 503;
  if (status === undefined || status < 400 || status >= 500) return 500;
  return OF_STATUS[status] ? status : 400;
}

/** What Fastify says "no" to before Nest sees it. Any other error with a `statusCode` is a defect, not an answer. */
function fastifyStatusOf(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const { code, statusCode } = thrown as { code?: unknown; statusCode?: unknown };
  if (typeof code !== 'string' || !code.startsWith('FST_')) return undefined;
  return typeof statusCode === 'number' ? statusCode : undefined;
}
