import { Inject, Injectable } from '@nestjs/common';
import { newId } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import { newPassword, sealDeliverable } from '#office/encryption/sealed-file.js';
import { Rows } from '#platform/hosting/rows.js';
import { mustBeApproved, type ExportRequest } from '../export-request/export-request.policy.js';
import { utc } from '../export-request/export-requests.js';
import type { OpenFile } from './delivery-files.js';
import { mustBeNext, type Destruction, type Step, type Transport } from './transport.policy.js';

/** A line of the 引渡し記録. (P21) */
export interface Delivery {
  readonly deliveryId: string;
  /** Null of what left before there were requests. */
  readonly exportRequestId: string | null;
  /** `session/<id>`, `term/<id>` or `handover/<termId>` */
  readonly subject: string;
  readonly recipient: string;
  readonly medium: string;
  readonly mediumNumber: string | null;
  readonly orderedBy: string;
  readonly orderedAt: string;
  /** Of the sealed file; null until it was fetched, and so are the next three. */
  readonly sha256: string | null;
  readonly madeAt: string | null;
  /** People or records in it. */
  readonly pieces: number | null;
  readonly asOf: string | null;
  readonly transport: Transport | null;
  readonly receivedOn: string | null;
  readonly destroyed: Destruction | null;
}

const COLUMNS = `delivery_id as "deliveryId", export_request_id as "exportRequestId", subject, recipient, medium,
  medium_number as "mediumNumber", ordered_by as "orderedBy", ${utc('ordered_at')} as "orderedAt", sha256,
  ${utc('made_at')} as "madeAt", pieces, as_of as "asOf", transport, received_on as "receivedOn", destroyed`;
/** How long a password waits for its file. */
const WAITS = 10 * 60_000;

type Read = Delivery & Record<string, unknown>;

/**
 * Files sealed for the city. The password is told when a delivery is ordered and lives in the memory of this process
 * until the file is fetched, once: it is in no table, no log and no answer that holds the file. (P13, P21)
 */
@Injectable()
export class Deliveries {
  private readonly passwords = new Map<string, { password: string; forget: NodeJS.Timeout }>();

  constructor(@Inject(Rows) private readonly rows: Rows) {}

  /** @throws Refusal `export-not-approved` 403, `export-done` when a file has left under this request */
  async order(request: ExportRequest, orderedBy: string): Promise<{ deliveryId: string; password: string }> {
    mustBeApproved(request);
    const deliveryId = newId();
    const { exportRequestId, subject, recipient, medium, mediumNumber } = request;
    const ordered = await this.rows.all(
      'order-delivery',
      `insert into delivery (delivery_id, export_request_id, subject, recipient, medium, medium_number, ordered_by)
       select $1, $2, $3, $4, $5, $6, $7
       where not exists (select from delivery where export_request_id = $2 and sha256 is not null) returning delivery_id`,
      [deliveryId, exportRequestId, subject, recipient, medium, mediumNumber, orderedBy],
    );
    if (ordered.length === 0) throw done(exportRequestId);
    const password = newPassword();
    const forget = setTimeout(() => this.passwords.delete(deliveryId), WAITS).unref();
    this.passwords.set(deliveryId, { password, forget });
    return { deliveryId, password };
  }

  /** @throws Refusal `not-found` */
  async known(deliveryId: string): Promise<Delivery> {
    const row = await this.rows.first<Read>('delivery', `select ${COLUMNS} from delivery where delivery_id = $1`, [
      deliveryId,
    ]);
    if (row === undefined) throw new Refusal('not-found', 'not-found', 'There is no such delivery.');
    return row;
  }

  /**
   * Seals the file under the password that was told, and writes which file left.
   * @throws Refusal `delivery-over` when it was fetched before, or its password has been forgotten; `export-done` when
   * another file has left under the same request
   */
  async seal({ deliveryId, exportRequestId }: Delivery, { document, pieces, position }: OpenFile): Promise<Buffer> {
    const waiting = this.passwords.get(deliveryId);
    if (waiting === undefined) throw over();
    // taken before anything is made: of two who fetch at once one gets the file
    this.passwords.delete(deliveryId);
    clearTimeout(waiting.forget);
    const { content, sha256 } = await sealDeliverable(document, waiting.password);
    try {
      await this.rows.all(
        'seal-delivery',
        'update delivery set sha256 = $2, as_of = $3, pieces = $4, made_at = clock_timestamp() where delivery_id = $1',
        [deliveryId, sha256, position, pieces],
      );
    } catch (thrown) {
      throw (thrown as { constraint?: string }).constraint === 'delivery_made_once' ? done(exportRequestId) : thrown;
    }
    return content;
  }

  isWaiting(deliveryId: string): boolean {
    return this.passwords.has(deliveryId);
  }

  /** What became of the file, each step once. @throws Refusal what `mustBeNext` throws */
  async step(deliveryId: string, step: Step): Promise<Delivery> {
    const before = await this.known(deliveryId);
    if (!mustBeNext(before, step)) return before;
    const column = { handedOver: 'transport', received: 'received_on', destroyed: 'destroyed' }[step.did];
    const value = step.did === 'received' ? step.on : JSON.stringify(step.of);
    await this.rows.all(
      `delivery-${step.did}`,
      `update delivery set ${column} = $2 where delivery_id = $1 and ${column} is null`,
      [deliveryId, value],
    );
    const after = await this.known(deliveryId);
    // Of two at once the other may have been first
    mustBeNext(after, step);
    return after;
  }

  all(): Promise<Delivery[]> {
    return this.rows.all<Read>('deliveries', `select ${COLUMNS} from delivery order by ordered_at, delivery_id`);
  }
}

export function over(): Refusal {
  return new Refusal(
    'delivery-over',
    'conflict',
    'このファイルはもう受け取られたか、時間が過ぎました。引渡しを最初からやり直してください。',
  );
}

function done(exportRequestId: string | null): Refusal {
  const message = 'この持出し申請のファイルはもう作られています。作り直すには、新しい申請と承認が必要です。';
  return new Refusal('export-done', 'conflict', message, { exportRequestId });
}
