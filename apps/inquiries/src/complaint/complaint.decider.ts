import { dateAt } from '#calendar/civil-time.js';
import type { ComplaintToldToCity } from '#contracts/inquiries/complaint.events.js';
import type { Decider } from '#kernel/decider.js';
import { Refusal } from '#kernel/refusal.js';
import type { DeskEvent } from '../desk/desk-events.js';
import { complaintUrgentBy, type Complaint, type ComplaintCommand } from './complaint.js';

type Of<Do extends ComplaintCommand['do']> = Extract<ComplaintCommand, { readonly do: Do }>;

/** A complaint, until it stands in a 日次報告書 and nothing is left to do. (R043, R044) */
export const complaint: Decider<Complaint, ComplaintCommand, DeskEvent> = {
  initialState: { state: 'none', told: [] },
  decide: (command, state) => {
    const { complaintId, by, now } = command;
    if (command.do === 'raise') {
      const raised: DeskEvent = {
        type: 'ComplaintRaised',
        data: { complaintId, ...command.complaint, raisedBy: by },
      };
      return command.urgent ? [raised, urgent(command)] : [raised];
    }
    if (state.state === 'none') throw new Refusal('not-found', 'not-found', 'There is no such complaint.');
    switch (command.do) {
      case 'markUrgent':
        mustBeOpen(state);
        return state.urgent === undefined ? [urgent(command)] : [];
      case 'tellCity':
        return tellCity(command, state);
      case 'note':
        mustBeOpen(state);
        return [{ type: 'ComplaintNoted', data: { complaintId, part: command.part, notedBy: by } }];
      case 'report': {
        if (state.state !== 'raised')
          throw new Refusal('already-reported', 'conflict', 'It stands in a report already.');
        const onTime = now <= Date.parse(state.raised!.reportBy);
        const reportedAt = new Date(now).toISOString();
        return [{ type: 'ComplaintReported', data: { complaintId, reportedBy: by, reportedAt, reportDate: dateAt(now), onTime } }]; // prettier-ignore
      }
      case 'close':
        return close(command, state);
    }
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'ComplaintRaised':
        return { state: 'raised', raised: event.data, told: [] };
      case 'ComplaintMarkedUrgent':
        return { ...state, urgent: { markedAt: event.data.markedAt, tellBy: event.data.tellBy } };
      case 'ComplaintToldToCity':
        return { ...state, told: [...state.told, event.data] };
      case 'ComplaintReported': {
        const { reportDate, onTime } = event.data;
        return { ...state, state: 'reported', reported: { reportDate, onTime } };
      }
      case 'ComplaintClosed':
        return { ...state, state: 'closed', result: event.data.result };
      default:
        return state;
    }
  },
};

/** Whether somebody of the city has heard of an urgent one. */
export function cityKnows({ told }: Complaint): boolean {
  return told.some(({ reached }) => reached);
}

function urgent({ complaintId, by, now }: ComplaintCommand): DeskEvent {
  const markedAt = new Date(now).toISOString();
  return { type: 'ComplaintMarkedUrgent', data: { complaintId, markedBy: by, markedAt, tellBy: complaintUrgentBy(now) } }; // prettier-ignore
}

function tellCity(command: Of<'tellCity'>, state: Complaint): DeskEvent[] {
  const { complaintId, by, now, toldAt, means, reached, checklist } = command;
  mustBeOpen(state);
  if (state.urgent === undefined) {
    throw new Refusal('not-urgent', 'conflict', 'Mark the complaint as urgent first; others go into the daily report.');
  }
  const at = Date.parse(toldAt);
  // a clock on the wall may be a minute ahead of ours
  if (at > now + 60_000 || at < Date.parse(state.raised!.receivedAt)) {
    throw new Refusal('told-at-impossible', 'invalid', 'The city was told after the complaint came in, and by now.', {
      ...{ receivedAt: state.raised!.receivedAt, now: new Date(now).toISOString() },
    });
  }
  const first = reached && !cityKnows(state);
  const minutes = Math.max(0, Math.floor((at - Date.parse(state.urgent.markedAt)) / 60_000));
  const data: ComplaintToldToCity['data'] = {
    ...{ complaintId, toldBy: by, toldAt, means, reached, checklist },
    ...(first && { minutesToReach: minutes }),
  };
  return [{ type: 'ComplaintToldToCity', data }];
}

function close({ complaintId, by, result }: Of<'close'>, state: Complaint): DeskEvent[] {
  mustBeOpen(state);
  if (state.state !== 'reported') {
    throw new Refusal('complaint-not-reported', 'conflict', 'It is reported to the city first, by the manager.', {
      reportBy: state.raised!.reportBy,
    });
  }
  if (state.urgent !== undefined && !cityKnows(state)) {
    throw new Refusal('city-not-told', 'conflict', 'It is urgent: the city is told by telephone first.');
  }
  return [{ type: 'ComplaintClosed', data: { complaintId, closedBy: by, result } }];
}

function mustBeOpen({ state }: Complaint): void {
  if (state === 'closed') throw new Refusal('complaint-closed', 'conflict', 'The complaint is closed.');
}

/** By when something has to happen: the telephone to the city, else the report. */
export function dueOfComplaint(state: Complaint): string | undefined {
  if (state.state === 'closed' || state.raised === undefined) return undefined;
  if (state.urgent !== undefined && !cityKnows(state)) return state.urgent.tellBy;
  return state.state === 'raised' ? state.raised.reportBy : undefined;
}
