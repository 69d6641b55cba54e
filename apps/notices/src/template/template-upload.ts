import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const ROUTES: ReadonlySet<string | undefined> = new Set(['/templates/notice', '/templates/notice/preview']);
const LARGEST_FILE = 5 * 1024 * 1024;

/** Lets a template through as bytes, on the routes that ask for one and on no other. */
@Injectable()
export class TemplateUpload implements OnModuleInit {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    const types = [DOCX, 'application/octet-stream'];
    server.addContentTypeParser(types, { parseAs: 'buffer', bodyLimit: LARGEST_FILE }, (request, content, done) => {
      if (ROUTES.has(request.routeOptions.url)) done(null, content);
      else done(new UnsupportedHere());
    });
  }
}

/** Told like Fastify's own refusal of a type it does not know. */
class UnsupportedHere extends Error {
  readonly code = 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
  readonly statusCode = 415;
}
