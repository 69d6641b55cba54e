import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Refusal } from '#kernel/refusal.js';
import { LineField } from '#platform/service/fields.js';
import { ApiProblems } from '#platform/service/problem-answer.js';
import { Feeds } from './feeds.js';

export class FeedQuery {
  @LineField({ max: 64, optional: true, description: '`setId` of the manifest: the files that belong together.' })
  set?: string;
}

const PROBLEMS = { 401: ['not-signed-in'], 403: ['forbidden'], 404: ['no-such-feed'], 410: ['set-replaced'] } as const;

/** Numbers for the city's dashboards: one set at a time, without personal data, small cells hidden. (§5.4) */
@ApiTags('feeds')
@Controller('feeds/v1')
export class FeedHttp {
  constructor(@Inject(Feeds) private readonly feeds: Feeds) {}

  @Get('manifest.json')
  @ApiOperation({ summary: 'What the set holds, with the SHA-256 of each file' })
  @ApiHeader({ name: 'If-None-Match', required: false })
  @ApiOkResponse({ content: { 'application/json': { schema: { type: 'object' } } } })
  @ApiProblems(PROBLEMS)
  manifest(@Query() query: FeedQuery, @Res() reply: FastifyReply, @Headers('if-none-match') known?: string) {
    return this.send('manifest.json', query, reply, known);
  }

  @Get(':dataset.json')
  @ApiOperation({ summary: 'A dataset as JSON: `{schemaVersion, generatedAt, asOf, license, rows}`' })
  @ApiHeader({ name: 'If-None-Match', required: false })
  @ApiOkResponse({ content: { 'application/json': { schema: { type: 'object' } } } })
  @ApiProblems(PROBLEMS)
  json(
    @Param('dataset') dataset: string,
    @Query() query: FeedQuery,
    @Res() reply: FastifyReply,
    @Headers('if-none-match') known?: string,
  ) {
    return this.send(`${dataset}.json`, query, reply, known);
  }

  /** `sessions_capacity.csv` for Excel, `sessions_capacity.utf8.csv` for programs, `dictionary.csv`. */
  @Get(':dataset.csv')
  @ApiOperation({ summary: 'A dataset as CSV: with BOM and Japanese headers, or as `.utf8.csv` without' })
  @ApiHeader({ name: 'If-None-Match', required: false })
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  @ApiProblems(PROBLEMS)
  csv(
    @Param('dataset') dataset: string,
    @Query() query: FeedQuery,
    @Res() reply: FastifyReply,
    @Headers('if-none-match') known?: string,
  ) {
    return this.send(`${dataset}.csv`, query, reply, known);
  }

  private async send(name: string, { set: setId }: FeedQuery, reply: FastifyReply, known?: string): Promise<void> {
    const set = await this.feeds.set(setId);
    if (set === undefined) {
      throw new Refusal('set-replaced', 'gone', 'This set has been replaced; read the manifest again.');
    }
    const file = set.files.get(name);
    if (file === undefined)
      throw new Refusal('no-such-feed', 'not-found', 'There is no such dataset; see manifest.json.');
    const { tag } = file;
    void reply.header('etag', tag).header('cache-control', 'no-cache').header('uketsuke-feed-set', set.setId);
    if (known !== undefined && matches(known, tag)) {
      await reply.status(304).send();
      return;
    }
    await reply
      .header('content-type', name.endsWith('.json') ? 'application/json; charset=utf-8' : 'text/csv; charset=utf-8')
      .send(file.content);
  }
}

/** `If-None-Match`: a list of tags, weak ones too, or `*`. (RFC 9110 §13.1.2) */
function matches(header: string, tag: string): boolean {
  return header
    .split(',')
    .some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag.replace(/^W\//, ''));
}
