import {
  context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Link,
  type Span,
} from '@opentelemetry/api';
import { parseTraceParent, suppressTracing } from '@opentelemetry/core';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';

const tracer = () => trace.getTracer('uketsuke');

/** The `traceparent` of what is being worked on; goes into `Metadata`. `undefined` where nobody traces. */
export function currentTraceparent(): string | undefined {
  const current = trace.getSpanContext(context.active());
  if (!current || !trace.isSpanContextValid(current)) return undefined;
  return `00-${current.traceId}-${current.spanId}-${(current.traceFlags & 1) === 1 ? '01' : '00'}`;
}

/** Links from the span of a batch to the commands behind its events. What is absent or malformed is left out. */
export function linkedTo(traceparents: Iterable<string | undefined>): Link[] {
  return [...new Set(traceparents)].flatMap((traceparent) => {
    const linked = remote(traceparent);
    return linked ? [{ context: linked }] : [];
  });
}

/** Runs `work` in a span that continues `traceparent`, or else what is being worked on. */
export function withTraceparent<Result>(
  traceparent: string | undefined,
  name: string,
  work: () => Promise<Result>,
  links: Link[] = [],
): Promise<Result> {
  const parent = continuing(traceparent, context.active());
  const span = tracer().startSpan(name, { kind: SpanKind.INTERNAL, links }, parent);
  return context.with(trace.setSpan(parent, span), async () => {
    try {
      return await work();
    } catch (error) {
      fail(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** A replay or a rebuild is no news: nothing inside makes a span. */
export function withoutSpans<Result>(work: () => Result): Result {
  return context.with(suppressTracing(context.active()), work);
}

export interface RequestSpan {
  readonly context: Context;
  end(method: string, route: string, status: number): void;
}

/** The span of an incoming request; it gets its name at the end, when the route is known. Never its URL. */
export function startRequestSpan(traceparent: string | undefined, correlationId: string): RequestSpan {
  const parent = continuing(traceparent, ROOT_CONTEXT);
  const attributes = { 'uketsuke.correlation_id': correlationId };
  const span = tracer().startSpan('request', { kind: SpanKind.SERVER, attributes }, parent);
  return {
    context: trace.setSpan(parent, span),
    end(method, route, status) {
      span.updateName(`${method} ${route}`);
      span.setAttributes({ 'http.request.method': method, 'http.route': route, 'http.response.status_code': status });
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

export interface TracingOptions {
  readonly service: string;
  readonly endpoint?: string | undefined;
  readonly spanProcessors?: SpanProcessor[];
}

/** Starts the SDK where there is somebody to send spans to; it is not even loaded otherwise. Answers how to stop it. */
export async function startTracing({
  service,
  endpoint,
  spanProcessors,
}: TracingOptions): Promise<() => Promise<void>> {
  if (endpoint === undefined && spanProcessors === undefined) return () => Promise.resolve();
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-proto');
  const sdk = new NodeSDK({
    serviceName: service,
    // The detectors would send the command line and the name of the machine along.
    autoDetectResources: false,
    instrumentations: [],
    metricReaders: [],
    logRecordProcessors: [],
    ...(spanProcessors
      ? { spanProcessors }
      : { traceExporter: new OTLPTraceExporter({ url: `${endpoint?.replace(/\/$/, '')}/v1/traces` }) }),
  });
  sdk.start();
  return () => sdk.shutdown();
}

function continuing(traceparent: string | undefined, otherwise: Context): Context {
  const parent = remote(traceparent);
  return parent ? trace.setSpanContext(otherwise, parent) : otherwise;
}

function remote(traceparent: string | undefined) {
  const parsed = traceparent === undefined ? null : parseTraceParent(traceparent);
  return parsed && { ...parsed, isRemote: true };
}

/** The kind of error, not its message: that quotes what people typed. */
function fail(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
}
