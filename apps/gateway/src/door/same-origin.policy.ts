import type { FastifyRequest } from 'fastify';
import { Refusal } from '#kernel/refusal.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A page of another site may not have its visitor do something here. A browser says where a request comes from; a script
 * says nothing and is let through, since it has no cookie of somebody else (design §7).
 * @throws Refusal `forbidden` with reason `other-origin`
 */
export function refuseOtherOrigin({ method, protocol, headers, host }: FastifyRequest): void {
  if (SAFE.has(method)) return;
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  const isOurs =
    (origin === undefined || origin === `${protocol}://${host}`) && (site === undefined || site === 'same-origin');
  if (isOurs) return;
  throw new Refusal('forbidden', 'forbidden', 'This may only be asked for from the pages of the desk.', {
    reason: 'other-origin',
  });
}
