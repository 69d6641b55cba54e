import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Lifecycle } from './lifecycle.js';

export interface CheckResult {
  readonly ok: boolean;
  /** For the person on call; no personal data, it is answered to anybody. */
  readonly detail?: string;
}

export interface ReadinessReport {
  readonly ok: boolean;
  readonly checks: readonly (CheckResult & { readonly name: string })[];
}

export type Check = () => Promise<CheckResult>;

/** What has to be well for this process to be sent requests. Each part registers the check it understands. */
export class Readiness {
  readonly #checks = new Map<string, { readonly run: Check; readonly limitMs: number }>();
  readonly #running = new Map<string, Promise<CheckResult>>();

  constructor(private readonly lifecycle: Lifecycle) {}

  register(name: string, run: Check, limitMs = 1_000): void {
    if (this.#checks.has(name)) throw new Error(`The readiness check ${name} is registered twice.`);
    this.#checks.set(name, { run, limitMs });
  }

  async report(): Promise<ReadinessReport> {
    if (this.lifecycle.isStopping) return { ok: false, checks: [{ name: 'stopping', ok: false }] };
    const checks = await Promise.all(
      [...this.#checks.keys()].map(async (name) => ({ name, ...(await this.#ask(name)) })),
    );
    return { ok: checks.every(({ ok }) => ok), checks };
  }

  async #ask(name: string): Promise<CheckResult> {
    const { run, limitMs } = this.#checks.get(name)!;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<CheckResult>((resolve) => {
      timer = setTimeout(() => resolve({ ok: false, detail: `no answer within ${limitMs} ms` }), limitMs);
    });
    return Promise.race([this.#once(name, run), limit]).finally(() => clearTimeout(timer));
  }

  /** A check that hangs is not asked again at every probe: the probes wait for the one that is under way. */
  #once(name: string, run: Check): Promise<CheckResult> {
    const running = this.#running.get(name);
    if (running) return running;
    const asked = Promise.resolve()
      .then(run)
      // Not the message: the answer goes to anybody.
      .catch(() => ({ ok: false, detail: 'the check failed' }))
      .finally(() => this.#running.delete(name));
    this.#running.set(name, asked);
    return asked;
  }
}

@Controller('health')
export class HealthController {
  constructor(@Inject(Readiness) private readonly readiness: Readiness) {}

  /** Only that the event loop turns. A database that is away is no reason to restart this process. */
  @Get('live')
  live(): { readonly ok: true } {
    return { ok: true };
  }

  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessReport> {
    const report = await this.readiness.report();
    reply.status(report.ok ? 200 : 503).header('cache-control', 'no-store');
    return report;
  }
}
