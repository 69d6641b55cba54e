import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { CALLER_HEADER } from './caller.js';

/** Answers `/openapi.json` of a service, which tells nothing about anybody; for `configure` of its bootstrap. */
export function serveOpenApi(app: NestFastifyApplication, title: string): void {
  const about = new DocumentBuilder()
    .setTitle(title)
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addApiKey({ type: 'apiKey', in: 'header', name: CALLER_HEADER }, 'caller')
    .addSecurityRequirements('caller')
    .build();
  const document = SwaggerModule.createDocument(app, about);
  // The probes of every service are no part of what it offers
  for (const path of Object.keys(document.paths)) {
    if (/^\/(health|metrics)(\/|$)/.test(path)) delete document.paths[path];
  }
  const text = JSON.stringify(document);
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  server.get('/openapi.json', (_, reply) => reply.type('application/json').send(text));
}
