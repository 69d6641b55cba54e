import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';

export const TEXT = 'text/plain';
export const CSV = 'text/csv';
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The routes that ask for a file; all others are sent JSON. */
const ROUTES: readonly string[] = ['/calls/import', '/faq/import'];
const LARGEST_FILE = 5 * 1024 * 1024;

/** Lets a file through as bytes, on the routes that ask for one and on no other. */
@Injectable()
export class FileUpload implements OnModuleInit {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    // Fastify reads text/plain as a text by itself; here it is a file like the others
    server.removeContentTypeParser(TEXT);
    server.addContentTypeParser(
      [TEXT, CSV, XLSX, DOCX],
      { parseAs: 'buffer', bodyLimit: LARGEST_FILE },
      (request, content, done) => {
        if (ROUTES.includes(request.routeOptions.url ?? '')) done(null, content);
        else done(new UnsupportedHere());
      },
    );
  }
}

/** Told like Fastify's own refusal of a type it does not know. */
class UnsupportedHere extends Error {
  readonly code = 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
  readonly statusCode = 415;
}
