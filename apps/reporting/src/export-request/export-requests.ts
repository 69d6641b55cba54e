import { Inject, Injectable } from '@nestjs/common';
import { newId } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import { Rows } from '#platform/hosting/rows.js';
import {
  mayDecide,
  mustBeRequestable,
  type Decision,
  type ExportRequest,
  type Wanted,
} from './export-request.policy.js';

const COLUMNS = `export_request_id as "exportRequestId", subject, purpose, recipient, medium, medium_number as "mediumNumber",
  state, requested_by as "requestedBy", ${utc('requested_at')} as "requestedAt", decided_by as "decidedBy",
  ${utc('decided_at')} as "decidedAt", reason`;

type Read = ExportRequest & Record<string, unknown>;

/** 持出し申請 and who decided on it. (§8.20) */
@Injectable()
export class ExportRequests {
  constructor(@Inject(Rows) private readonly rows: Rows) {}

  /** @throws Refusal what `mustBeRequestable` throws */
  async request(wanted: Wanted, requestedBy: string): Promise<ExportRequest> {
    mustBeRequestable(wanted);
    const { subject, purpose, recipient, medium, mediumNumber } = wanted;
    const [made] = await this.rows.all<Read>(
      'request-export',
      `insert into export_request (export_request_id, subject, purpose, recipient, medium, medium_number, requested_by)
       values ($1, $2, $3, $4, $5, $6, $7) returning ${COLUMNS}`,
      [newId(), subject, purpose, recipient, medium, mediumNumber, requestedBy],
    );
    return made!;
  }

  /** @throws Refusal `not-found` */
  async known(exportRequestId: string): Promise<ExportRequest> {
    const row = await this.rows.first<Read>(
      'export-request',
      `select ${COLUMNS} from export_request where export_request_id = $1`,
      [exportRequestId],
    );
    if (row === undefined) throw new Refusal('not-found', 'not-found', 'There is no such request.');
    return row;
  }

  /** @throws Refusal `not-found`, and what `mayDecide` throws */
  async decide(exportRequestId: string, decision: Decision, by: string, reason: string | null): Promise<ExportRequest> {
    const before = await this.known(exportRequestId);
    if (!mayDecide(before, by, decision)) return before;
    const [decided] = await this.rows.all<Read>(
      'decide-export',
      `update export_request set state = $2, decided_by = $3, decided_at = clock_timestamp(), reason = $4
       where export_request_id = $1 and state = 'requested' returning ${COLUMNS}`,
      [exportRequestId, decision, by, reason],
    );
    if (decided !== undefined) return decided;
    // Somebody else decided meanwhile
    const now = await this.known(exportRequestId);
    mayDecide(now, by, decision);
    return now;
  }

  /** The newest five hundred, newest first. */
  all(): Promise<ExportRequest[]> {
    return this.rows.all<Read>(
      'export-requests',
      `select ${COLUMNS} from export_request order by requested_at desc, export_request_id limit 500`,
    );
  }
}

/** SQL: an instant as `Date.toISOString` writes it. */
export function utc(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
