import type { Expectation } from '#calendar/arrival.js';
import type { PostingPlan } from '#calendar/posting-plan.js';
import type { SessionFacts } from '#plan/planned.js';
import type { DueSession, NoticeAnswer } from './notice-list.body.js';
import type { OpenNotices } from './notice-list.js';
import type { NoticeRow } from './notice.row.js';

export function noticeAnswer(row: NoticeRow, plan: PostingPlan | undefined): NoticeAnswer {
  const optional = {
    ...{ replaces: row.replaces, reissuedAs: row.reissued_as, lane: row.lane, batchId: row.batch_id },
    ...{ serialNo: row.serial_no, postedOn: row.posted_on, reason: row.reason, agreementNumber: row.agreement_number },
    ...{ arriveBy: plan?.arriveBy ?? null, postBy: plan?.postBy ?? null, predictedArrival: row.predicted_arrival },
  };
  return {
    ...{ noticeId: row.notice_id, reservationId: row.reservation_id, sessionId: row.session_id },
    ...{ personId: row.person_id, personVersion: row.person_version, kind: row.kind, state: row.state },
    dueAt: new Date(row.due_at).toISOString(),
    ...{ handling: row.handling, readOut: row.read_out, postalCodeMissing: row.postal_code_missing },
    warnings: [...row.warnings],
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null)) as object),
  };
}

export function dueSession(
  { due, to_read_out: toReadOut, drafted, printed }: OpenNotices,
  { session }: SessionFacts,
  { plan, expectation }: { readonly plan: PostingPlan; readonly expectation: Expectation },
  today: string,
): DueSession {
  const { arriveBy, postBy, approveBy, freeze, reasons } = plan;
  return {
    ...{ sessionId: session.sessionId, sessionCode: session.plan.sessionCode, firstDate: session.plan.dates[0]!.date },
    ...{ arriveBy, postBy, approveBy, freeze, lane: expectation.lane },
    ...{ due, toReadOut, drafted, printed },
    urgency: urgencyOf(plan, today),
    reasons: [...reasons],
  };
}

function urgencyOf({ postBy, approveBy }: PostingPlan, today: string): string {
  if (postBy < today) return 'overdue';
  if (postBy === today) return 'today';
  return approveBy <= today ? 'approveToday' : 'later';
}
