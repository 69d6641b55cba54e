import { Body, Controller, Get, Inject, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Call } from '#contracts/access/call.js';
import { Refusal } from '#kernel/refusal.js';
import { Planned } from '#plan/planned.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { CommandRoute, QuestionRoute } from '#platform/hosting/route.js';
import { Rows } from '#platform/hosting/rows.js';
import { DateField } from '#platform/service/fields.js';
import { ApiProblems } from '#platform/service/problem-answer.js';
import { SETTINGS } from '#platform/service/service.module.js';
import type { InquiriesSettings } from '../settings.js';
import { PrintPaperPack, ReturnPaperPack } from './paper-pack.handlers.js';
import { paperPackPdf } from './paper-pack.pdf.js';
import { PACK_COLUMNS, type PackRow } from './paper-pack.row.js';
import { PaperPackBody, PaperPackReturnBody, PackPrinted, PackReturned, PacksAnswer } from './paper-pack.body.js';
import { PublishedFaq } from './published-faq.js';

export class PacksQuery {
  @DateField() date: string;
}

/** The paper of an outage, printed each morning. (§8.17) */
@ApiTags('paper packs')
@Controller('paper-packs')
export class PaperPacksHttp {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(Rows) private readonly rows: Rows,
    @Inject(Planned) private readonly planned: Planned,
    @Inject(PublishedFaq) private readonly faq: PublishedFaq,
    @Inject(SETTINGS) private readonly settings: Pick<InquiriesSettings, 'mark'>,
  ) {}

  @Get()
  @QuestionRoute(PacksAnswer)
  async list(@Query() { date }: PacksQuery): Promise<PacksAnswer> {
    const rows = await this.rows.all<PackRow>(
      'paper-packs',
      `select ${PACK_COLUMNS} from paper_pack where date = $1 order by printed_at, pack_id`,
      [date],
    );
    return {
      packs: rows.map(({ pack_id, term_id, state, forms, tokens, printed_at }) => ({
        ...{ packId: pack_id, date, termId: term_id, state, forms, printedAt: new Date(printed_at).toISOString() },
        tokens: tokens.map((one) => ({ ...one })),
      })),
    };
  }

  /** Holds the seats, and numbers the forms. Cut off, the same request goes on where it was. */
  @Post()
  @CommandRoute(PackPrinted, { 409: ['term-not-open'] }, 201)
  print(@CurrentCall() call: Call, @Body() body: PaperPackBody) {
    const { termId, seatsPerSession = 1, forms = 50 } = body;
    return this.commands.execute(new PrintPaperPack(call, { termId, seatsPerSession, forms }));
  }

  @Get(':packId/pack.pdf')
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } }, description: 'The pack.' }) // prettier-ignore
  @ApiProblems({ 401: ['not-signed-in'], 403: ['forbidden'], 404: ['not-found'], 503: ['unavailable'] })
  async pdf(@IdParam('packId') packId: string, @Res() reply: FastifyReply): Promise<void> {
    const pack = await this.rows.first<PackRow>('paper-pack', `select ${PACK_COLUMNS} from paper_pack where pack_id = $1`, [packId]); // prettier-ignore
    if (pack === undefined) throw new Refusal('not-found', 'not-found', 'There is no such pack.');
    const sessions = await this.planned.sessions([...new Set(pack.tokens.map(({ sessionId }) => sessionId))]);
    const faq = await this.faq.on(pack.date);
    const file = await paperPackPdf({ pack, sessions, faq, specimen: this.settings.mark !== 'production' });
    await reply
      .type('application/pdf')
      .header('content-disposition', `inline; filename="paper-pack-${pack.date}.pdf"`)
      .send(file);
  }

  /** What was used, when the desk runs again: every other seat is let go of. */
  @Post(':packId/return')
  @CommandRoute(PackReturned, {
    404: ['not-found'],
    409: ['unknown-token', 'paper-not-keyed', 'more-than-printed'],
  })
  giveBack(@CurrentCall() call: Call, @IdParam('packId') packId: string, @Body() body: PaperPackReturnBody) {
    return this.commands.execute(new ReturnPaperPack(call, packId, body.usedTokens, body.formsUsed));
  }
}
