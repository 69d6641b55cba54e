import type { FastifyReply, FastifyRequest } from 'fastify';

/** `__Host-` binds a cookie to this host and to TLS, and a browser keeps it from plain http even on loopback. */
const NAMES = { tls: '__Host-uketsuke', plain: 'uketsuke' } as const;

function nameFor({ protocol }: FastifyRequest): string {
  return protocol === 'https' ? NAMES.tls : NAMES.plain;
}

export function signInIdOf(request: FastifyRequest): string | undefined {
  const id = request.cookies[nameFor(request)];
  return id === undefined || id === '' ? undefined : id;
}

/** Lax and not Strict: a link to the desk from a mail opens signed in; what changes something is looked at besides. */
export function giveCookie(request: FastifyRequest, reply: FastifyReply, id: string): void {
  reply.setCookie(nameFor(request), id, attributes(request));
}

export function takeCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(nameFor(request), attributes(request));
}

function attributes({ protocol }: FastifyRequest) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: protocol === 'https' } as const;
}
