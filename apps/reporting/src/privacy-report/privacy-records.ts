import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { newId } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import { Rows, ServiceDatabase } from '#platform/hosting/rows.js';
import { oneAtATime } from '../report/one-at-a-time.js';

/** What people record of a month for 様式１. What is absent is not recorded; an empty list says that there was none. (R047) */
export interface PrivacyRecord {
  readonly staff?: readonly { readonly role: string; readonly people: number; readonly trained: number }[];
  readonly media?: readonly { readonly mediumNumber: string; readonly kind: string; readonly state: string }[];
  readonly subcontracting?: readonly {
    readonly supplier: string;
    readonly task: string;
    readonly permissionNumber: string;
  }[];
  readonly remarks?: readonly string[];
}

/** アクセスログの点検, signed by the account that did it. (P05) */
export interface LogReview {
  readonly reviewId: string;
  readonly reviewedOn: string;
  /** Entries that were looked at, and how many of them were objected to. */
  readonly sampled: number;
  readonly findings: number;
  readonly measures: string | null;
  readonly reviewedBy: string;
}

/** What left and what was destroyed of it, of the records of deliveries. (P21, §8.20) */
export interface Handing {
  readonly subject: string;
  readonly recipient: string;
  readonly medium: string;
  readonly medium_number: string | null;
  readonly pieces: number;
  readonly day: string;
  readonly method: string | null;
}

const REVIEW = `review_id as "reviewId", reviewed_on as "reviewedOn", sampled, findings, measures, reviewed_by as "reviewedBy"`;

@Injectable()
export class PrivacyRecords {
  constructor(
    @Inject(Rows) private readonly rows: Rows,
    @Inject(ServiceDatabase) private readonly database: ServiceDatabase,
  ) {}

  /** @returns version 0 and nothing recorded, before anybody did */
  async of(month: string): Promise<{ readonly version: number; readonly record: PrivacyRecord }> {
    const newest = await this.rows.first<{ version: number; record: PrivacyRecord }>(
      'privacy-record',
      'select version, record from privacy_record where month = $1 order by version desc limit 1',
      [month],
    );
    return newest ?? { version: 0, record: {} };
  }

  /** Keeps what was recorded before; the same again is the same version. @returns the version */
  save(month: string, record: PrivacyRecord, recordedBy: string): Promise<number> {
    return oneAtATime(this.database.pool, `privacy-record/${month}`, async (client) => {
      const { rows } = await client.query<{ version: number; record: PrivacyRecord }>(
        'select version, record from privacy_record where month = $1 order by version desc limit 1',
        [month],
      );
      const [last] = rows;
      if (last !== undefined && isDeepStrictEqual(last.record, record)) return last.version;
      const version = (last?.version ?? 0) + 1;
      await client.query(
        'insert into privacy_record (month, version, record, recorded_by) values ($1, $2, $3, $4)',
        [month, version, JSON.stringify(record), recordedBy], // prettier-ignore
      );
      return version;
    });
  }

  /** @throws Refusal `more-findings-than-sampled`, `measures-missing` */
  async review(review: Omit<LogReview, 'reviewId'>): Promise<LogReview> {
    const { reviewedOn, sampled, findings, measures, reviewedBy } = review;
    if (findings > sampled) {
      throw new Refusal('more-findings-than-sampled', 'unprocessable', '指摘の件数が抽出の件数を超えています。');
    }
    if (findings > 0 && measures === null) {
      throw new Refusal('measures-missing', 'unprocessable', '指摘があるときは、とった措置を入力してください。');
    }
    const [made] = await this.rows.all<LogReview & Record<string, unknown>>(
      'record-log-review',
      `insert into log_review (review_id, reviewed_on, sampled, findings, measures, reviewed_by)
       values ($1, $2, $3, $4, $5, $6) returning ${REVIEW}`,
      [newId(), reviewedOn, sampled, findings, measures, reviewedBy],
    );
    return made!;
  }

  /** @param from civil days, both included */
  reviews(from: string, to: string): Promise<LogReview[]> {
    return this.rows.all<LogReview & Record<string, unknown>>(
      'log-reviews',
      `select ${REVIEW} from log_review where reviewed_on between $1 and $2 order by reviewed_on, recorded_at`,
      [from, to],
    );
  }

  /** Sealed files that left the desk in some days. */
  handedOut(from: string, to: string): Promise<Handing[]> {
    return this.handings('handed-out', `(made_at at time zone 'Asia/Tokyo')::date::text`, from, to);
  }

  /** Files that had left and are no more. */
  destroyed(from: string, to: string): Promise<Handing[]> {
    return this.handings('destroyed', `destroyed ->> 'destroyedOn'`, from, to);
  }

  private handings(name: string, day: string, from: string, to: string): Promise<Handing[]> {
    return this.rows.all<Handing & Record<string, unknown>>(
      `deliveries-${name}`,
      `select subject, recipient, medium, medium_number, coalesce(pieces, 0) as pieces, ${day} as day,
         destroyed ->> 'method' as method
       from delivery where ${day} between $1 and $2 order by day, made_at, delivery_id`,
      [from, to],
    );
  }
}
