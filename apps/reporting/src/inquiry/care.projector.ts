import { dateAt } from '#calendar/civil-time.js';
import type { InquiriesEvent } from '#contracts/inquiries/inquiries.events.js';
import type { ApplyContext } from '#platform/subscription/subscriber.js';
import { dayOf, type Heard } from '../ledger/heard.js';
import { foldVersions, touches, type Touched } from '../ledger/versions.js';
import {
  CALLBACK,
  COMPLAINT,
  ESCALATION,
  type CallbackRow,
  type ComplaintRow,
  type EscalationRow,
} from './inquiry.row.js';

/** Escalations (R037), complaints (R043, R044) and call-backs: what is not over when the caller has hung up. */
export async function foldCare(context: ApplyContext, batch: readonly Heard<InquiriesEvent>[]): Promise<void> {
  await foldVersions<EscalationRow>(context, ESCALATION, touches(batch, escalationTouch));
  await foldVersions<ComplaintRow>(context, COMPLAINT, touches(batch, complaintTouch));
  await foldVersions<CallbackRow>(context, CALLBACK, touches(batch, callbackTouch));
}

function escalationTouch(heard: Heard<InquiriesEvent>): Touched<EscalationRow> {
  const { type, data } = heard;
  const at = new Date(heard.at).toISOString();
  const changed = (change: Partial<EscalationRow>) => (before: EscalationRow | undefined) =>
    before && { ...before, ...change };
  switch (type) {
    case 'EscalationOpened': {
      const { escalationId: key, termId, sheetNumber, category, urgent, dueAt } = data;
      const row = { term_id: termId, sheet_number: sheetNumber, category, urgent: urgent === true };
      return {
        key,
        after: () => ({ ...row, state: 'opened', opened_at: at, day: dayOf(heard), due_at: dueAt, closed_at: null }),
      };
    }
    case 'EscalationConfirmed':
      return { key: data.escalationId, after: changed({ state: 'confirmed', due_at: data.dueAt }) };
    case 'EscalationSentToCity':
      return { key: data.escalationId, after: changed({ state: 'atCity', due_at: data.dueAt }) };
    case 'EscalationAnswered':
      return { key: data.escalationId, after: changed({ state: 'answered', due_at: data.dueAt }) };
    case 'EscalationCalledBack':
      return { key: data.escalationId, after: changed({ state: 'calledBack' }) };
    case 'EscalationClosed':
      return { key: data.escalationId, after: changed({ state: 'closed', due_at: null, closed_at: at }) };
    default:
      return undefined;
  }
}

function complaintTouch({ type, data }: Heard<InquiriesEvent>): Touched<ComplaintRow> {
  const changed = (change: Partial<ComplaintRow>) => (before: ComplaintRow | undefined) =>
    before && { ...before, ...change };
  switch (type) {
    case 'ComplaintRaised': {
      const { complaintId: key, termId, complaintNumber, category, receivedAt, reportBy } = data;
      const row = {
        ...{ term_id: termId, complaint_number: complaintNumber, category },
        ...{ day: dateAt(Date.parse(receivedAt)), received_at: receivedAt, report_by: reportBy },
        ...{ reported_at: null, report_date: null, on_time: null, urgent: false },
        ...{ told_at: null, told_means: null, minutes_to_reach: null, result: null },
      };
      return { key, after: () => row };
    }
    case 'ComplaintMarkedUrgent':
      return { key: data.complaintId, after: changed({ urgent: true }) };
    case 'ComplaintToldToCity': {
      if (!data.reached) return undefined;
      const told = { told_at: data.toldAt, told_means: data.means, minutes_to_reach: data.minutesToReach ?? null };
      return { key: data.complaintId, after: changed(told) };
    }
    case 'ComplaintReported': {
      const { reportedAt, reportDate, onTime } = data;
      const reported = { reported_at: reportedAt, report_date: reportDate, on_time: onTime };
      return { key: data.complaintId, after: changed(reported) };
    }
    case 'ComplaintClosed':
      return { key: data.complaintId, after: changed({ result: data.result }) };
    default:
      return undefined;
  }
}

function callbackTouch(heard: Heard<InquiriesEvent>): Touched<CallbackRow> {
  const { type, data } = heard;
  switch (type) {
    case 'CallbackRequested': {
      const row = { reservation_id: data.reservationId ?? null, cause: data.cause, day: dayOf(heard), result: null };
      return { key: data.callbackId, after: () => row };
    }
    case 'CallbackClosed':
      return { key: data.callbackId, after: (before) => before && { ...before, result: data.result } };
    default:
      return undefined;
  }
}
