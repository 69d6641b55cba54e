import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { endpointOf, verdictOn } from '#contracts/access/access-policy.js';
import { INTERNAL_PREFIX, type Method } from '#contracts/access/endpoint.js';
import { Refusal } from '#kernel/refusal.js';
import { CALLER_HEADER, rememberCaller, type Caller } from './caller.js';
import type { CallerVerifier } from './caller-token.js';

/** What probes ask for; it tells nothing about anybody. */
const OPEN = /^\/(health\/\w+|metrics|openapi\.json)$/;

/** Lets in whom the gateway vouches for, to what the access policy gives them; a service has no other door. */
@Injectable()
export class CallerGuard implements CanActivate {
  constructor(private readonly verifier: CallerVerifier) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const route = request.routeOptions.url ?? '';
    if (OPEN.test(route)) return true;
    const token = request.headers[CALLER_HEADER];
    const caller = typeof token === 'string' ? await this.verifier.verify(token) : undefined;
    if (caller === undefined) throw new Refusal('not-signed-in', 'not-signed-in', 'Sign in first.');
    if (!route.startsWith(INTERNAL_PREFIX)) admit(request.method as Method, route, caller);
    rememberCaller(request, caller);
    return true;
  }
}

/** @throws Refusal `not-signed-in` 401, `forbidden` 403 (also for a handler without valid training and designation) */
export function admit(method: Method, route: string, caller: Caller | undefined): void {
  switch (verdictOn(endpointOf(method, route), caller)) {
    case 'allowed':
      return;
    case 'not-signed-in':
      throw new Refusal('not-signed-in', 'not-signed-in', 'Sign in first.');
    case 'forbidden':
      throw new Refusal('forbidden', 'forbidden', 'This is not allowed for your role.');
    case 'not-designated':
      throw new Refusal(
        'forbidden',
        'forbidden',
        'Personal data is only for handlers with a valid training record and a designation.',
        { reason: 'not-designated' },
      );
  }
}
