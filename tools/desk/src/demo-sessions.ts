import type { DemoTerm } from './demo-term.js';

interface Named {
  readonly courseIds: readonly string[];
  readonly venueIds: readonly string[];
  readonly termId: string;
}

const HALVES = [
  { startsAt: '10:00', endsAt: '12:00' },
  { startsAt: '13:30', endsAt: '15:30' },
] as const;
const SLOTS = ['13:00', '13:20', '13:40', '14:00'] as const;
/** Venues that hold a consultation day. */
const CONSULTING = [0, 4, 8];
const CAPACITIES = [12, 10, 10, 10];

/** Sixty sessions: four courses at each of the twelve venues, and three consultation days of four slots. */
export function demoSessions({ plan, classDays }: DemoTerm, { termId, courseIds, venueIds }: Named) {
  const code = (kind: string, nth: number) => `${plan.termNo}-${kind}${String(nth + 1).padStart(2, '0')}`;
  const classes = venueIds.flatMap((venueId, v) =>
    CAPACITIES.map((capacity, c) => {
      const day = (v * 2 + c * 7) % (classDays.length - 7);
      const half = HALVES[(v + c) % 2]!;
      // はじめてのスマホ is held twice, a week apart (全2回)
      const days = c === 0 ? [day, day + 5] : [day];
      return {
        ...{ termId, venueId, courseId: courseIds[c]!, sessionCode: code('ABCD'[c]!, v), capacity },
        dates: days.map((nth) => ({ date: classDays[nth]!, ...half })),
      };
    }),
  );
  const slots = CONSULTING.flatMap((v, nth) =>
    SLOTS.map((startsAt, s) => ({
      ...{ termId, venueId: venueIds[v]!, courseId: courseIds[4]!, capacity: 1 },
      sessionCode: `${code('S', nth)}-${s + 1}`,
      eventCode: code('S', nth),
      dates: [{ date: classDays[10 + nth * 5]!, startsAt, endsAt: later(startsAt), receptionStartsAt: '12:45' }],
    })),
  );
  return [...classes, ...slots];
}

/** Twenty minutes later, within the hour or the next. */
function later(time: string): string {
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + 20;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
