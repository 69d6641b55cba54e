import { isDeepStrictEqual } from 'node:util';
import { Refusal } from '#kernel/refusal.js';
import type { Delivery } from './deliveries.js';

/** 手渡し, 書留等の追跡できる郵便, 追跡できる運送. */
export const CARRIERS = ['hand', 'registeredMail', 'courier', 'network'] as const;
/** How a file or its medium was destroyed. */
export const DESTRUCTIONS = ['erased', 'overwritten', 'mediumDestroyed'] as const;

/** 持出し記録: how a file went. (P21: locked, sealed, trackable) */
export interface Transport {
  readonly handedOverOn: string;
  readonly carrier: (typeof CARRIERS)[number];
  /** 施錠搬送容器の番号, of a medium. */
  readonly container?: string;
  readonly sealNumber?: string;
  /** 追跡番号, of what is neither carried by hand nor sent over a network. */
  readonly trackingNumber?: string;
}

/** 削除記録 of a file that had left. (§8.19, §8.20) */
export interface Destruction {
  readonly destroyedOn: string;
  readonly method: (typeof DESTRUCTIONS)[number];
}

export type Step =
  | { readonly did: 'handedOver'; readonly of: Transport }
  | { readonly did: 'received'; readonly on: string }
  | { readonly did: 'destroyed'; readonly of: Destruction };

/**
 * A file is made, handed over, received, and its copy destroyed; nothing is said of a step that has not come.
 * @returns whether the step is still to be written: said again as before, it changes nothing
 * @throws Refusal `delivery-not-made`, `delivery-not-handed-over`, `transport-incomplete`, `delivery-recorded`
 */
export function mustBeNext(delivery: Delivery, step: Step): boolean {
  const { deliveryId, sha256, transport, receivedOn, destroyed, medium } = delivery;
  if (sha256 === null) throw new Refusal('delivery-not-made', 'conflict', 'ファイルがまだ作られていません。');
  if (step.did === 'received' && transport === null) {
    const message = '引渡し（搬送容器、封印、追跡番号）を先に記録してください。';
    throw new Refusal('delivery-not-handed-over', 'conflict', message, { deliveryId });
  }
  if (step.did === 'handedOver') mustBeComplete(step.of, medium);
  const known = { handedOver: transport, received: receivedOn, destroyed }[step.did];
  if (known === null) return true;
  if (isDeepStrictEqual(known, step.did === 'received' ? step.on : { ...step.of })) return false;
  throw new Refusal('delivery-recorded', 'conflict', 'この引渡しには別の記録がもうあります。', { deliveryId });
}

/** A medium goes locked and sealed, and where nobody walks with it, it can be traced. (P21) */
function mustBeComplete({ carrier, container, sealNumber, trackingNumber }: Transport, medium: string): void {
  const missing = [
    ...(medium === 'media' && carrier === 'network' ? ['carrier'] : []),
    ...(medium === 'media' && container === undefined ? ['container'] : []),
    ...(medium === 'media' && sealNumber === undefined ? ['sealNumber'] : []),
    ...((carrier === 'registeredMail' || carrier === 'courier') && trackingNumber === undefined
      ? ['trackingNumber']
      : []),
  ];
  if (missing.length === 0) return;
  const message = '媒体は施錠した容器に入れて封印し、追跡できる方法で運んでください。足りない項目があります。';
  throw new Refusal('transport-incomplete', 'unprocessable', message, { missing });
}
