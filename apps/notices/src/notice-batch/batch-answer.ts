import { serialText } from '#office/card/card.js';
import type { BatchRow } from '../notice-list/batch.row.js';
import type { NoticeRow } from '../notice-list/notice.row.js';
import { SECOND_LOOK_MS } from './approving.policy.js';
import type {
  BatchAnswer,
  BatchCardAnswer,
  BatchDocument,
  BatchSummary,
  TitleAdviceAnswer,
} from './notice-batch.answers.js';

export function batchSummary({ batch_id, batch_number, state, prepared_at, facts }: BatchRow): BatchSummary {
  const { batch, hash, approvedAt } = facts;
  const { inspected } = batch;
  return {
    ...{ batchId: batch_id, batchNumber: batch_number, state, preparedAt: new Date(prepared_at).toISOString() },
    ...{ count: batch.cards.length, total: batch.total, templateVersion: batch.templateVersion },
    ...(hash !== undefined && { hash }),
    ...(approvedAt !== undefined && { approvedAt: new Date(approvedAt).toISOString() }),
    ...(state === 'prepared' &&
      inspected?.hash === hash &&
      inspected !== undefined && { secondLookFrom: new Date(inspected.at + SECOND_LOOK_MS).toISOString() }),
  };
}

/** @param notices of the batch, those included that have left it */
export function batchAnswer(
  row: BatchRow,
  notices: readonly NoticeRow[],
  documents: readonly BatchDocument[],
  titleAdvice: readonly TitleAdviceAnswer[],
): BatchAnswer {
  const { batch, reprinted } = row.facts;
  const byId = new Map(notices.map((notice) => [notice.notice_id, notice]));
  const serial = (serialNo: number) => serialText({ batchNumber: row.batch_number, serialNo, total: batch.total });
  const cardOf = ({ noticeId, reservationId, serialNo, ...more }: BatchCard): BatchCardAnswer => {
    const { session_id: sessionId, kind, warnings } = byId.get(noticeId)!;
    return {
      ...{ serial: serial(serialNo), serialNo, noticeId, reservationId, sessionId, kind, warnings: [...warnings] },
      ...('reason' in more && { withdrawn: more.reason as string }),
    };
  };
  const cards = [...batch.cards, ...batch.withdrawn].toSorted((a, b) => a.serialNo - b.serialNo);
  const reasonOf = new Map(batch.withdrawn.map(({ serialNo, reason }) => [serialNo, reason]));
  const { posting, good, spoiled } = batch;
  return {
    ...batchSummary(row),
    cards: cards.map(cardOf),
    pullList: batch.toPull.map((serialNo) => ({ serialNo, serial: serial(serialNo), reason: reasonOf.get(serialNo)! })),
    sheets: { good, spoiled, used: good + spoiled, reprinted },
    ...(posting && { posting: postingAnswer(posting) }),
    difference: { noticeIds: dueAgain(batch.withdrawn, notices) },
    ...{ documents: [...documents], titleAdvice: [...titleAdvice] },
  };
}

type BatchCard = BatchRow['facts']['batch']['cards'][number];

function postingAnswer(posting: NonNullable<BatchRow['facts']['batch']['posting']>) {
  const { batchId: _, postedBy: __, express: ___, ...told } = posting;
  return { ...told, excludedSerials: [...told.excludedSerials] };
}

/** A change drops only its own card; what took its place waits for a difference batch. (§4.2) */
function dueAgain(withdrawn: readonly { reservationId: string }[], notices: readonly NoticeRow[]): string[] {
  const left = new Set(withdrawn.map(({ reservationId }) => reservationId));
  return notices.filter((one) => one.state === 'due' && left.has(one.reservation_id)).map((one) => one.notice_id);
}
