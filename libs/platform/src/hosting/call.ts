import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Call } from '#contracts/access/call.js';
import { endpointOf } from '#contracts/access/access-policy.js';
import type { Method } from '#contracts/access/endpoint.js';
import { newId } from '#kernel/ids.js';
import { commandIdOf } from '../lane/command-id.js';
import { CALLER_HEADER, callerOf } from '../service/caller.js';
import { currentCorrelationId } from '../service/correlation.js';
import { currentTraceparent } from '../service/tracing.js';

/** `@CurrentCall() call: Call`. Where the policy asks for no key, a call without one is a call of its own. */
export const CurrentCall = createParamDecorator((_: unknown, context: ExecutionContext): Call => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const { method, routeOptions, url, headers, body } = request;
  const caller = callerOf(request);
  const sent = headers['idempotency-key'];
  const token = headers[CALLER_HEADER];
  const keyRequired = endpointOf(method as Method, routeOptions.url ?? '')?.keyRequired ?? true;
  const key = typeof sent === 'string' ? sent : keyRequired ? undefined : newId();
  const correlationId = currentCorrelationId();
  const traceparent = currentTraceparent();
  return {
    caller,
    commandId: commandIdOf({ account: caller.accountId, method, route: url.split('?')[0]!, key }),
    metadata: { ...(correlationId && { correlationId }), ...(traceparent && { traceparent }) },
    body: body ?? null,
    ...(typeof token === 'string' && { callerToken: token }),
  };
});
