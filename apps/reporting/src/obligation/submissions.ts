import { Inject, Injectable } from '@nestjs/common';
import { newId } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import { Rows } from '#platform/hosting/rows.js';

/** What was handed in, when and how: the hash says which file it was. (R042, R049) */
export interface Submission {
  readonly submissionId: string;
  readonly obligationId: string;
  readonly sha256: string;
  readonly fileName: string;
  readonly submittedOn: string;
  readonly medium: string;
}

const COLUMNS = `submission_id as "submissionId", obligation_id as "obligationId", sha256, file_name as "fileName",
  submitted_on as "submittedOn", medium`;

@Injectable()
export class Submissions {
  constructor(@Inject(Rows) private readonly rows: Rows) {}

  all(): Promise<Submission[]> {
    return this.rows.all<Submission & Record<string, unknown>>(
      'submissions',
      `select ${COLUMNS} from submission order by submitted_on, recorded_at, submission_id`,
    );
  }

  /** @throws Refusal `not-found` */
  async known(submissionId: string): Promise<Submission> {
    const row = await this.rows.first<Submission & Record<string, unknown>>(
      'submission',
      `select ${COLUMNS} from submission where submission_id = $1`,
      [submissionId],
    );
    if (row === undefined) throw new Refusal('not-found', 'not-found', 'There is no such submission.');
    return row;
  }

  /** The same file for the same thing on the same day is recorded once. */
  async record(made: Omit<Submission, 'submissionId'>, recordedBy: string): Promise<Submission> {
    const { obligationId, sha256, fileName, submittedOn, medium } = made;
    const [row] = await this.rows.all<Submission & Record<string, unknown>>(
      'record-submission',
      `with recorded as (
         insert into submission (submission_id, obligation_id, sha256, file_name, submitted_on, medium, recorded_by)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (obligation_id, sha256, submitted_on) do nothing returning *)
       select ${COLUMNS} from recorded
       union all
       select ${COLUMNS} from submission where obligation_id = $2 and sha256 = $3 and submitted_on = $5
       limit 1`,
      [newId(), obligationId, sha256, fileName, submittedOn, medium, recordedBy],
    );
    return row!;
  }
}
