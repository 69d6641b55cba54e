import { Refusal } from '#kernel/refusal.js';

/** 納品, 重要な記録の引渡し, 市の求め: why a file leaves. */
export const EXPORT_PURPOSES = ['deliverable', 'handover', 'cityRequest'] as const;
/** Encrypted media, the city's mail or its portal. */
export const MEDIA = ['media', 'email', 'portal'] as const;

/** 持出し申請. It cannot be changed: what was approved is what it says. (§8.20) */
export interface ExportRequest {
  readonly exportRequestId: string;
  /** `session/<id>`, `term/<id>`: rosters; `handover/<termId>`: records that were marked as important. */
  readonly subject: string;
  readonly purpose: string;
  /** An office. */
  readonly recipient: string;
  readonly medium: string;
  /** 媒体番号, on a medium. */
  readonly mediumNumber: string | null;
  readonly state: 'requested' | 'approved' | 'refused';
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly reason: string | null;
}

export type Decision = Exclude<ExportRequest['state'], 'requested'>;

export type Wanted = Pick<ExportRequest, 'subject' | 'purpose' | 'recipient' | 'medium' | 'mediumNumber'>;

/**
 * What may be requested: a medium is named by its number, and important records are handed over, nothing else.
 * @throws Refusal `medium-number-missing`, `purpose-mismatch`
 */
export function mustBeRequestable({ subject, purpose, medium, mediumNumber }: Wanted): void {
  if (medium === 'media' && mediumNumber === null) {
    throw new Refusal('medium-number-missing', 'unprocessable', '媒体で渡すときは、媒体番号を入力してください。');
  }
  if (subject.startsWith('handover/') !== (purpose === 'handover')) {
    throw new Refusal('purpose-mismatch', 'unprocessable', '重要な記録の引渡しは、引渡しの目的でだけ申請できます。');
  }
}

/**
 * Whoever asked does not decide; a decision stands.
 * @returns whether it is still to be written: the same decision again changes nothing
 * @throws Refusal `own-request` 403, `export-decided`
 */
export function mayDecide(request: ExportRequest, by: string, decision: Decision): boolean {
  const { exportRequestId, state, requestedBy, decidedBy } = request;
  if (by === requestedBy) {
    throw new Refusal('own-request', 'forbidden', '自分の持出し申請は承認できません。', { exportRequestId });
  }
  if (state === 'requested') return true;
  if (state === decision && by === decidedBy) return false;
  throw new Refusal('export-decided', 'conflict', 'この持出し申請はもう決裁されています。', { exportRequestId, state });
}

/** @throws Refusal `export-not-approved` 403 */
export function mustBeApproved({ exportRequestId, state }: ExportRequest): void {
  if (state === 'approved') return;
  const message =
    state === 'refused'
      ? 'この持出し申請は承認されませんでした。'
      : '持出し申請がまだ承認されていません。申請者とは別のＳＶまたは責任者の承認が必要です。';
  throw new Refusal('export-not-approved', 'forbidden', message, { exportRequestId, state });
}
