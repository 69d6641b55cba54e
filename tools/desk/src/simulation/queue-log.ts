import { instantOf } from '#calendar/civil-time.js';
import { extensionOf, type PlacedCall } from './telephone.js';

/** The queue of the desk, and one of another office on the same telephone system. */
export const QUEUE = 'uketsuke';
const ELSEWHERE = 'soumu';

type Line = readonly [at: number, ...fields: (string | number)[]];

/**
 * What Asterisk writes of the calls into its queue_log, by the rules of
 * https://docs.asterisk.org/Operation/Logging/Queue-Logs/: a line when an event is over, `time|unique id|queue|member|event|…`.
 * @param seats operators who log in when the telephones open, and out when the last call is over
 * @returns one text for each day, as the telephone system rotates it
 */
export function queueLogs(placed: readonly PlacedCall[], seats: number): Map<string, string> {
  const days = new Map<string, PlacedCall[]>();
  for (const one of placed) days.set(one.date, [...(days.get(one.date) ?? []), one]);
  return new Map([...days].map(([date, calls]) => [date, logOf(date, calls, seats)]));
}

function logOf(date: string, calls: readonly PlacedCall[], seats: number): string {
  const opens = instantOf(date, '09:00') / 1_000;
  const over = Math.max(instantOf(date, '16:00') / 1_000, ...calls.map(endOf)) + 30;
  const members = Array.from({ length: seats }, (_, seat) => extensionOf(seat));
  const lines: Line[] = [
    [opens - 600, 'NONE', 'NONE', 'NONE', 'QUEUESTART', ''],
    ...members.map((member): Line => [opens - 300, 'NONE', QUEUE, member, 'ADDMEMBER', '']),
    [opens + 60, `other-${opens + 60}.1`, ELSEWHERE, 'NONE', 'ENTERQUEUE', '', '0112112111', 1],
    [opens + 90, `other-${opens + 60}.1`, ELSEWHERE, 'NONE', 'ABANDON', 1, 1, 30],
    ...calls.flatMap(linesOf),
    ...members.map((member): Line => [over, 'NONE', QUEUE, member, 'REMOVEMEMBER', '']),
  ];
  return lines
    .toSorted(([a], [b]) => a - b)
    .map((line) => `${line.join('|')}\n`)
    .join('');
}

function endOf({ call, pickedUpAt }: PlacedCall): number {
  return pickedUpAt + (call.abandoned ? 0 : call.talkSeconds);
}

function linesOf(placed: PlacedCall): Line[] {
  const { call, lineId, enteredAt, pickedUpAt, extension, transferred } = placed;
  const { waitSeconds, talkSeconds, caller } = call;
  const number = caller.proxy?.phoneNumber ?? caller.applicants[0]!.phoneNumber ?? '';
  const entered: Line = [enteredAt, lineId, QUEUE, 'NONE', 'ENTERQUEUE', '', number, 1];
  if (call.abandoned) return [entered, [pickedUpAt, lineId, QUEUE, 'NONE', 'ABANDON', 1, 1, waitSeconds]];
  const at = endOf(placed);
  const whose = call.nth % 3 === 0 ? 'COMPLETEAGENT' : 'COMPLETECALLER';
  return [
    entered,
    ...(waitSeconds > 20 ? [[pickedUpAt - 5, lineId, QUEUE, extension, 'RINGNOANSWER', 15_000] as const] : []),
    [pickedUpAt, lineId, QUEUE, extension, 'CONNECT', waitSeconds, `${lineId}9`, Math.min(waitSeconds, 3)],
    transferred
      ? [at, lineId, QUEUE, extension, 'BLINDTRANSFER', '201', 'desk', waitSeconds, talkSeconds, 1]
      : [at, lineId, QUEUE, extension, whose, waitSeconds, talkSeconds, 1],
  ];
}
