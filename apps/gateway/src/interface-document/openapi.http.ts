import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiTags, type OpenAPIObject } from '@nestjs/swagger';
import { asyncApiOf } from '#contracts/asyncapi.js';
import type { JsonSchema } from '#contracts/event-catalogue.js';
import { topics } from '#contracts/topics.js';
import { DEFAULT_PARTITIONS } from '#platform/log/log.migration.js';
import { ApiProblems } from '#platform/service/problem-answer.js';
import { OpenApiDocument } from './openapi-document.js';

@ApiTags('documents')
@Controller('api')
export class OpenApiHttp {
  constructor(@Inject(OpenApiDocument) private readonly document: OpenApiDocument) {}

  @Get('openapi.json')
  @ApiOkResponse({ description: 'This document.', schema: { type: 'object' } })
  @ApiProblems({ 503: ['unavailable'] })
  openApi(): Promise<OpenAPIObject> {
    return this.document.whole();
  }

  @Get('asyncapi.json')
  @ApiOkResponse({ description: 'What the services tell each other, as AsyncAPI 3.', schema: { type: 'object' } })
  asyncApi(): JsonSchema {
    return asyncApiOf({ version: '1.0.0', partitions: DEFAULT_PARTITIONS, topics });
  }
}
