import { Body, Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Call } from '#contracts/access/call.js';
import { isUuid } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { QuestionRoute } from '#platform/hosting/route.js';
import { ChoiceField, DateField, IdField, LineField } from '#platform/service/fields.js';
import { ApiProblems } from '#platform/service/problem-answer.js';
import { AccessLog } from '#vault/access-log.js';
import { fileOf, sendFile } from '../report/report-answer.js';
import { RosterTemplates } from '../roster/roster-templates.js';
import { ROSTER_PURPOSE, Rosters } from '../roster/rosters.js';
import { Deliveries, over, type Delivery } from './deliveries.js';

export class DeliveryBody {
  @ChoiceField({ of: ['session', 'term'], description: 'One roster, or all of a term in one book.' }) kind: string;
  @IdField() id: string;
  @LineField({ max: 100, description: 'The office it goes to; no name of a person.' }) recipient: string;
  @ChoiceField({ of: ['media', 'email', 'portal'] }) medium: string;
  @LineField({ max: 100, optional: true, description: '媒体番号・封印番号・追跡番号' }) tracking?: string;
}

export class OrderedDeliveryAnswer {
  @ApiProperty({ format: 'uuid' }) deliveryId: string;
  @ApiProperty({ description: 'Shown this once. Tell it by another route than the file goes.' }) password: string;
}

export class DeliveryAnswer {
  @ApiProperty({ format: 'uuid' }) deliveryId: string;
  @ApiProperty({ example: 'term/0190…' }) subject: string;
  @ApiProperty() recipient: string;
  @ApiProperty() medium: string;
  @ApiProperty({ type: String, nullable: true }) tracking: string | null;
  @ApiProperty() orderedBy: string;
  @ApiProperty() orderedAt: string;
  @ApiProperty({ type: String, nullable: true, description: 'Of the sealed file.' }) sha256: string | null;
  @ApiProperty({ type: String, nullable: true }) asOf: string | null;
  @ApiProperty({ type: String, format: 'date', nullable: true }) receivedOn: string | null;
}

export class DeliveriesAnswer {
  @ApiProperty({ type: [DeliveryAnswer] }) deliveries: DeliveryAnswer[];
}

export class ReceivedBody {
  @DateField({ description: 'The day of the receipt form.' }) receivedOn: string;
}

/** Rosters leave sealed, the password by another route, and a record says what left. (P13, P21) */
@ApiTags('deliveries')
@Controller('deliveries')
export class DeliveryHttp {
  constructor(
    @Inject(Deliveries) private readonly deliveries: Deliveries,
    @Inject(Rosters) private readonly rosters: Rosters,
    @Inject(RosterTemplates) private readonly templates: RosterTemplates,
    @Inject(AccessLog) private readonly accessLog: AccessLog,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Orders a sealed roster; answers the password, once, without the file' })
  @QuestionRoute(OrderedDeliveryAnswer)
  order(
    @Body() { kind, id, recipient, medium, tracking }: DeliveryBody,
    @CurrentCall() { caller }: Call,
  ): Promise<OrderedDeliveryAnswer> {
    const order = { subject: `${kind}/${id}`, recipient, medium, ...(tracking !== undefined && { tracking }) };
    return this.deliveries.order(order, caller.accountId);
  }

  @Get()
  @ApiOperation({ summary: '引渡し記録: what left, when, to whom, with which hash' })
  @QuestionRoute(DeliveriesAnswer)
  async list(): Promise<DeliveriesAnswer> {
    return { deliveries: [...(await this.deliveries.all())] as Delivery[] };
  }

  @Get(':deliveryId.xlsx')
  @ApiOperation({ summary: 'The sealed file, once' })
  @ApiOkResponse(fileOf('xlsx'))
  @ApiProblems({
    401: ['not-signed-in'],
    403: ['forbidden'],
    404: ['not-found'],
    409: ['delivery-over'],
    503: ['not-yet', 'unavailable'],
  })
  async file(
    @Param('deliveryId') deliveryId: string,
    @CurrentCall() call: Call,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { subject } = await this.deliveries.known(checked(deliveryId));
    if (!this.deliveries.isWaiting(deliveryId)) throw over();
    const [kind, id] = subject.split('/') as [string, string];
    const read =
      kind === 'term'
        ? await this.rosters.ofTerm(id, undefined, call.callerToken)
        : await this.rosters.ofSession(id, undefined, call.callerToken);
    const form = await this.templates.current();
    const document = kind === 'term' ? form.book(read.rosters) : form.file(read.rosters[0]!);
    const sealed = await this.deliveries.seal(deliveryId, document, read.asOf.position);
    const { caller, metadata } = call;
    await this.accessLog.write({
      ...{ accountId: caller.accountId, action: 'export', purpose: ROSTER_PURPOSE, subjects: [id, deliveryId] },
      ...{ outcome: 'sealed', ...(metadata.correlationId !== undefined && { correlationId: metadata.correlationId }) },
    });
    await sendFile(reply, sealed, `delivery-${deliveryId}.xlsx`, read.asOf.position);
  }

  @Post(':deliveryId/received')
  @ApiOperation({ summary: 'The city has it: the day on its receipt form' })
  @QuestionRoute(DeliveryAnswer, { 404: ['not-found'], 409: ['delivery-not-made'] })
  received(@Param('deliveryId') deliveryId: string, @Body() { receivedOn }: ReceivedBody): Promise<DeliveryAnswer> {
    return this.deliveries.received(checked(deliveryId), receivedOn);
  }
}

/** @throws Refusal `not-found` for what cannot be an id */
function checked(id: string): string {
  if (!isUuid(id)) throw new Refusal('not-found', 'not-found', 'There is no such delivery.');
  return id;
}
