import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { OpenStreams } from './sse.js';

/** The numbers of this process. A part adds its own with `registers: [metrics.registry]`. */
export class Metrics {
  /** Not the library's global one: two apps in a process would add to each other's numbers. */
  readonly registry = new Registry();

  /** Rate, errors and duration of requests. The route is its pattern: paths would be without number, and hold ids. */
  readonly requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });

  constructor(service: string, streams: OpenStreams) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: 'http_open_streams',
      help: 'Open-ended answers, such as the live feed of a screen.',
      registers: [this.registry],
      collect() {
        this.set(streams.count);
      },
    });
  }
}

@Controller('metrics')
export class MetricsController {
  constructor(@Inject(Metrics) private readonly metrics: Metrics) {}

  @Get()
  async read(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    reply.header('content-type', this.metrics.registry.contentType);
    return this.metrics.registry.metrics();
  }
}
