import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { endpointOf } from '#contracts/access/access-policy.js';
import type { Method } from '#contracts/access/endpoint.js';
import type { Metadata } from '#kernel/envelope.js';
import { newId } from '#kernel/ids.js';
import { commandIdOf } from '../lane/command-id.js';
import { callerOf, type Caller } from '../service/caller.js';
import { currentCorrelationId } from '../service/correlation.js';
import { currentTraceparent } from '../service/tracing.js';

/** A request that wants something done: who asks, under which key, and what set it in motion. */
export interface Call {
  readonly caller: Caller;
  readonly commandId: string;
  readonly metadata: Metadata;
  /** What the caller's key stands for: the same key with another body is refused. */
  readonly body: unknown;
}

/** `@CurrentCall() call: Call`. Where the policy asks for no key, a call without one is a call of its own. */
export const CurrentCall = createParamDecorator((_: unknown, context: ExecutionContext): Call => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const { method, routeOptions, url, headers, body } = request;
  const caller = callerOf(request);
  const sent = headers['idempotency-key'];
  const keyRequired = endpointOf(method as Method, routeOptions.url ?? '')?.keyRequired ?? true;
  const key = typeof sent === 'string' ? sent : keyRequired ? undefined : newId();
  const correlationId = currentCorrelationId();
  const traceparent = currentTraceparent();
  return {
    caller,
    commandId: commandIdOf({ account: caller.accountId, method, route: url.split('?')[0]!, key }),
    metadata: { ...(correlationId && { correlationId }), ...(traceparent && { traceparent }) },
    body: body ?? null,
  };
});
