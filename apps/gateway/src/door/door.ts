import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { endpointOf } from '#contracts/access/access-policy.js';
import type { Method } from '#contracts/access/endpoint.js';
import { Refusal } from '#kernel/refusal.js';
import { rememberCaller } from '#platform/service/caller.js';
import { admit } from '#platform/service/caller-guard.js';
import { SETTINGS } from '#platform/service/service.module.js';
import { AccountLog, codeOf } from '../account/account-log.js';
import type { GatewaySettings } from '../gateway.settings.js';
import { tooMany } from '../sign-in/attempts.js';
import { refuseOtherOrigin } from './same-origin.policy.js';
import { Visitors, type Visitor } from './visitors.js';

export const API = '/api';

/** A burst may be as long as what is allowed in two seconds. */
const BURST_SECONDS = 2;

/** The one place that lets a request in; it stands before bodies are read and before anything is forwarded. */
@Injectable()
export class Door {
  private readonly pace: RateLimiterMemory;

  constructor(
    @Inject(Visitors) private readonly visitors: Visitors,
    @Inject(AccountLog) private readonly log: AccountLog,
    @Inject(SETTINGS) { requestsPerSecond }: GatewaySettings,
  ) {
    this.pace = new RateLimiterMemory({ points: requestsPerSecond * BURST_SECONDS, duration: BURST_SECONDS });
  }

  /** Before every route under `/api`. An address that is no route passes: it is answered by 404 and nothing else. */
  guard(server: FastifyInstance): void {
    server.addHook('onRequest', async (request) => {
      const { url = '' } = request.routeOptions;
      if (!request.is404 && url.startsWith(`${API}/`)) await this.admit(request, url.slice(API.length));
    });
    server.addHook('onSend', async (request, reply) => {
      // The route and not the address, which may be written in other ways: /%61pi/me, http://desk/api/me
      if (request.routeOptions.url?.startsWith(`${API}/`)) reply.header('cache-control', 'no-store');
    });
  }

  private async admit(request: FastifyRequest, route: string): Promise<void> {
    const method = (request.method === 'HEAD' ? 'GET' : request.method) as Method;
    refuseOtherOrigin(request);
    const visitor = await this.visitors.visitorOf(request);
    if (visitor) await this.keepPace(visitor);
    await this.checkPolicy(method, route, visitor);
    const hasKey = (request.headers['idempotency-key'] ?? '') !== '';
    if (endpointOf(method, route)?.keyRequired && !hasKey) {
      throw new Refusal('idempotency-key-missing', 'invalid', 'Send an Idempotency-Key of your own with this request.');
    }
    if (visitor) rememberCaller(request, visitor.caller);
  }

  private async checkPolicy(method: Method, route: string, visitor: Visitor | undefined): Promise<void> {
    try {
      admit(method, route, visitor?.caller);
    } catch (refusal) {
      if (visitor) {
        const { accountId } = visitor.caller;
        await this.log.note({ accountId, action: 'refuse', purpose: codeOf(method, route), outcome: 'refused' });
      }
      throw refusal;
    }
  }

  private async keepPace({ key }: Visitor): Promise<void> {
    try {
      await this.pace.consume(key);
    } catch (error) {
      throw error instanceof RateLimiterRes ? tooMany(error.msBeforeNext) : error;
    }
  }
}
