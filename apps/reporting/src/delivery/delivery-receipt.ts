import { Refusal } from '#kernel/refusal.js';
import type { DeliveryReceipt } from '#office/report/delivery-receipt-paper.js';
import { senderOf } from '../daily-report/daily-report.js';
import type { ExportRequest } from '../export-request/export-request.policy.js';
import type { DeskFacts } from '../report/desk-facts.js';
import type { Delivery } from './deliveries.js';
import { nameOf } from './delivery-files.js';
import type { Transport } from './transport.policy.js';

export const MEDIA_NAMES: Readonly<Record<string, string>> = {
  media: '電子媒体',
  email: '電子メール',
  portal: '市のファイル交換',
};

const CARRIER_NAMES: Readonly<Record<Transport['carrier'], string>> = {
  hand: '手渡し',
  registeredMail: '書留郵便',
  courier: '追跡できる運送',
  network: '許可された回線',
};

/**
 * What stands on the 引渡書兼受領書; the password does not.
 * @param request who asked and who agreed; none of what left before there were requests
 * @throws Refusal `delivery-not-made`
 */
export function receiptOf(
  delivery: Delivery,
  request: ExportRequest | undefined,
  { facts, specimen }: { readonly facts: DeskFacts; readonly specimen: boolean },
): DeliveryReceipt {
  const { deliveryId, sha256, madeAt, pieces, transport, medium } = delivery;
  if (sha256 === null || madeAt === null) {
    throw new Refusal('delivery-not-made', 'conflict', 'ファイルがまだ作られていません。');
  }
  return {
    number: deliveryId.slice(-12).toUpperCase(),
    recipient: delivery.recipient,
    what: nameOf(delivery.subject),
    fileName: `delivery-${deliveryId}.xlsx`,
    sha256,
    pieces: pieces ?? 0,
    medium: MEDIA_NAMES[medium] ?? medium,
    ...(delivery.mediumNumber !== null && { mediumNumber: delivery.mediumNumber }),
    ...(request && { requestedBy: request.requestedBy, approvedBy: request.decidedBy! }),
    ...(transport && {
      transport: {
        handedOverOn: transport.handedOverOn,
        carrier: CARRIER_NAMES[transport.carrier],
        ...(transport.container !== undefined && { container: transport.container }),
        ...(transport.sealNumber !== undefined && { sealNumber: transport.sealNumber }),
        ...(transport.trackingNumber !== undefined && { trackingNumber: transport.trackingNumber }),
      },
    }),
    from: senderOf(facts),
    at: Date.parse(madeAt),
    ...(specimen && { specimen: true }),
  };
}
