import { idFrom } from '#kernel/ids.js';

// One line of Asterisk's queue_log. The format is that of https://docs.asterisk.org/Operation/Logging/Queue-Logs/
// (UNIX time|unique id|queue|member|event|parameters…). The caller's number and name stand in ENTERQUEUE and are not read.

/** What a line says of a call. Times in whole seconds. */
export interface LineFact {
  /** UNIX time of the line. */
  readonly at: number;
  readonly queue: string;
  readonly said: 'entered' | 'connected' | 'completed' | 'transferred' | 'abandoned' | 'timeout' | 'key' | 'empty';
  /** Stands for the member (`SIP/101`) who took it. */
  readonly member?: string;
  /** In the queue until then. Negative or absurd after a jump of the clock. */
  readonly waitSeconds?: number;
  readonly talkSeconds?: number;
}

/** Why a line was not read. The line itself is not repeated: a caller's number may stand in it. */
export type LineProblem = 'cutOff' | 'noTime' | 'noCall' | 'unknownEvent' | 'noNumber';

export type QueueLine =
  | { readonly is: 'call'; readonly lineId: string; readonly fact: LineFact }
  | {
      readonly is: 'staff';
      readonly at: number;
      readonly queue: string;
      readonly member: string;
      readonly said: StaffSaid;
    }
  /** Of no call and no member: a reload, a restart, a member that did not pick up. */
  | { readonly is: 'other' }
  | { readonly is: 'unreadable'; readonly problem: LineProblem };

export type StaffSaid = 'in' | 'out' | 'pause' | 'resume';

/** What stands behind the event: how many parameters at least, and where the seconds are, counted from the end when negative. */
interface Shape {
  readonly said: LineFact['said'];
  readonly least: number;
  readonly wait?: number;
  readonly talk?: number;
}

const CALL_EVENTS: Readonly<Record<string, Shape>> = {
  ENTERQUEUE: { said: 'entered', least: 2 },
  CONNECT: { said: 'connected', least: 3, wait: 0 },
  COMPLETEAGENT: { said: 'completed', least: 3, wait: 0, talk: 1 },
  COMPLETECALLER: { said: 'completed', least: 3, wait: 0, talk: 1 },
  // extension|context|holdtime|calltime|origposition; the method of an attended one may have two channels behind it
  TRANSFER: { said: 'transferred', least: 5, wait: -3, talk: -2 },
  BLINDTRANSFER: { said: 'transferred', least: 5, wait: -3, talk: -2 },
  ATTENDEDTRANSFER: { said: 'transferred', least: 5, wait: -3, talk: -2 },
  ABANDON: { said: 'abandoned', least: 3, wait: 2 },
  EXITWITHTIMEOUT: { said: 'timeout', least: 3, wait: 2 },
  EXITWITHKEY: { said: 'key', least: 4, wait: 3 },
  EXITEMPTY: { said: 'empty', least: 3, wait: 2 },
  // picked up and lost before the two were connected: nobody answered the caller
  AGENTDUMP: { said: 'empty', least: 0 },
  SYSCOMPAT: { said: 'empty', least: 0 },
};

const STAFF_EVENTS: Readonly<Record<string, StaffSaid>> = {
  ...{ ADDMEMBER: 'in', AGENTLOGIN: 'in', AGENTCALLBACKLOGIN: 'in' },
  ...{ REMOVEMEMBER: 'out', AGENTLOGOFF: 'out', AGENTCALLBACKLOGOFF: 'out' },
  ...{ PAUSE: 'pause', PAUSEALL: 'pause', UNPAUSE: 'resume', UNPAUSEALL: 'resume' },
};

const OTHER_EVENTS = new Set(['CONFIGRELOAD', 'QUEUESTART', 'RINGNOANSWER', 'RINGCANCELED', 'DID', 'INFO', 'RINGINUSE', 'PAUSEREASON', 'MEMBERPENALTY', 'PENALTY', 'JOINEMPTY', 'FULL', 'CLOSED', 'REROUTEGUIDE', 'LEAVEEMPTY', 'HOLD', 'UNHOLD']); // prettier-ignore

const TIME = /^(\d{9,10})(?:\.\d{1,6})?$/;
const LINE_ID = /^(?!NONE$|REALTIME$|MANAGER$)[\w.:-]{3,150}$/;
const SECONDS = /^-?\d{1,9}$/;
const MEMBERS = '1b8d7a52-0d3a-4c55-9a0e-6f2b7c41d9e3';

/** Stands for a member of the telephone system; the name may be a person's, so it is not kept. */
export const memberIdOf = (member: string) => idFrom(MEMBERS, member);

/** @param text without its line end */
export function readQueueLine(text: string): QueueLine {
  const [time = '', lineId = '', queue = '', member = '', event = '', ...parameters] = text.split('|');
  if (text.split('|').length < 5) return { is: 'unreadable', problem: 'cutOff' };
  const at = TIME.exec(time)?.[1];
  if (at === undefined) return { is: 'unreadable', problem: 'noTime' };
  const staff = STAFF_EVENTS[event];
  if (staff !== undefined) return { is: 'staff', at: Number(at), queue, member: memberIdOf(member), said: staff };
  if (OTHER_EVENTS.has(event)) return { is: 'other' };
  const shape = Object.hasOwn(CALL_EVENTS, event) ? CALL_EVENTS[event]! : undefined;
  if (shape === undefined) return { is: 'unreadable', problem: isBeginning(event) ? 'cutOff' : 'unknownEvent' };
  if (!LINE_ID.test(lineId)) return { is: 'unreadable', problem: 'noCall' };
  if (parameters.length < shape.least) return { is: 'unreadable', problem: 'cutOff' };
  const wait = secondsIn(parameters, shape.wait);
  const talk = secondsIn(parameters, shape.talk);
  if (wait === null || talk === null) return { is: 'unreadable', problem: 'noNumber' };
  return {
    is: 'call',
    lineId,
    fact: {
      ...{ at: Number(at), queue, said: shape.said },
      ...(shape.said === 'connected' && { member: memberIdOf(member) }),
      ...(wait !== undefined && { waitSeconds: wait }),
      ...(talk !== undefined && { talkSeconds: talk }),
    },
  };
}

/** @returns undefined where the event has none, null where there should be a number and is none */
function secondsIn(parameters: readonly string[], place: number | undefined): number | null | undefined {
  if (place === undefined) return undefined;
  const text = parameters.at(place) ?? '';
  return SECONDS.test(text) ? Number(text) : null;
}

function isBeginning(event: string): boolean {
  const names = [...Object.keys(CALL_EVENTS), ...Object.keys(STAFF_EVENTS), ...OTHER_EVENTS];
  return names.some((name) => name.startsWith(event));
}
