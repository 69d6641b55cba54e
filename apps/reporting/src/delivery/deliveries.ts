import { Inject, Injectable } from '@nestjs/common';
import { newId } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import { newPassword, sealDeliverable } from '#office/encryption/sealed-file.js';
import { Rows } from '#platform/hosting/rows.js';

/** A line of the 引渡し記録. (P21) */
export interface Delivery {
  readonly deliveryId: string;
  /** `session/<id>` or `term/<id>` */
  readonly subject: string;
  readonly recipient: string;
  readonly medium: string;
  readonly tracking: string | null;
  readonly orderedBy: string;
  readonly orderedAt: string;
  /** Of the sealed file; null until it was fetched. */
  readonly sha256: string | null;
  readonly asOf: string | null;
  readonly receivedOn: string | null;
}

export type DeliveryOrder = Pick<Delivery, 'subject' | 'recipient' | 'medium'> & { readonly tracking?: string };

const COLUMNS = `delivery_id as "deliveryId", subject, recipient, medium, tracking, ordered_by as "orderedBy",
  ordered_at::text as "orderedAt", sha256, as_of as "asOf", received_on as "receivedOn"`;
/** How long a password waits for its file. */
const WAITS = 10 * 60_000;

/**
 * Files sealed for the city. The password is told when a delivery is ordered and lives in the memory of this process
 * until the file is fetched, once: it is in no table, no log and no answer that holds the file. (P13, P21)
 */
@Injectable()
export class Deliveries {
  private readonly passwords = new Map<string, { password: string; forget: NodeJS.Timeout }>();

  constructor(@Inject(Rows) private readonly rows: Rows) {}

  async order(order: DeliveryOrder, orderedBy: string): Promise<{ deliveryId: string; password: string }> {
    const deliveryId = newId();
    const { subject, recipient, medium, tracking } = order;
    await this.rows.all(
      'order-delivery',
      `insert into delivery (delivery_id, subject, recipient, medium, tracking, ordered_by) values ($1, $2, $3, $4, $5, $6)`,
      [deliveryId, subject, recipient, medium, tracking ?? null, orderedBy],
    );
    const password = newPassword();
    const forget = setTimeout(() => this.passwords.delete(deliveryId), WAITS).unref();
    this.passwords.set(deliveryId, { password, forget });
    return { deliveryId, password };
  }

  /** @throws Refusal `not-found` */
  async known(deliveryId: string): Promise<Delivery> {
    const [row] = await this.rows.all<Delivery & Record<string, unknown>>(
      'delivery',
      `select ${COLUMNS} from delivery where delivery_id = $1`,
      [deliveryId],
    );
    if (row === undefined) throw new Refusal('not-found', 'not-found', 'There is no such delivery.');
    return row;
  }

  /**
   * Seals the file under the password that was told, and writes which file left.
   * @throws Refusal `delivery-over` when it was fetched before, or its password has been forgotten
   */
  async seal(deliveryId: string, document: Uint8Array, asOf: string): Promise<Buffer> {
    const waiting = this.passwords.get(deliveryId);
    if (waiting === undefined) throw over();
    // taken before anything is made: of two who fetch at once one gets the file
    this.passwords.delete(deliveryId);
    clearTimeout(waiting.forget);
    const { content, sha256 } = await sealDeliverable(document, waiting.password);
    await this.rows.all(
      'seal-delivery',
      'update delivery set sha256 = $2, as_of = $3, made_at = clock_timestamp() where delivery_id = $1',
      [deliveryId, sha256, asOf],
    );
    return content;
  }

  isWaiting(deliveryId: string): boolean {
    return this.passwords.has(deliveryId);
  }

  async received(deliveryId: string, on: string): Promise<Delivery> {
    const { sha256 } = await this.known(deliveryId);
    if (sha256 === null) throw new Refusal('delivery-not-made', 'conflict', 'ファイルがまだ作られていません。');
    await this.rows.all('receive-delivery', 'update delivery set received_on = $2 where delivery_id = $1', [
      deliveryId,
      on,
    ]);
    return this.known(deliveryId);
  }

  all(): Promise<Delivery[]> {
    return this.rows.all<Delivery & Record<string, unknown>>(
      'deliveries',
      `select ${COLUMNS} from delivery order by ordered_at, delivery_id`,
    );
  }
}

export function over(): Refusal {
  return new Refusal(
    'delivery-over',
    'conflict',
    'このファイルはもう受け取られたか、時間が過ぎました。引渡しを最初からやり直してください。',
  );
}
