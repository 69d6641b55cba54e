import { Body, Controller, Get, Inject, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Call } from '#contracts/access/call.js';
import { deliveryReceiptPaper } from '#office/report/delivery-receipt-paper.js';
import { paperFile } from '#office/report/paper-file.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { QuestionRoute } from '#platform/hosting/route.js';
import { AccessLog } from '#vault/access-log.js';
import { mustBeApproved } from '../export-request/export-request.policy.js';
import { ExportRequests } from '../export-request/export-requests.js';
import { DeskNotes } from '../report/desk-facts.js';
import { FileRoute, sendFile } from '../report/report-answer.js';
import { Specimen } from '../report/specimen.js';
import {
  DeliveriesAnswer,
  DeliveryAnswer,
  DeliveryBody,
  DestroyedBody,
  HandedOverBody,
  OrderedDeliveryAnswer,
  ReceivedBody,
} from './delivery.body.js';
import { Deliveries, over } from './deliveries.js';
import { DeliveryFiles, purposeOf } from './delivery-files.js';
import { receiptOf } from './delivery-receipt.js';

const STEP = { 404: ['not-found'], 409: ['delivery-not-made', 'delivery-recorded'] } as const;

/** Files leave sealed and approved, the password by another route, and a record says what left. (P13, P21, §8.20) */
@ApiTags('deliveries')
@Controller('deliveries')
export class DeliveryHttp {
  constructor(
    @Inject(Deliveries) private readonly deliveries: Deliveries,
    @Inject(ExportRequests) private readonly requests: ExportRequests,
    @Inject(DeliveryFiles) private readonly files: DeliveryFiles,
    @Inject(AccessLog) private readonly accessLog: AccessLog,
    @Inject(DeskNotes) private readonly notes: DeskNotes,
    @Inject(Specimen) private readonly specimen: Specimen,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Orders the sealed file of an approved request; answers the password, once, without the file',
  })
  @QuestionRoute(OrderedDeliveryAnswer, {
    403: ['export-not-approved'],
    404: ['not-found'],
    409: ['export-done'],
  })
  async order(
    @Body() { exportRequestId }: DeliveryBody,
    @CurrentCall() { caller }: Call,
  ): Promise<OrderedDeliveryAnswer> {
    return this.deliveries.order(await this.requests.known(exportRequestId), caller.accountId);
  }

  @Get()
  @ApiOperation({ summary: '引渡し記録: what left, when, to whom, with which hash, and what became of it' })
  @QuestionRoute(DeliveriesAnswer)
  async list(): Promise<DeliveriesAnswer> {
    return { deliveries: await this.deliveries.all() };
  }

  @Get(':deliveryId.xlsx')
  @FileRoute('xlsx', 'The sealed file, once', {
    403: ['export-not-approved'],
    404: ['not-found'],
    409: ['delivery-over', 'export-done', 'nothing-to-hand-over'],
  })
  async file(
    @IdParam('deliveryId') deliveryId: string,
    @CurrentCall() call: Call,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const delivery = await this.deliveries.known(deliveryId);
    const { subject, exportRequestId } = delivery;
    if (!this.deliveries.isWaiting(deliveryId) || exportRequestId === null) throw over();
    // Asked again at the gate itself, whoever made the delivery
    mustBeApproved(await this.requests.known(exportRequestId));
    const made = await this.files.make(subject, call.callerToken);
    const sealed = await this.deliveries.seal(delivery, made);
    const { caller, metadata } = call;
    await this.accessLog.write({
      ...{ accountId: caller.accountId, action: 'export', purpose: purposeOf(subject), outcome: 'sealed' },
      subjects: [subject.split('/')[1]!, exportRequestId, deliveryId],
      ...(metadata.correlationId !== undefined && { correlationId: metadata.correlationId }),
    });
    await sendFile(reply, sealed, `delivery-${deliveryId}.xlsx`, made.position);
  }

  @Get(':deliveryId/receipt.docx')
  @FileRoute('docx', '引渡書兼受領書 (.docx): what leaves, how, and room for the city to sign', {
    404: ['not-found'],
    409: ['delivery-not-made'],
  })
  async receipt(@IdParam('deliveryId') deliveryId: string, @Res() reply: FastifyReply): Promise<void> {
    const delivery = await this.deliveries.known(deliveryId);
    const request = delivery.exportRequestId === null ? undefined : await this.requests.known(delivery.exportRequestId);
    const about = { facts: await this.notes.facts(), specimen: this.specimen.isOne };
    const file = await paperFile(deliveryReceiptPaper(receiptOf(delivery, request, about)));
    await sendFile(reply, file, `receipt-${deliveryId}.docx`, delivery.asOf!);
  }

  @Post(':deliveryId/handed-over')
  @ApiOperation({ summary: '持出し記録: how it went, locked, sealed and traceable (P21)' })
  @QuestionRoute(DeliveryAnswer, { ...STEP, 422: ['transport-incomplete'] })
  handedOver(@IdParam('deliveryId') deliveryId: string, @Body() body: HandedOverBody): Promise<DeliveryAnswer> {
    return this.deliveries.step(deliveryId, { did: 'handedOver', of: { ...body } });
  }

  @Post(':deliveryId/received')
  @ApiOperation({ summary: 'The city has it: the day on its receipt form' })
  @QuestionRoute(DeliveryAnswer, { ...STEP, 409: [...STEP[409], 'delivery-not-handed-over'] })
  received(@IdParam('deliveryId') deliveryId: string, @Body() { receivedOn }: ReceivedBody): Promise<DeliveryAnswer> {
    return this.deliveries.step(deliveryId, { did: 'received', on: receivedOn });
  }

  @Post(':deliveryId/destroyed')
  @ApiOperation({ summary: '削除記録: the copy of the desk, or what never arrived, is no more (§8.20)' })
  @QuestionRoute(DeliveryAnswer, STEP)
  destroyed(@IdParam('deliveryId') deliveryId: string, @Body() body: DestroyedBody): Promise<DeliveryAnswer> {
    return this.deliveries.step(deliveryId, { did: 'destroyed', of: { ...body } });
  }
}
