import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '#contracts/access/call.js';
import { Refusal } from '#kernel/refusal.js';

export type { Caller } from '#contracts/access/call.js';

/** The header that carries the gateway's word for the caller; never let in from outside. */
export const CALLER_HEADER = 'uketsuke-caller';

const callers = new WeakMap<FastifyRequest['raw'], Caller>();

export function rememberCaller(request: Pick<FastifyRequest, 'raw'>, caller: Caller): void {
  callers.set(request.raw, caller);
}

/** @throws Refusal `not-signed-in` where no guard has let anybody in */
export function callerOf(request: Pick<FastifyRequest, 'raw'>): Caller {
  const caller = callers.get(request.raw);
  if (caller === undefined) throw new Refusal('not-signed-in', 'not-signed-in', 'Sign in first.');
  return caller;
}

/** `@CurrentCaller() caller: Caller` in a controller behind a `CallerGuard`. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
