import { instantOf } from '#calendar/civil-time.js';
import type { SeatTimeReported } from '#contracts/inquiries/traffic.events.js';
import type { StaffLinesHeard } from '#contracts/inquiries/staff-lines.events.js';

export type StaffLine = StaffLinesHeard['data']['lines'][number];
type Slot = SeatTimeReported['data']['slots'][number];

const HALF_HOUR = 1_800;
/** Of two lines of one second, who comes comes first and who goes goes last. */
const ORDER: readonly StaffLine['said'][] = ['in', 'pause', 'resume', 'out'];

export const staffKeyOf = ({ at, queue, member, said }: StaffLine) => [at, queue, member, said].join('|');

/**
 * How long members were logged in (in any queue) and how long of that they paused, by half hours of a day. Only time between
 * a line that says in and one that says out counts: of a member whose end, or beginning, nobody wrote down nothing is made up.
 */
export function seatTimeOf(date: string, lines: readonly StaffLine[]): Slot[] {
  const distinct = [...new Map(lines.map((line) => [staffKeyOf(line), line])).values()];
  const members = groupByMember(distinct);
  const dayStart = instantOf(date, '00:00') / 1_000;
  const slots = Array.from({ length: 48 }, () => ({ loggedIn: 0, paused: 0 }));
  for (const own of members.values()) {
    const { present, paused } = stretchesOf(own);
    for (const stretch of present) addTo(slots, stretch, dayStart, 'loggedIn');
    for (const stretch of paused) addTo(slots, stretch, dayStart, 'paused');
  }
  return slots.flatMap(({ loggedIn, paused }, i) =>
    loggedIn === 0 ? [] : [{ startsAt: startOf(i), minutes: 30, loggedInSeconds: loggedIn, pausedSeconds: paused }],
  );
}

function groupByMember(lines: readonly StaffLine[]): Map<string, StaffLine[]> {
  const members = new Map<string, StaffLine[]>();
  for (const line of lines) members.set(line.member, [...(members.get(line.member) ?? []), line]);
  return members;
}

type Stretch = readonly [from: number, to: number];

/** What one member did, from lines of any order. */
function stretchesOf(lines: readonly StaffLine[]): { readonly present: Stretch[]; readonly paused: Stretch[] } {
  const inOrder = lines.toSorted((a, b) => a.at - b.at || ORDER.indexOf(a.said) - ORDER.indexOf(b.said));
  const present: Stretch[] = [];
  const paused: Stretch[] = [];
  const queues = new Set<string>();
  let [since, pausedSince]: (number | undefined)[] = [];
  let pauses: Stretch[] = [];
  for (const { at, queue, said } of inOrder) {
    if (said === 'in') {
      queues.add(queue);
      since ??= at;
    } else if (said === 'pause') pausedSince ??= at;
    else if (said === 'resume') {
      if (pausedSince !== undefined) pauses.push([pausedSince, at]);
      pausedSince = undefined;
    } else {
      queues.delete(queue);
      if (queues.size > 0 && queue !== 'NONE') continue;
      if (since !== undefined) {
        if (pausedSince !== undefined) pauses.push([pausedSince, at]);
        present.push([since, at]);
        paused.push(
          ...pauses.map(([from, to]): Stretch => [Math.max(from, since!), to]).filter(([from, to]) => to > from),
        );
      }
      queues.clear();
      [since, pausedSince, pauses] = [undefined, undefined, []];
    }
  }
  return { present, paused };
}

function addTo(
  slots: { loggedIn: number; paused: number }[],
  [from, to]: Stretch,
  dayStart: number,
  what: 'loggedIn' | 'paused',
): void {
  for (const [i, slot] of slots.entries()) {
    const start = dayStart + i * HALF_HOUR;
    slot[what] += Math.max(0, Math.min(to, start + HALF_HOUR) - Math.max(from, start));
  }
}

function startOf(slot: number): string {
  return `${String(Math.floor(slot / 2)).padStart(2, '0')}:${slot % 2 === 0 ? '00' : '30'}`;
}
