import type { Reception } from '#calendar/reception.js';
import type { CallFigures } from './call-figures.js';
import type { Ledger } from './ledger.js';
import type { FoldedLog } from './log-fold.js';
import type { BoardSession } from './schedule.js';
import type { PlacedCall } from './telephone.js';

/** `GET /reservations/:reservationId` (design §7). */
export interface Reservation {
  readonly reservationId: string;
  readonly sessionId: string;
  readonly receiptNumber: string;
  readonly personId: string;
  readonly state: string;
  readonly revision: number;
}

/** Of seats: what the callers know, what the desk answers, what its log says. */
export interface SeatEvidence {
  readonly ledger: Ledger;
  /** Before the first call: others may have booked. */
  readonly before: readonly BoardSession[];
  readonly board: readonly BoardSession[];
  /** Each booking of the ledger as the desk answers it. */
  readonly reservations: ReadonlyMap<string, Reservation>;
  /** What an open screen was told last of each session that changed. */
  readonly screen: ReadonlyMap<string, BoardSession>;
  /** Of each session, as folded from the log up to the last instant. */
  readonly atTheEnd: ReadonlyMap<string, BoardSession>;
  /** Where the log itself can be read. */
  readonly log: FoldedLog | undefined;
}

/** Of calls: who called when, what operators said of it, and what the desk had counted before. */
export interface CallEvidence {
  readonly ledger: Ledger;
  /** Every call, also those that nobody answered; by how many operators at once. */
  readonly placed: readonly PlacedCall[];
  readonly seats: number;
  /** The days of the calls, in order. */
  readonly days: readonly string[];
  readonly termIds: readonly string[];
  /** When the telephones are open. */
  readonly receptions: readonly Reception[];
  readonly figuresBefore: CallFigures;
  /** Questions counted with one key, by date and category. */
  readonly talliedBefore: ReadonlyMap<string, number>;
  /** Whether nobody else calls this desk. */
  readonly isOwn: boolean;
}

/** Everything that is held against each other at the end of the day. */
export interface Evidence extends SeatEvidence, CallEvidence {}
