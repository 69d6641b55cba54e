import type { DeskClient } from '../desk-client.js';
import type { Chance } from './chance.js';

/** A session as the board shows it (design §7). */
export interface BoardSession {
  readonly sessionId: string;
  readonly sessionCode: string;
  readonly termId: string;
  readonly courseId: string;
  readonly capacity: number;
  readonly reserved: number;
  readonly held: number;
  readonly seatsLeft: number;
  readonly state: string;
}

/** Ids of the courses, the most wanted first. */
export type Courses = readonly string[];

interface Page {
  readonly sessions: readonly BoardSession[];
  readonly next?: string;
}

/** Every session of the board. @param waitFor a position that it must have seen */
export async function wholeBoard(desk: DeskClient, waitFor?: string): Promise<BoardSession[]> {
  const sessions: BoardSession[] = [];
  for (let after = ''; ;) {
    const path = `/capacity/sessions?limit=500${after}`;
    const { status, body } = await desk.ask<Page>('GET', path, undefined, { waitFor });
    if (status === 503) continue;
    sessions.push(...body.sessions);
    if (body.next === undefined) return sessions;
    after = `&after=${body.next}`;
  }
}

/** Courses of the sessions that can be booked, those with the most seats first. */
export function coursesOf(board: readonly BoardSession[]): Courses {
  const seats = new Map<string, number>();
  for (const { courseId, capacity, state } of board) {
    if (state === 'open') seats.set(courseId, (seats.get(courseId) ?? 0) + capacity);
  }
  return [...seats.entries()].toSorted(([, a], [, b]) => b - a).map(([courseId]) => courseId);
}

/** Which of them somebody asks for: mostly the first dates, whether there is room or not. */
export function wantedSession(sessions: readonly BoardSession[], chance: Chance): BoardSession | undefined {
  const open = sessions.filter(({ state }) => state === 'open');
  if (open.length === 0) return undefined;
  return chance.weighted(open.map((session, nth) => [session, 1 / (nth + 1)] as const));
}
