import { daysBetween, weekdayOf } from '#calendar/civil-time.js';
import type { BoardSession } from '../seat-board/board-session.row.js';
import { distanceBetween, type Position } from './origin.policy.js';

/** A session with what only the ranking asks of its venue. */
export interface Candidate {
  readonly session: BoardSession;
  readonly position: Position | undefined;
  /** Undefined: unknown, which is not "yes". */
  readonly wheelchair: boolean | undefined;
}

type Dates = BoardSession['dates'];

export interface Wish {
  /** The session that was full. */
  readonly refused: Candidate;
  /** Where the caller has a seat now and gives it up: whoever moves wants to go elsewhere. */
  readonly leavingSessionId?: string | undefined;
  /** Civil time, `2026-08-03T10:00`: what has begun by then is over. */
  readonly now: string;
  readonly seats: number;
  readonly wheelchair: boolean;
  /** What the person is booked for already. */
  readonly busy: readonly Dates[];
  /** Where the caller's way begins; a rough one is said to be so. */
  readonly origin: { readonly position: Position; readonly isRough: boolean } | undefined;
}

export interface Alternative {
  readonly session: BoardSession;
  /** 1 is the best. */
  readonly rank: number;
  /** To one decimal; null when the venue's or the caller's place is unknown. */
  readonly distanceKm: number | null;
  /** Why it is offered, as the operator reads it out. */
  readonly reason: string;
}

/** More than anybody reads out. */
const MOST = 10;

/** What each nearness weighs; the share of the subway line (requirements §3.1) has no data yet. */
const WEIGHTS = { distance: 0.35, course: 0.25, date: 0.15, weekdayAndHalfDay: 0.1, seats: 0.1 } as const;

/**
 * Where else the caller could go, the best first (R013). What cannot be booked for this caller is left out before
 * anything is ranked; other slots of the same consultation that day come first (§8 "Class shapes"), venues of which
 * nobody knows where they are last.
 */
export function alternativesTo(wish: Wish, candidates: readonly Candidate[]): Alternative[] {
  return candidates
    .filter((candidate) => suits(candidate, wish))
    .map((candidate) => ({ candidate, distanceKm: distanceOf(candidate, wish) }))
    .map(({ candidate, distanceKm }) => ({
      session: candidate.session,
      distanceKm,
      isOtherSlot: isOtherSlot(candidate, wish),
      score: scoreOf(candidate, distanceKm, wish),
      reason: reasonOf(candidate, distanceKm, wish),
    }))
    .toSorted(
      (a, b) =>
        Number(b.isOtherSlot) - Number(a.isOtherSlot) ||
        Number(b.distanceKm !== null) - Number(a.distanceKm !== null) ||
        b.score - a.score ||
        (beginsOf(a.session) < beginsOf(b.session) ? -1 : 1),
    )
    .slice(0, MOST)
    .map(({ session, distanceKm, reason }, nth) => ({ session, rank: nth + 1, distanceKm, reason }));
}

function suits({ session, wheelchair }: Candidate, wish: Wish): boolean {
  return (
    session.sessionId !== wish.refused.session.sessionId &&
    session.sessionId !== wish.leavingSessionId &&
    session.state === 'open' &&
    session.seatsLeft >= wish.seats &&
    beginsOf(session) > wish.now &&
    (!wish.wheelchair || wheelchair === true) &&
    !wish.busy.some((dates) => clash(dates, session.dates))
  );
}

/** Whether any date of one falls into any of the other; ending when the other begins is no clash. */
function clash(one: Dates, other: Dates): boolean {
  return one.some((a) => other.some((b) => a.date === b.date && a.startsAt < b.endsAt && b.startsAt < a.endsAt));
}

function isOtherSlot({ session }: Candidate, { refused }: Wish): boolean {
  const { eventCode, dates } = refused.session;
  return eventCode !== null && session.eventCode === eventCode && session.dates[0]!.date === dates[0]!.date;
}

function distanceOf({ position }: Candidate, { origin }: Wish): number | null {
  if (position === undefined || origin === undefined) return null;
  return Math.round(distanceBetween(origin.position, position) * 10) / 10;
}

function scoreOf({ session }: Candidate, distanceKm: number | null, { refused }: Wish): number {
  const [first, wanted] = [session.dates[0]!, refused.session.dates[0]!];
  const isMorning = (time: string) => time < '12:00';
  const near = distanceKm === null ? 0 : 1 / (1 + distanceKm / 3);
  const soon = 1 / (1 + Math.abs(daysBetween(wanted.date, first.date)) / 7);
  const sameWeekday = weekdayOf(first.date) === weekdayOf(wanted.date) ? 0.5 : 0;
  const sameHalfDay = isMorning(first.startsAt) === isMorning(wanted.startsAt) ? 0.5 : 0;
  return (
    WEIGHTS.distance * near +
    WEIGHTS.course * (session.courseId === refused.session.courseId ? 1 : 0) +
    WEIGHTS.date * soon +
    WEIGHTS.weekdayAndHalfDay * (sameWeekday + sameHalfDay) +
    WEIGHTS.seats * Math.min(1, session.seatsLeft / Math.max(1, session.capacity))
  );
}

/** 「同じ講座・2.1km・3日後・残り6席」 */
function reasonOf(candidate: Candidate, distanceKm: number | null, wish: Wish): string {
  const { session } = candidate;
  const { refused, origin } = wish;
  const sameCourse = session.courseId === refused.session.courseId ? '同じ講座' : '別の講座';
  const what = isOtherSlot(candidate, wish) ? '同じ相談会の別の枠' : sameCourse;
  const days = daysBetween(refused.session.dates[0]!.date, session.dates[0]!.date);
  const when = days === 0 ? '同じ日' : days > 0 ? `${days}日後` : `${-days}日前`;
  const far = distanceKm === null ? '距離不明' : `${origin!.isRough ? '約' : ''}${distanceKm.toFixed(1)}km`;
  const where = session.venueId === refused.session.venueId ? '同じ会場' : far;
  return [what, where, when, `残り${session.seatsLeft}席`].join('・');
}

function beginsOf({ dates: [first] }: BoardSession): string {
  return `${first!.date}T${first!.startsAt}`;
}
