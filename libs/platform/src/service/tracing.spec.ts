import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import type { RunningService } from './bootstrap.js';
import { post, startRehearsal } from './rehearsal-desk.js';
import { currentTraceparent, linkedTo, startTracing, withoutSpans, withTraceparent } from './tracing.js';

const incoming = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const [, traceId, spanId] = incoming.split('-');
const parentOf = (name: string) => spans().find((span) => span.name === name)?.parentSpanContext?.spanId;
const exporter = new InMemorySpanExporter();
const spans = () => exporter.getFinishedSpans();

function postLate(url: string, headers: Record<string, string>): Promise<Response> {
  const body = new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 30));
      controller.enqueue(Buffer.from('{"some":"body"}'));
      controller.close();
    },
  });
  const streamed = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    duplex: 'half',
  };
  return fetch(url, streamed as RequestInit);
}

test('where nobody traces, work is done as ever and there is nothing to hand on', async () => {
  expect(await withTraceparent(incoming, 'project', async () => 'done')).toBe('done');
  expect(currentTraceparent()).toBeUndefined();
});

describe('where somebody traces', () => {
  let stop: () => Promise<void>;
  let desk: RunningService;
  beforeAll(async () => {
    stop = await startTracing({ service: 'rehearsal', spanProcessors: [new SimpleSpanProcessor({ exporter })] });
    desk = await startRehearsal();
  });
  afterEach(() => exporter.reset());
  afterAll(async () => {
    await desk.stop();
    await stop();
  });

  test.each([
    ['without a body', (headers: Record<string, string>) => fetch(`${desk.url}/context`, { headers })],
    ['with a body', (headers: Record<string, string>) => post(`${desk.url}/context`, { some: 'body' }, headers)],
    ['with a body that comes late', (headers: Record<string, string>) => postLate(`${desk.url}/context`, headers)],
  ])('a request %s continues the trace and the correlation it came with', async (_, send) => {
    const correlationId = '3f2c1a52-7b1e-4f0e-9d55-0a2f6f0f7a11';
    const response = await send({ traceparent: incoming, 'uketsuke-correlation-id': correlationId });
    const seen = (await response.json()) as { correlationId: string; traceparent: string };
    const [span] = spans();
    expect(span?.spanContext().traceId).toBe(traceId);
    expect(span?.parentSpanContext?.spanId).toBe(spanId);
    expect(seen).toEqual({ correlationId, traceparent: `00-${traceId}-${span?.spanContext().spanId}-01` });
    expect(response.headers.get('uketsuke-correlation-id')).toBe(correlationId);
  });

  test('a request has the name of its route, and nothing of its address', async () => {
    await fetch(`${desk.url}/guests/09012345678?name=typed`, { headers: { traceparent: 'typed' } });
    expect(spans().map(({ name, attributes }) => ({ name, attributes }))).toEqual([
      {
        name: 'GET /guests/:phone',
        attributes: {
          'http.request.method': 'GET',
          'http.route': '/guests/:phone',
          'http.response.status_code': 200,
          'uketsuke.correlation_id': expect.any(String),
        },
      },
    ]);
  });

  test('work continues the trace of the event it comes from, also over awaits', async () => {
    let inside: string | undefined;
    await withTraceparent(incoming, 'project', async () => {
      await new Promise(setImmediate);
      await withTraceparent(undefined, 'write', async () => {
        inside = currentTraceparent();
      });
    });
    expect(spans().map(({ name }) => name)).toEqual(['write', 'project']);
    expect(new Set(spans().map((span) => span.spanContext().traceId))).toEqual(new Set([traceId]));
    expect(parentOf('project')).toBe(spanId);
    expect(parentOf('write')).toBe(spans()[1]?.spanContext().spanId);
    expect(inside).toBe(`00-${traceId}-${spans()[0]?.spanContext().spanId}-01`);
  });

  test('a batch is linked to the commands behind its events, each once', async () => {
    const second = incoming.replace('0af7', '1af7');
    const links = linkedTo([incoming, undefined, second, incoming, 'no traceparent', '']);
    await withTraceparent(undefined, 'batch', async () => undefined, links);
    expect(spans()[0]?.links.map((link) => link.context.traceId)).toEqual([traceId, traceId?.replace('0af7', '1af7')]);
    expect(spans()[0]?.parentSpanContext).toBeUndefined();
  });

  test('a replay makes no spans', async () => {
    await withoutSpans(() =>
      withTraceparent(incoming, 'project', () => withTraceparent(undefined, 'write', async () => 1)),
    );
    expect(spans()).toEqual([]);
  });

  test('work that fails says what kind of error it was, and not its message', async () => {
    const failing = withTraceparent(incoming, 'project', () => Promise.reject(new TypeError('typed')));
    await expect(failing).rejects.toThrow('typed');
    const [span] = spans();
    expect(span).toMatchObject({ status: { code: 2 }, attributes: { 'error.type': 'TypeError' }, events: [] });
    expect(JSON.stringify([span?.attributes, span?.status, span?.events])).not.toContain('typed');
  });
});
