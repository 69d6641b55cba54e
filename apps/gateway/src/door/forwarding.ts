import replyFrom from '@fastify/reply-from';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { accessPolicy } from '#contracts/access/access-policy.js';
import type { BehindTheGateway, Endpoint } from '#contracts/access/endpoint.js';
import { Refusal } from '#kernel/refusal.js';
import { callerOf } from '#platform/service/caller.js';
import { ServiceLog } from '#platform/service/logging.js';
import { ProblemFilter, problemOf, sendProblem } from '#platform/service/problem.js';
import { SETTINGS } from '#platform/service/service.module.js';
import { OpenStreams } from '#platform/service/sse.js';
import { upstreamsOf, type GatewaySettings } from '../gateway.settings.js';
import { API } from './door.js';
import { answerHeaders, requestHeaders } from './passed-headers.js';
import { Visitors } from './visitors.js';
import { Vouching } from './vouching.js';

const BODY_LIMIT = 1_048_576;
/** A schedule of a city, a day of the telephone system. */
const FILE_LIMIT = 5 * 1_048_576;
const FILE_TYPES = [
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'text/csv',
  'text/plain',
  'application/octet-stream',
];
const FILE_PATHS: readonly string[] = ['/sessions/import', '/calls/import'];
const takesFile = ({ method, path }: Endpoint): boolean =>
  (method === 'POST' && FILE_PATHS.includes(path)) || (method === 'PUT' && path.startsWith('/templates/'));

/** For a service to begin its answer; what it streams afterwards may go on for ever. */
const ANSWER_BEGINS_MS = 60_000;

/** Hands a request on to the service of its endpoint, body and answer as they are, with the gateway's word for the caller. */
@Injectable()
export class Forwarding {
  private readonly upstreams: Readonly<Record<BehindTheGateway, string>>;
  private readonly stillInMs: number;

  constructor(
    @Inject(SETTINGS) settings: GatewaySettings,
    @Inject(Vouching) private readonly vouching: Vouching,
    @Inject(Visitors) private readonly visitors: Visitors,
    @Inject(OpenStreams) private readonly streams: OpenStreams,
    @Inject(ServiceLog) private readonly log: ServiceLog,
  ) {
    this.stillInMs = settings.stillInMs;
    this.upstreams = upstreamsOf(settings);
  }

  /** A route for every endpoint of the policy that a service answers, and for no other. */
  async route(server: FastifyInstance): Promise<void> {
    await server.register(replyFrom, {
      // No limit of connections: every open screen holds one.
      undici: { connections: null, headersTimeout: ANSWER_BEGINS_MS, bodyTimeout: 0, keepAliveTimeout: 30_000 },
      disableCache: true,
      disableRequestLogging: true,
      destroyAgent: true,
    });
    const forwarded = accessPolicy.filter(({ service }) => service !== 'gateway');
    const problems = new ProblemFilter(this.log);
    const answerProblem: Parameters<FastifyInstance['setErrorHandler']>[0] = (error, request, reply) =>
      problems.answer(error, request, reply);
    await server.register(async (scope) => {
      scope.setErrorHandler(answerProblem);
      // Bodies stay bytes: the service checks them.
      scope.removeAllContentTypeParsers();
      takeBytes(scope, 'application/json', BODY_LIMIT);
      for (const endpoint of forwarded.filter((one) => !takesFile(one))) this.add(scope, endpoint, BODY_LIMIT);
    });
    await server.register(async (scope) => {
      scope.setErrorHandler(answerProblem);
      scope.removeAllContentTypeParsers();
      for (const type of FILE_TYPES) takeBytes(scope, type, FILE_LIMIT);
      for (const endpoint of forwarded.filter(takesFile)) this.add(scope, endpoint, FILE_LIMIT);
    });
  }

  private add(scope: FastifyInstance, { method, path, service }: Endpoint, bodyLimit: number): void {
    const upstream = this.upstreams[service as BehindTheGateway];
    scope.route({
      method,
      url: API + path,
      bodyLimit,
      exposeHeadRoute: false,
      handler: async (request, reply) => {
        const word = await this.vouching.wordFor(callerOf(request));
        return this.forward(request, reply, upstream + pathOf(path, request.params as Record<string, string>), word);
      },
    });
  }

  private forward(request: FastifyRequest, reply: FastifyReply, address: string, word: string): FastifyReply {
    const body = request.body as Buffer | undefined;
    const type = request.headers['content-type'];
    return reply.from(address, {
      ...(body && body.length > 0 && type !== undefined && { body, contentType: type }),
      // Left alone, the library repeats a GET up to ten times when a service says 503.
      retryDelay: () => null,
      rewriteRequestHeaders: (_, headers) => requestHeaders(headers, word),
      rewriteHeaders: answerHeaders,
      onResponse: (_, answer, upstream) => {
        if (String(answer.getHeader('content-type')).startsWith('text/event-stream')) {
          this.watch(request, answer as FastifyReply);
        }
        void answer.send(upstream.stream);
      },
      onError: (answer, { error }) => {
        this.log.warn('A service does not answer', { err: error, route: request.routeOptions.url });
        sendProblem(answer as FastifyReply, problemOf(unavailable()));
      },
    });
  }

  /** Ends an open answer when the service stops or when its visitor is no longer signed in. */
  private watch(request: FastifyRequest, reply: FastifyReply): void {
    this.streams.track(reply);
    const { raw } = reply;
    const looking = setInterval(() => {
      this.visitors.visitorOf(request, false).then(
        (visitor) => visitor ?? raw.end(),
        () => undefined,
      );
    }, this.stillInMs);
    raw.once('close', () => clearInterval(looking));
  }
}

export function unavailable(): Refusal {
  return new Refusal('unavailable', 'unavailable', 'This part of the desk does not answer just now; try again.');
}

/** Not the address as it came: `..` in it would lead to another door of the service. */
function pathOf(pattern: string, params: Readonly<Record<string, string>>): string {
  return pattern.replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name]!;
    if (!/^[\w-]/.test(value) || /[/\\]|\.\./.test(value))
      throw new Refusal('not-found', 'not-found', 'There is nothing here.');
    return encodeURIComponent(value);
  });
}

function takeBytes(scope: FastifyInstance, type: string, bodyLimit: number): void {
  scope.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
}
