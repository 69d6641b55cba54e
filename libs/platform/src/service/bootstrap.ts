import 'reflect-metadata';
import type { ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyServerOptions } from 'fastify';
import { closingOf } from './closing.js';
import { Readiness } from './health.http.js';
import { Lifecycle, type StopOutcome } from './lifecycle.js';
import { NestLog, ServiceLog } from './logging.js';
import { Metrics } from './metrics.http.js';
import { problemOf, ProblemFilter, sendProblem } from './problem.js';
import { ownProcess } from './process.js';
import { observeRequests } from './request.js';
import { ServiceModule } from './service.module.js';
import type { CommonSettings } from './settings.js';
import { OpenStreams } from './sse.js';
import { startTracing } from './tracing.js';
import { refusalOfUnparsed, setHeaders, takeUnanswered } from './unparsed.js';
import { RequestValidation } from './validation.js';

const BODY_LIMIT = 1_048_576;
/** For a request to arrive whole; without it a slow sender holds a connection for ever. */
const REQUEST_TIMEOUT_MS = 60_000;
const HTTP_STOP_LIMIT_MS = 15_000;
/** What Node would answer by itself is answered in `unparsed.ts`. */
const LET_THROUGH = { requireHostHeader: false } as const;

export interface ServiceOptions {
  /** As in logs, metrics and traces: `reservations`. */
  readonly name: string;
  readonly module: NonNullable<ModuleMetadata['imports']>[number];
  readonly settings: CommonSettings;
  readonly log?: ServiceLog;
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Of answers that are given before a plug-in could add any: to an address or a request that cannot be read. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Last words before the port opens: plug-ins, OpenAPI. */
  readonly configure?: (app: NestFastifyApplication) => unknown;
  /** False in a spec that starts a service inside its own process: no signals, no exit. */
  readonly ownsProcess?: boolean;
}

export interface RunningService {
  readonly url: string;
  readonly app: NestFastifyApplication;
  stop(): Promise<StopOutcome>;
}

/** Starts a service: the process is wired first, the port opens last. */
export async function startService(options: ServiceOptions): Promise<RunningService> {
  const { name, settings } = options;
  const log = options.log ?? new ServiceLog({ service: name, level: settings.logLevel });
  const lifecycle = new Lifecycle(log);
  const owner = options.ownsProcess === false ? undefined : ownProcess(lifecycle, log);
  try {
    lifecycle.onStop('delay', () => wait(settings.shutdownDelayMs), settings.shutdownDelayMs + 1_000);
    lifecycle.onStop('telemetry', await startTracing({ service: name, endpoint: settings.otlpEndpoint }));
    const app = await open(options, log, lifecycle);
    const url = await app.getUrl();
    log.info('Listening', { url, mark: settings.mark, pid: process.pid });
    return { url, app, stop: () => lifecycle.stop() };
  } catch (err) {
    await (owner?.failToStart(err) ?? lifecycle.stop(['delay']));
    throw err;
  }
}

async function open(options: ServiceOptions, log: ServiceLog, lifecycle: Lifecycle): Promise<NestFastifyApplication> {
  const { name, settings, headers = {} } = options;
  const readiness = new Readiness(lifecycle);
  const streams = new OpenStreams(lifecycle);
  const metrics = new Metrics(name, streams);
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    frameworkErrors: unroutable(headers),
    clientErrorHandler: refusalOfUnparsed(headers) as NonNullable<FastifyServerOptions['clientErrorHandler']>,
    ...(options.tls ? { https: { ...options.tls, ...LET_THROUGH } } : { http: LET_THROUGH }),
  });
  const server = adapter.getInstance() as unknown as FastifyInstance;
  // JSON only: a form or a plain text can be sent by a page of another site without being asked first.
  server.removeContentTypeParser('text/plain');
  observeRequests(server, { log, metrics, lifecycle });
  takeUnanswered(server, headers);
  const root = ServiceModule.around({ settings, log, lifecycle, readiness, metrics, streams }, options.module);
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger: new NestLog(log),
    bodyParser: false,
    abortOnError: false,
  });
  lifecycle.onStop('http', closingOf(server, options.tls !== undefined, HTTP_STOP_LIMIT_MS), HTTP_STOP_LIMIT_MS);
  lifecycle.onStop('module', () => app.close());
  app.useGlobalPipes(new RequestValidation());
  app.useGlobalFilters(new ProblemFilter(log));
  await options.configure?.(app);
  await app.listen(settings.port, settings.host);
  return app;
}

/** An address that cannot be decoded never reaches a hook, nor Nest. */
function unroutable(headers: Readonly<Record<string, string>>): NonNullable<FastifyServerOptions['frameworkErrors']> {
  return (error, _request, reply) => {
    setHeaders(reply.raw, headers);
    sendProblem(reply as unknown as FastifyReply, problemOf(error));
  };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
