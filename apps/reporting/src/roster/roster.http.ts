import { Readable } from 'node:stream';
import { Body, Controller, Get, Inject, Param, Put, Query, Res } from '@nestjs/common';
import { ApiConsumes, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Call } from '#contracts/access/call.js';
import { isUuid } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { QuestionRoute } from '#platform/hosting/route.js';
import { LineField } from '#platform/service/fields.js';
import { AccessLog } from '#vault/access-log.js';
import type { AskedOf } from '../query/ledger-reading.js';
import { AsOfQuery, FileRoute, sendFile, sendStream } from '../report/report-answer.js';
import { RosterTemplates } from './roster-templates.js';
import { ROSTER_PURPOSE, Rosters } from './rosters.js';

export class TemplateQuery {
  @LineField({ max: 60, optional: true, description: '協議記録の番号' }) agreementNumber?: string;
}

export class TemplateAnswer {
  @ApiProperty({ type: 'integer' }) version: number;
  @ApiProperty() sha256: string;
  @ApiProperty({ type: [String] }) fields: string[];
  @ApiProperty({ type: [Object], description: 'What could be better.' }) advice: object[];
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** 予約者リスト as the city wants it: one file, one book, or a file a session in a zip. (R014, R015, R051) */
@ApiTags('rosters')
@Controller()
export class RosterHttp {
  constructor(
    @Inject(Rosters) private readonly rosters: Rosters,
    @Inject(RosterTemplates) private readonly templates: RosterTemplates,
    @Inject(AccessLog) private readonly accessLog: AccessLog,
  ) {}

  @Get('rosters/:sessionId.xlsx')
  @FileRoute('xlsx', 'The roster of one session, in 五十音 order', { 404: ['not-found'] })
  async session(
    @Param('sessionId') sessionId: string,
    @Query() { asOf }: AsOfQuery,
    @CurrentCall() call: Call,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const read = await this.rosters.ofSession(known(sessionId), asOf, call.callerToken);
    const { form, position } = await this.toWrite(read, call, sessionId);
    await sendFile(reply, form.file(read.rosters[0]!), `roster-${sessionId}.xlsx`, position);
  }

  @Get('rosters/term/:termId.xlsx')
  @FileRoute('xlsx', 'All rosters of a term in one book, a sheet a session', { 404: ['not-found'] })
  async book(
    @Param('termId') termId: string,
    @Query() { asOf }: AsOfQuery,
    @CurrentCall() call: Call,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const read = await this.rosters.ofTerm(known(termId), asOf, call.callerToken);
    const { form, position } = await this.toWrite(read, call, termId);
    await sendFile(reply, form.book(read.rosters), `rosters-${termId}.xlsx`, position);
  }

  @Get('rosters/term/:termId.zip')
  @FileRoute('zip', 'All rosters of a term, a file a session', { 404: ['not-found'] })
  async zip(
    @Param('termId') termId: string,
    @Query() { asOf }: AsOfQuery,
    @CurrentCall() call: Call,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const read = await this.rosters.ofTerm(known(termId), asOf, call.callerToken);
    const { form, position } = await this.toWrite(read, call, termId);
    await sendStream(reply, Readable.from(form.zip(read.rosters)), `rosters-${termId}.zip`, position);
  }

  @Put('templates/roster')
  @ApiOperation({ summary: 'The city’s roster template (.xlsx); refused with its reasons when it cannot be filled' })
  @ApiConsumes(XLSX, 'application/octet-stream')
  @QuestionRoute(TemplateAnswer, { 422: ['template-refused'] })
  async template(
    @Body() bytes: Buffer,
    @Query() { agreementNumber }: TemplateQuery,
    @CurrentCall() { caller }: Call,
  ): Promise<TemplateAnswer> {
    if (!Buffer.isBuffer(bytes)) {
      throw new Refusal('invalid-body', 'invalid', 'Send the .xlsx itself as the body.', { fields: [] });
    }
    const stored = await this.templates.store(bytes, caller.accountId, agreementNumber);
    return { ...stored, fields: [...stored.fields], advice: [...stored.advice] };
  }

  /** The form of now, and before the file leaves: who had which list written. Whose names are in it, reservations has logged. (P11) */
  private async toWrite({ asOf }: { asOf: AskedOf }, { caller, metadata }: Call, subject: string) {
    const form = await this.templates.current();
    await this.accessLog.write({
      ...{ accountId: caller.accountId, action: 'export', purpose: ROSTER_PURPOSE, subjects: [subject] },
      ...{ outcome: 'written', ...(metadata.correlationId !== undefined && { correlationId: metadata.correlationId }) },
    });
    return { form, position: asOf.position };
  }
}

/** @throws Refusal `not-found` for what cannot be the id of anything */
function known(id: string): string {
  if (!isUuid(id)) throw new Refusal('not-found', 'not-found', 'There is no such session or term.');
  return id;
}
