import { dateAt } from '#calendar/civil-time.js';
import type { NoticesDesk } from './notices-desk.js';
import type { Booked, SmallTerm } from './small-term.js';

export interface PreparedBatch {
  readonly sessionId: string;
  readonly booked: readonly Booked[];
  readonly batchId: string;
  readonly count: number;
  readonly hash: string;
}

/** A batch taken from the booking to the letterbox, one person a step as the rules want it. */
export class BatchSteps {
  constructor(
    private readonly desk: NoticesDesk,
    private readonly term: SmallTerm,
  ) {}

  /** @param persons how many are booked into a new session */
  async prepared(sessionCode: string, persons: number): Promise<PreparedBatch> {
    const sessionId = await this.term.schedule(sessionCode);
    const booked = await this.term.bookMany(sessionId, persons);
    return { sessionId, booked, ...(await this.prepareAll(sessionId)) };
  }

  /** What is due of a session. */
  async prepareAll(sessionId: string): Promise<Pick<PreparedBatch, 'batchId' | 'count' | 'hash'>> {
    return (await this.desk.must('POST', '/notices/batches', { sessionIds: [sessionId] })).body;
  }

  /** By a supervisor who has looked at it. */
  async approve({ batchId, count, hash }: Pick<PreparedBatch, 'batchId' | 'count' | 'hash'>): Promise<void> {
    await this.desk.must('GET', `/notices/batches/${batchId}`, undefined, 'supervisor');
    await this.desk.must('POST', `/notices/batches/${batchId}/approve`, { count, hash }, 'supervisor');
  }

  async approved(sessionCode: string, persons: number): Promise<PreparedBatch> {
    const batch = await this.prepared(sessionCode, persons);
    await this.approve(batch);
    return batch;
  }

  async printed(sessionCode: string, persons: number): Promise<PreparedBatch> {
    const batch = await this.approved(sessionCode, persons);
    await this.print(batch);
    return batch;
  }

  async print({ batchId, count }: Pick<PreparedBatch, 'batchId' | 'count'>): Promise<void> {
    await this.desk.must('POST', `/notices/batches/${batchId}/printed`, { good: count, spoiled: 0 });
  }

  async posted(sessionCode: string, persons: number): Promise<PreparedBatch> {
    const batch = await this.printed(sessionCode, persons);
    await this.post(batch);
    return batch;
  }

  async post({ batchId, count }: Pick<PreparedBatch, 'batchId' | 'count'>): Promise<void> {
    const pile = { postedOn: dateAt(Date.now()), office: '札幌中央郵便局', count, excludedSerials: [] };
    await this.desk.must('POST', `/notices/batches/${batchId}/posted`, pile, 'supervisor');
  }

  /** Waits until what was committed at a position of reservations has been followed here. */
  async heard(position: string | null): Promise<void> {
    await this.desk.must('GET', '/notices/due', undefined, 'operator', { waitFor: position });
  }
}
