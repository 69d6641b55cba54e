import { dateAt } from '#calendar/civil-time.js';
import { callAccountAfter, type CallAccount, type CallEvent } from '#contracts/inquiries/call-account.js';
import type { InquiriesEvent } from '#contracts/inquiries/inquiries.events.js';
import type { SeatTimeReported, TrafficReported } from '#contracts/inquiries/traffic.events.js';
import type { ApplyContext } from '#platform/subscription/subscriber.js';
import { slotOf, type Heard } from '../ledger/heard.js';
import { foldVersions, type Touch } from '../ledger/versions.js';
import { CALL, SEAT_TIME, TRAFFIC, type CallRow, type SeatTimeRow, type TrafficRow } from './call.row.js';

const CALL_EVENTS: ReadonlySet<string> = new Set<CallEvent['type']>([
  'CallReceived',
  'CallAnswered',
  'CallAbandoned',
  'CallClosed',
  'CallRestated',
  'CallStruck',
]);

/** Every call once, whoever told of it how often; what the carrier and the telephone system say of a day beside it. */
export async function foldCalls(context: ApplyContext, batch: readonly Heard<InquiriesEvent>[]): Promise<void> {
  const calls = batch.filter((heard): heard is Heard<CallEvent> => CALL_EVENTS.has(heard.type));
  await foldVersions<CallRow>(context, CALL, calls.map(callTouch));
  const traffic = batch.filter((heard): heard is Heard<TrafficReported> => heard.type === 'TrafficReported');
  await foldVersions<TrafficRow>(context, TRAFFIC, traffic.map(trafficTouch));
  const seatTime = batch.filter((heard): heard is Heard<SeatTimeReported> => heard.type === 'SeatTimeReported');
  await foldVersions<SeatTimeRow>(context, SEAT_TIME, seatTime.map(seatTimeTouch));
}

function callTouch(heard: Heard<CallEvent>): Touch<CallRow> {
  return {
    key: heard.data.callId,
    heard,
    after: (before) => {
      const known = before?.account as CallAccount | undefined;
      const account = callAccountAfter(known, heard);
      return account === undefined || account === known ? before : rowOf(account);
    },
  };
}

function rowOf(account: CallAccount): CallRow {
  const { answer, abandonment, ending, receivedAt } = account;
  const counts = account.struck !== true && account.channel === 'telephone';
  const offered = counts && account.outOfHours !== true;
  return {
    revision: account.callRevision,
    account,
    day: dateAt(Date.parse(receivedAt)),
    slot: slotOf(receivedAt),
    offered,
    out_of_hours: counts && account.outOfHours === true,
    // Transferred twice it is answered once: one account a call
    answered: offered && answer !== undefined,
    abandoned: offered && abandonment !== undefined,
    short: offered && abandonment?.short === true,
    wait: answer?.waitSeconds ?? abandonment?.waitSeconds ?? null,
    talk: ending?.talkSeconds ?? null,
    hold: ending?.holdSeconds ?? null,
    after_call_work: ending?.afterCallWorkSeconds ?? null,
    purpose: ending?.purpose ?? null,
    category: ending?.category ?? null,
    outcome: ending?.outcome ?? null,
  };
}

function trafficTouch(heard: Heard<TrafficReported>): Touch<TrafficRow> {
  const { trafficId, trafficRevision, date, slots } = heard.data;
  const sum = (count: (slot: (typeof slots)[number]) => number) =>
    slots.reduce((total, slot) => total + count(slot), 0);
  return {
    key: trafficId,
    heard,
    after: (before) =>
      before !== undefined && trafficRevision <= before.revision
        ? before
        : {
            revision: trafficRevision,
            day: date,
            arrived: sum(({ arrived, outOfHours }) => (outOfHours ? 0 : arrived)),
            busy: sum(({ busy }) => busy),
            out_of_hours: sum(({ arrived, outOfHours }) => (outOfHours ? arrived : 0)),
          },
  };
}

function seatTimeTouch(heard: Heard<SeatTimeReported>): Touch<SeatTimeRow> {
  const { seatTimeId, seatTimeRevision, date, slots } = heard.data;
  return {
    key: seatTimeId,
    heard,
    after: (before) =>
      before !== undefined && seatTimeRevision <= before.revision
        ? before
        : {
            revision: seatTimeRevision,
            day: date,
            slots: slots.map(({ startsAt, loggedInSeconds, pausedSeconds }) => ({ startsAt, loggedInSeconds, pausedSeconds })), // prettier-ignore
            logged_in: slots.reduce((total, { loggedInSeconds }) => total + loggedInSeconds, 0),
          },
  };
}
