import type { Reception } from '#calendar/reception.js';
import type { DeskClient } from '../desk-client.js';
import type { DemoAccount } from '../desk-accounts.js';
import type { DeskFile } from '../desk-directory.js';
import type { Progress } from '../progress.js';
import { callFigures } from './call-figures.js';
import { talliedOn } from './calls.output.js';
import { CallScript } from './call-script.js';
import type { Evidence, Reservation, SeatEvidence } from './evidence.js';
import { Ledger } from './ledger.js';
import { foldLog } from './log-fold.js';
import { Operator } from './operator.js';
import { watchBoard } from './screen.js';
import { coursesOf, wholeBoard, type BoardSession } from './schedule.js';
import type { PlacedCall } from './telephone.js';

/** The desk a day is played on. */
export interface PlayedDesk {
  readonly url: string;
  readonly operator: DeskClient;
  /** To sign in as others, for what needs another person's word. */
  readonly accounts: readonly DemoAccount[];
  /** Of a desk of our own: by its public API nobody can tell. */
  readonly transport?: 'embedded' | 'kafka';
  /** Where its databases are: of a desk of our own. */
  readonly file?: DeskFile;
}

/** Plays all calls, as many at once as there are operators, and gathers what came of them. */
export async function playDay(
  desk: PlayedDesk,
  calls: readonly PlacedCall[],
  { seats, seed }: { readonly seats: number; readonly seed: number },
  progress: Progress,
): Promise<Evidence> {
  const before = await wholeBoard(desk.operator);
  const counted = await countedBefore(desk, calls);
  const courses = coursesOf(before);
  if (courses.length === 0) throw new Error('No session of this desk can be booked: open a term first.');
  const screen = new Map<string, BoardSession>();
  const closing = new AbortController();
  const watching = watchBoard(desk.operator, closing.signal, screen);
  const ledger = new Ledger();
  const operator = new Operator(desk.operator, ledger);
  const played = calls.map(() => later());
  let next = 0;
  let done = 0;
  const work = async () => {
    for (let nth = next++; nth < calls.length; nth = next++) {
      const { call } = calls[nth]!;
      if (call.about !== undefined) await played[call.about]!.promise;
      if (!call.abandoned) await new CallScript(calls[nth]!, operator, ledger, courses, seed).play();
      played[nth]!.resolve(undefined);
      progress.count('Calls', (done += 1), calls.length);
    }
  };
  await Promise.all(Array.from({ length: seats }, work));
  const evidence = await gather(desk, ledger, before, screen);
  closing.abort();
  await watching;
  return { ...evidence, ...counted, placed: calls, seats };
}

/** What the desk has counted of the days that are going to be played. */
async function countedBefore(desk: PlayedDesk, calls: readonly PlacedCall[]) {
  const account = desk.accounts.find(({ role }) => role === 'supervisor')!;
  const supervisor = await desk.operator.colleague(account);
  const { terms } = await supervisor.must<{ terms: { termId: string; reception: Reception }[] }>('GET', '/terms');
  const days = [...new Set(calls.map(({ date }) => date))].toSorted();
  const termIds = terms.map(({ termId }) => termId);
  return {
    days,
    termIds,
    receptions: terms.map(({ reception }) => reception),
    figuresBefore: await callFigures(supervisor, days, termIds),
    talliedBefore: await talliedOn(supervisor, days),
    isOwn: desk.file !== undefined,
  };
}

function later() {
  let resolve!: (value: unknown) => void;
  const promise = new Promise<unknown>((done) => (resolve = done));
  return { promise, resolve };
}

async function gather(
  desk: PlayedDesk,
  ledger: Ledger,
  before: readonly BoardSession[],
  screen: ReadonlyMap<string, BoardSession>,
): Promise<SeatEvidence> {
  const { operator } = desk;
  const reservations = new Map<string, Reservation>();
  for (const { reservationId } of ledger.bookings) {
    reservations.set(reservationId, await operator.must<Reservation>('GET', `/reservations/${reservationId}`));
  }
  const board = await settledBoard(operator, ledger, before);
  const now = encodeURIComponent(new Date().toISOString());
  const atTheEnd = new Map<string, BoardSession>();
  for (const { sessionId } of board) {
    atTheEnd.set(
      sessionId,
      await operator.must<BoardSession>('GET', `/capacity/sessions/${sessionId}/at?instant=${now}`),
    );
  }
  const log = desk.file === undefined ? undefined : await foldLog(desk.file.databases['reservations']!.url);
  return { ledger, before, board, reservations, screen, atTheEnd, log };
}

/** The board, once it shows what the last booking did: ten seconds at most. */
async function settledBoard(
  operator: DeskClient,
  ledger: Ledger,
  before: readonly BoardSession[],
): Promise<BoardSession[]> {
  const wanted = before.reduce((sum, { reserved }) => sum + reserved, 0) + ledger.active().length;
  for (let end = Date.now() + 10_000; ;) {
    const board = await wholeBoard(operator);
    if (board.reduce((sum, { reserved }) => sum + reserved, 0) === wanted || Date.now() > end) return board;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
