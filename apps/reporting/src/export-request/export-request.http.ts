import { Body, Controller, Get, Inject, Post } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Call } from '#contracts/access/call.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { QuestionRoute } from '#platform/hosting/route.js';
import { ChoiceField, IdField, LineField } from '#platform/service/fields.js';
import { AccessLog } from '#vault/access-log.js';
import { DELIVERY_KINDS, DeliveryFiles, purposeOf } from '../delivery/delivery-files.js';
import { EXPORT_PURPOSES, MEDIA, type ExportRequest } from './export-request.policy.js';
import { ExportRequests } from './export-requests.js';

export class ExportRequestBody {
  @ChoiceField({ of: DELIVERY_KINDS, description: 'A roster, all rosters of a term, or its important records (R041).' })
  kind: (typeof DELIVERY_KINDS)[number];
  @IdField({ description: 'Of the session or the term.' }) id: string;
  @ChoiceField({ of: EXPORT_PURPOSES, description: '納品・引渡し・市の求め' }) purpose: string;
  @LineField({ max: 100, description: 'The office it goes to; no name of a person.' }) recipient: string;
  @ChoiceField({ of: MEDIA }) medium: string;
  @LineField({ max: 60, optional: true, description: '媒体番号; required on a medium.' }) mediumNumber?: string;
}

export class RefusedBody {
  @LineField({ max: 200, description: 'Why not; no name of a person.' }) reason: string;
}

export class ExportRequestAnswer {
  @ApiProperty({ format: 'uuid' }) exportRequestId: string;
  @ApiProperty({ example: 'term/0190…' }) subject: string;
  @ApiProperty({ enum: EXPORT_PURPOSES }) purpose: string;
  @ApiProperty() recipient: string;
  @ApiProperty({ enum: MEDIA }) medium: string;
  @ApiProperty({ type: String, nullable: true }) mediumNumber: string | null;
  @ApiProperty({ enum: ['requested', 'approved', 'refused'] }) state: string;
  @ApiProperty() requestedBy: string;
  @ApiProperty({ format: 'date-time' }) requestedAt: string;
  @ApiProperty({ type: String, nullable: true }) decidedBy: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) decidedAt: string | null;
  @ApiProperty({ type: String, nullable: true }) reason: string | null;
}

export class ExportRequestsAnswer {
  @ApiProperty({ type: [ExportRequestAnswer], description: 'The newest 500.' }) exportRequests: ExportRequestAnswer[];
}

const DECIDED = { 403: ['own-request'], 404: ['not-found'], 409: ['export-decided'] } as const;

/** 持出し申請: a file with personal data leaves when one asked for it and another agreed. (§8.20, P08) */
@ApiTags('deliveries')
@Controller('export-requests')
export class ExportRequestHttp {
  constructor(
    @Inject(ExportRequests) private readonly requests: ExportRequests,
    @Inject(DeliveryFiles) private readonly files: DeliveryFiles,
    @Inject(AccessLog) private readonly accessLog: AccessLog,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Asks that a file may leave: what, why, to whom, on what' })
  @QuestionRoute(ExportRequestAnswer, { 404: ['not-found'], 422: ['medium-number-missing', 'purpose-mismatch'] })
  async request(
    @Body() { kind, id, mediumNumber, ...wanted }: ExportRequestBody,
    @CurrentCall() call: Call,
  ): Promise<ExportRequestAnswer> {
    const subject = `${kind}/${id}`;
    await this.files.mustExist(subject);
    const complete = { ...wanted, subject, mediumNumber: mediumNumber ?? null };
    return this.logged(await this.requests.request(complete, call.caller.accountId), call);
  }

  @Get()
  @ApiOperation({ summary: 'What was requested, by whom, and who decided' })
  @QuestionRoute(ExportRequestsAnswer)
  async list(): Promise<ExportRequestsAnswer> {
    return { exportRequests: await this.requests.all() };
  }

  @Post(':exportRequestId/approve')
  @ApiOperation({ summary: 'Agrees; not by whoever asked' })
  @QuestionRoute(ExportRequestAnswer, DECIDED)
  async approve(
    @IdParam('exportRequestId') exportRequestId: string,
    @CurrentCall() call: Call,
  ): Promise<ExportRequestAnswer> {
    return this.logged(await this.requests.decide(exportRequestId, 'approved', call.caller.accountId, null), call);
  }

  @Post(':exportRequestId/refuse')
  @ApiOperation({ summary: 'Does not agree, and says why' })
  @QuestionRoute(ExportRequestAnswer, DECIDED)
  async refuse(
    @IdParam('exportRequestId') exportRequestId: string,
    @Body() { reason }: RefusedBody,
    @CurrentCall() call: Call,
  ): Promise<ExportRequestAnswer> {
    return this.logged(await this.requests.decide(exportRequestId, 'refused', call.caller.accountId, reason), call);
  }

  /** Who asked and who agreed stands in the chain of the access log too, where nobody can write it later. */
  private async logged(request: ExportRequest, { caller, metadata }: Call): Promise<ExportRequest> {
    const { subject, exportRequestId, state } = request;
    await this.accessLog.write({
      ...{ accountId: caller.accountId, action: 'export', purpose: purposeOf(subject), outcome: state },
      subjects: [subject.split('/')[1]!, exportRequestId],
      ...(metadata.correlationId !== undefined && { correlationId: metadata.correlationId }),
    });
    return request;
  }
}
