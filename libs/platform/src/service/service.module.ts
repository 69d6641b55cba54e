import { Module, type DynamicModule } from '@nestjs/common';
import { HealthController, Readiness } from './health.http.js';
import { Lifecycle } from './lifecycle.js';
import { ServiceLog } from './logging.js';
import { Metrics, MetricsController } from './metrics.http.js';
import { OpenStreams } from './sse.js';

/** `@Inject(SETTINGS)` gives the frozen settings the service was started with. */
export const SETTINGS = Symbol('settings');

export interface ServiceParts {
  readonly settings: object;
  readonly log: ServiceLog;
  readonly lifecycle: Lifecycle;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  readonly streams: OpenStreams;
}

/** What the bootstrap has for every module: inject the classes by their names. */
@Module({})
export class ServiceModule {
  static around(parts: ServiceParts, module: NonNullable<DynamicModule['imports']>[number]): DynamicModule {
    const providers = [
      { provide: SETTINGS, useValue: parts.settings },
      { provide: ServiceLog, useValue: parts.log },
      { provide: Lifecycle, useValue: parts.lifecycle },
      { provide: Readiness, useValue: parts.readiness },
      { provide: Metrics, useValue: parts.metrics },
      { provide: OpenStreams, useValue: parts.streams },
    ];
    return {
      module: ServiceModule,
      global: true,
      imports: [module],
      controllers: [HealthController, MetricsController],
      providers,
      exports: providers.map(({ provide }) => provide),
    };
  }
}
