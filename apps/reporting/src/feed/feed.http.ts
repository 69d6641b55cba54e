import { applyDecorators, Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Refusal } from '#kernel/refusal.js';
import { ApiProblems } from '#platform/service/problem-answer.js';
import { AskedFeed, SET, type FeedAsked } from './asked-feed.js';
import { Feeds } from './feeds.js';

const TYPES = { json: 'application/json', csv: 'text/csv' } as const;

/** What all feeds are asked with and answer. */
function FeedRoute(kind: keyof typeof TYPES, summary: string): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary }),
    ApiQuery({ name: 'set', required: false, schema: { type: 'string', pattern: SET.source }, description: '`setId` of the manifest: the files that belong together.' }), // prettier-ignore
    ApiHeader({ name: 'If-None-Match', required: false }),
    ApiOkResponse({ content: { [TYPES[kind]]: { schema: { type: kind === 'json' ? 'object' : 'string' } } } }),
    ApiResponse({ status: 304, description: 'The rows are as the reader has them.' }),
    ApiProblems({
      400: ['invalid-body'],
      401: ['not-signed-in'],
      403: ['forbidden'],
      404: ['no-such-feed'],
      410: ['set-replaced'],
    }),
  );
}

/** Numbers for the city's dashboards: one set at a time, without personal data, small cells hidden. (§5.4) */
@ApiTags('feeds')
@Controller('feeds/v1')
export class FeedHttp {
  constructor(@Inject(Feeds) private readonly feeds: Feeds) {}

  @Get('manifest.json')
  @FeedRoute('json', 'What the set holds, with the SHA-256 of each file')
  manifest(@AskedFeed() asked: FeedAsked, @Res() reply: FastifyReply) {
    return this.send('manifest.json', asked, reply);
  }

  @Get(':dataset.json')
  @ApiParam({ name: 'dataset', type: String })
  @FeedRoute('json', 'A dataset as JSON: `{schemaVersion, generatedAt, asOf, license, rows}`')
  json(@AskedFeed() asked: FeedAsked, @Res() reply: FastifyReply) {
    return this.send(`${asked.dataset}.json`, asked, reply);
  }

  /** `sessions_capacity.csv` for Excel, `sessions_capacity.utf8.csv` for programs, `dictionary.csv`. */
  @Get(':dataset.csv')
  @ApiParam({ name: 'dataset', type: String })
  @FeedRoute('csv', 'A dataset as CSV: with BOM and Japanese headers, or as `.utf8.csv` without')
  csv(@AskedFeed() asked: FeedAsked, @Res() reply: FastifyReply) {
    return this.send(`${asked.dataset}.csv`, asked, reply);
  }

  private send(name: string, { set: setId, known }: FeedAsked, reply: FastifyReply): void | Promise<void> {
    // Whoever has what is newest is told so before anything else is done
    const newest = setId === undefined ? this.feeds.newest() : undefined;
    const file = newest?.files.get(name);
    if (newest !== undefined && file !== undefined && isKnown(known, file.tag)) return unchanged(reply, file.tag, newest.setId); // prettier-ignore
    return this.answer(name, setId, known, reply);
  }

  private async answer(name: string, setId: string | undefined, known: string | undefined, reply: FastifyReply) {
    const set = await this.feeds.set(setId);
    if (set === undefined) {
      throw new Refusal('set-replaced', 'gone', 'This set has been replaced; read the manifest again.');
    }
    const file = set.files.get(name);
    if (file === undefined)
      throw new Refusal('no-such-feed', 'not-found', 'There is no such dataset; see manifest.json.');
    if (isKnown(known, file.tag)) return unchanged(reply, file.tag, set.setId);
    const type = name.endsWith('.json') ? TYPES.json : TYPES.csv;
    void reply.headers({ ...headersOf(file.tag, set.setId), 'content-type': `${type}; charset=utf-8` });
    await reply.send(file.content);
  }
}

function headersOf(tag: string, setId: string) {
  return { etag: tag, 'cache-control': 'no-cache', 'uketsuke-feed-set': setId };
}

function unchanged(reply: FastifyReply, tag: string, setId: string): void {
  void reply.code(304).headers(headersOf(tag, setId)).send();
}

/** `If-None-Match`: a list of tags, weak ones too, or `*`. (RFC 9110 §13.1.2) */
function isKnown(header: string | undefined, tag: string): boolean {
  if (header === undefined || header === tag) return header === tag;
  return header
    .split(',')
    .some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag.replace(/^W\//, ''));
}
