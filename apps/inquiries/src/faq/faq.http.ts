import { Body, Controller, Get, Headers, HttpCode, Inject, Post, Put, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { dateAt } from '#calendar/civil-time.js';
import type { Call } from '#contracts/access/call.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { plain } from '#platform/hosting/plain.js';
import { CommandRoute, QuestionRoute } from '#platform/hosting/route.js';
import { invalidBody } from '#platform/service/validation.js';
import { WAIT_FOR_HEADER } from '#platform/subscription/position-token.js';
import { lineOf, versionLine, type LineState } from './faq-line.js';
import { FaqShelf, type ShelvedFaq, type WrittenVersion } from './faq-shelf.js';
import {
  DraftFaqBody,
  FaqAnswer,
  FaqChanged,
  FaqHitsAnswer,
  FaqListAnswer,
  FaqListQuery,
  FaqTextBody,
  ManyPublished,
  PublishManyBody,
  RetireBody,
  ReviewBody,
  SearchFaqBody,
  SendBackBody,
  VersionBody,
} from './faq.body.js';
import { DraftFaq, PublishFaqs, StepFaq } from './faq.commands.js';
import { faqAnswer } from './faq.handlers.js';
import { faqVersionOf } from './faq.js';

const STEP = { 404: ['not-found'], 409: ['no-such-draft'] } as const;

/** よくある質問: written, approved by somebody else, searched by parts of words, kept in all its versions. (R018, R019) */
@ApiTags('faq')
@Controller('faq')
export class FaqHttp {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(FaqShelf) private readonly shelf: FaqShelf,
  ) {}

  /** What is answered today. In the body, since callers' words do not belong into an address. */
  @Post('search')
  @HttpCode(200)
  @QuestionRoute(FaqHitsAnswer)
  async search(@Body() { text, ...asked }: SearchFaqBody, @Headers(WAIT_FOR_HEADER) position?: string) {
    const hits = await (await this.shelf.upTo(position)).search(text, plain(asked));
    return {
      hits: hits.map(({ faqId, score, ...version }) => ({ ...versionLine(faqId, version, 'published'), score })),
    } satisfies FaqHitsAnswer;
  }

  @Get()
  @QuestionRoute(FaqListAnswer)
  async list(@Query() query: FaqListQuery, @Headers(WAIT_FOR_HEADER) position?: string): Promise<FaqListAnswer> {
    const { state, category, toReview, limit = 2_000, after } = query;
    await this.shelf.upTo(position);
    const page = { limit: limit + 1, after };
    const rows = toReview
      ? await this.shelf.toReview(dateAt(Date.now()), page)
      : await this.shelf.list(state, category, page);
    const found = rows.slice(0, limit);
    const retired = await this.shelf.versions(found.filter((one) => one.state.retired).map(({ id }) => id));
    const lastOf = new Map(retired.map((version) => [version.data.faqId, version]));
    return {
      entries: found.flatMap((one) => lineOf(one, lastOf.get(one.id)) ?? []),
      ...(rows.length > limit && { next: found.at(-1)!.id }),
    };
  }

  @Post()
  @CommandRoute(FaqChanged, { 409: ['faq-exists'] }, 201)
  draft(@CurrentCall() call: Call, @Body() body: DraftFaqBody) {
    const { unlistedTopicId, ...entry } = plain(body);
    return this.commands.execute(new DraftFaq(call, undefined, checked(entry), unlistedTopicId));
  }

  /** All at once, or none: every one as it was read. */
  @Post('publish')
  @CommandRoute(ManyPublished, { 403: ['own-draft'], ...STEP })
  publishMany(@CurrentCall() call: Call, @Body() { entries }: PublishManyBody) {
    return this.commands.execute(new PublishFaqs(call, entries));
  }

  /** With everything that was ever written of it, and who did what when. */
  @Get(':faqId')
  @QuestionRoute(FaqAnswer, { 404: ['not-found'] })
  async read(@IdParam('faqId') faqId: string, @Headers(WAIT_FOR_HEADER) position?: string): Promise<FaqAnswer> {
    const one = await (await this.shelf.upTo(position)).one(faqId);
    const versions = await this.shelf.versions([faqId]);
    return {
      ...{ ...faqAnswer(faqId, one.state), steps: [...one.steps] },
      versions: versions.map((version) => ({
        ...versionLine(faqId, faqVersionOf(version.data), stateOf(one, version)),
        writtenAt: new Date(version.writtenAt).toISOString(),
      })),
    };
  }

  /** A new version; the one that is answered stays until this one is approved. */
  @Put(':faqId')
  @CommandRoute(FaqChanged, { 404: ['not-found'] })
  rewrite(@CurrentCall() call: Call, @IdParam('faqId') faqId: string, @Body() body: FaqTextBody) {
    return this.commands.execute(new DraftFaq(call, faqId, checked(plain(body))));
  }

  @Post(':faqId/publish')
  @CommandRoute(FaqChanged, { 403: ['own-draft'], ...STEP })
  publish(@CurrentCall() call: Call, @IdParam('faqId') faqId: string, @Body() { version }: VersionBody) {
    return this.commands.execute(new StepFaq(call, faqId, { do: 'publish', version }));
  }

  @Post(':faqId/send-back')
  @CommandRoute(FaqChanged, STEP)
  sendBack(@CurrentCall() call: Call, @IdParam('faqId') faqId: string, @Body() body: SendBackBody) {
    const { version, reasonCode } = body;
    return this.commands.execute(new StepFaq(call, faqId, { do: 'sendBack', version, reasonCode }));
  }

  /** It still holds; looked at again on another day. */
  @Post(':faqId/review')
  @CommandRoute(FaqChanged, { 404: ['not-found'], 409: ['not-published'] })
  review(@CurrentCall() call: Call, @IdParam('faqId') faqId: string, @Body() { reviewBy }: ReviewBody) {
    if (reviewBy <= dateAt(Date.now())) throw invalidBody([{ field: 'reviewBy', rules: ['later'] }]);
    return this.commands.execute(new StepFaq(call, faqId, { do: 'review', reviewBy }));
  }

  @Post(':faqId/retire')
  @CommandRoute(FaqChanged, { 404: ['not-found'] })
  retire(@CurrentCall() call: Call, @IdParam('faqId') faqId: string, @Body() { reasonCode }: RetireBody) {
    return this.commands.execute(new StepFaq(call, faqId, { do: 'retire', reasonCode }));
  }
}

/** @throws Refusal `invalid-body` for a validity that ends before it begins */
function checked<Entry extends { validFrom?: string; validTo?: string }>(entry: Entry): Entry {
  const { validFrom, validTo } = entry;
  if (validFrom === undefined || validTo === undefined || validFrom <= validTo) return entry;
  throw invalidBody([{ field: 'validTo', rules: ['notBeforeStart'] }]);
}

function stateOf({ state }: ShelvedFaq, { data }: WrittenVersion): LineState {
  if (state.draft?.version === data.version) return 'waiting';
  if (state.sentBack?.version === data.version) return 'sentBack';
  return state.published?.version === data.version ? 'published' : 'retired';
}
