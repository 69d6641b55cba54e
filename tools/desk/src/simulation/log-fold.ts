import pg from 'pg';

/** Seats of a session as the log has them. */
export interface FoldedSeats {
  readonly reserved: number;
  readonly held: number;
}

export interface FoldedLog {
  readonly sessions: ReadonlyMap<string, FoldedSeats>;
  /** Reservation to its session; absent when it is cancelled. */
  readonly places: ReadonlyMap<string, string>;
  /** Sessions that at some event had more seats taken than there were. */
  readonly overbooked: readonly string[];
  /** Sessions in which at some event one person had two seats. */
  readonly twice: readonly string[];
  readonly offersMade: number;
  readonly events: number;
}

interface Row {
  readonly type: string;
  readonly data: Readonly<Record<string, string & number>>;
}

/** A fold of its own, of nothing but the events, by other code than that of the desk: what the board is held against. */
export async function foldLog(databaseUrl: string): Promise<FoldedLog> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const fold = new Fold();
    for (let p = 0; ; p += 1) {
      // A partition at a time, in its order; a session is in one partition
      const { rows } = await client.query<Row>('select type, data from events where p = $1 order by seq', [p]);
      if (rows.length === 0 && !(await isPartition(client, p))) return fold;
      for (const row of rows) fold.take(row);
    }
  } finally {
    await client.end();
  }
}

async function isPartition(client: pg.Client, p: number): Promise<boolean> {
  return (await client.query('select from partitions where p = $1', [p])).rowCount === 1;
}

class Fold implements FoldedLog {
  readonly sessions = new Map<string, { reserved: number; held: number }>();
  readonly places = new Map<string, string>();
  readonly overbooked: string[] = [];
  readonly twice: string[] = [];
  offersMade = 0;
  events = 0;
  private readonly capacities = new Map<string, number>();
  private readonly revisions = new Map<string, number>();
  private readonly persons = new Map<string, string>();

  take({ type, data }: Row): void {
    this.events += 1;
    const { sessionId, capacity, seats } = data as unknown as { sessionId: string; capacity: number; seats: number };
    if (type === 'ClassSessionScheduled' || type === 'ClassSessionRevised' || type === 'CapacityRaised') {
      this.capacities.set(sessionId, capacity);
      this.seats(sessionId, 0, 0);
    } else if (type === 'SeatHeld') this.seats(sessionId, 0, seats);
    else if (type === 'HoldReleased') this.seats(sessionId, 0, -seats);
    else if (type === 'ReservationMade') this.sit(sessionId, data);
    else if (type === 'ReservationMovedIn') this.sit(data['toSessionId']!, data);
    else if (type === 'ReservationMovedOut') this.leave(data['fromSessionId']!, data, data['toSessionId']!);
    else if (type === 'ReservationCancelled') this.leave(sessionId, data);
    else if (type === 'AlternativesOffered') this.offersMade += 1;
  }

  private sit(sessionId: string, data: Row['data']): void {
    const { personId, holdId } = data as Record<string, string>;
    this.seats(sessionId, 1, holdId === undefined ? 0 : -1);
    if (this.persons.has(`${sessionId}/${personId}`)) this.twice.push(sessionId);
    this.persons.set(`${sessionId}/${personId}`, data['reservationId']!);
    this.place(data, sessionId);
  }

  private leave(sessionId: string, data: Row['data'], toSessionId?: string): void {
    this.seats(sessionId, -1, 0);
    for (const [key, reservationId] of this.persons) {
      if (reservationId === data['reservationId'] && key.startsWith(`${sessionId}/`)) this.persons.delete(key);
    }
    this.place(data, toSessionId);
  }

  /** The halves of a move are in two partitions, in any order: the higher revision tells where somebody sits. */
  private place({ reservationId, reservationRevision }: Row['data'], sessionId: string | undefined): void {
    if ((this.revisions.get(reservationId!) ?? 0) > reservationRevision!) return;
    this.revisions.set(reservationId!, reservationRevision!);
    if (sessionId === undefined) this.places.delete(reservationId!);
    else this.places.set(reservationId!, sessionId);
  }

  private seats(sessionId: string, reserved: number, held: number): void {
    const before = this.sessions.get(sessionId) ?? { reserved: 0, held: 0 };
    const now = { reserved: before.reserved + reserved, held: before.held + held };
    this.sessions.set(sessionId, now);
    const isMore = reserved + held > 0;
    if (isMore && now.reserved + now.held > this.capacities.get(sessionId)!) this.overbooked.push(sessionId);
  }
}
