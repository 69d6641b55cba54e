import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import { startService, type RunningService, type ServiceOptions } from '#platform/service/bootstrap.js';
import { AppModule } from './app.module.js';
import { Door } from './door/door.js';
import { Forwarding } from './door/forwarding.js';
import { tlsOf, type GatewaySettings } from './gateway.settings.js';
import { OpenApiDocument } from './interface-document/openapi-document.js';

const HSTS_SECONDS = 31_536_000;

/** Scripts, styles and fonts of our own and nothing else; no page of another site may frame the desk. */
const CONTENT = {
  ...{ defaultSrc: ["'none'"], scriptSrc: ["'self'"], styleSrc: ["'self'"], fontSrc: ["'self'"] },
  ...{ imgSrc: ["'self'", 'data:'], connectSrc: ["'self'"], formAction: ["'self'"] },
  ...{ frameAncestors: ["'none'"], baseUri: ["'none'"] },
};

/** What helmet says on the others too, for answers that no plug-in sees. */
function headersOf(hsts: string | undefined): Record<string, string> {
  const policy = Object.entries(CONTENT).map(
    ([name, values]) => `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${values.join(' ')}`,
  );
  return {
    'content-security-policy': policy.join(';'),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    ...(hsts !== undefined && { 'strict-transport-security': hsts }),
  };
}

/** For whoever opens the address in a browser: it is no route of the desk, needs no session and tells nothing of it. */
const WELCOME =
  'Uketsuke is an API for now, without a screen. Sign in (POST /api/sign-in); /api/openapi.json then describes it.\n';

/** @throws DoorProblem when it would stand open without TLS */
export function startGateway(
  settings: GatewaySettings,
  options: Pick<ServiceOptions, 'log' | 'ownsProcess'> = {},
): Promise<RunningService> {
  const tls = tlsOf(settings);
  return startService({
    name: 'gateway',
    module: AppModule.of(settings),
    settings,
    ...options,
    ...(tls && { tls }),
    headers: headersOf(tls && `max-age=${HSTS_SECONDS}`),
    async configure(app) {
      const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
      await server.register(helmet, {
        contentSecurityPolicy: { useDefaults: false, directives: CONTENT },
        frameguard: { action: 'deny' },
        referrerPolicy: { policy: 'no-referrer' },
        hsts: tls ? { maxAge: HSTS_SECONDS, includeSubDomains: false } : false,
      });
      await server.register(cookie);
      app.get(Door).guard(server);
      server.get('/', (_request, reply) => reply.type('text/plain; charset=utf-8').send(WELCOME));
      await app.get(Forwarding).route(server);
      app.get(OpenApiDocument).describe(app);
    },
  });
}
