import { newId } from '#kernel/ids.js';
import type { DomainEvent } from '#kernel/decider.js';
import { KafkaRig } from '#platform/kafka/kafka-rig.js';
import type { Lanes } from '#platform/lane/lanes.js';
import type { StreamRef } from '#platform/lane/lane-command.js';
import { publishTypes, readLogId } from '#platform/log/event-log.js';
import { RehearsalLog } from '#platform/rehearsal/rehearsal-log.js';
import { formatPosition } from '#platform/subscription/position-token.js';
import { Wakeups } from '#platform/wakeup/wakeups.js';
import { CapacityProcess } from './capacity-process.js';

const TYPES = ['TermPlanned', 'TermOpened', 'ClassSessionScheduled', 'ReservationMade'];
const DATES = [{ date: '2099-08-05', startsAt: '10:00', endsAt: '12:00' }];

/** A log with open sessions to book, and the capacity service that hears it. */
export class BoardLoad {
  private constructor(
    readonly log: RehearsalLog,
    readonly capacity: CapacityProcess,
    readonly sessionIds: readonly string[],
    private readonly lanes: Lanes,
    private readonly logId: string,
    private readonly quiet: () => Promise<void>,
  ) {}

  static async open(sessions: number, brokers?: readonly string[]): Promise<BoardLoad> {
    const log = await RehearsalLog.make();
    await publishTypes(log.pool, TYPES);
    const rig = brokers && (await new KafkaRig(log, brokers).open());
    const wakeups = rig?.wakeups ?? new Wakeups({ url: log.url, name: 'bench-wakeups' });
    if (rig === undefined) await wakeups.open();
    const lanes = await log.openLanes({ onCommitted: () => wakeups.committed() });
    const sessionIds = Array.from({ length: sessions }, newId);
    const kafka = rig && { brokers: rig.brokers, topicPrefix: rig.prefix };
    const capacity = await CapacityProcess.start({ logUrl: log.url, ...kafka });
    const quiet = () => (rig ?? wakeups).close();
    const load = new BoardLoad(log, capacity, sessionIds, lanes, await readLogId(log.pool), quiet);
    await load.schedule();
    return load;
  }

  /** Books one seat in one commit of its own. @returns the position to wait for */
  book(sessionId: string): Promise<string> {
    return this.tell(`class-session-${sessionId}`, [
      {
        type: 'ReservationMade',
        data: {
          ...{ sessionId, reservationId: newId(), reservationRevision: 1, personId: newId(), personVersion: 1 },
          channel: 'telephone',
        },
      },
    ]);
  }

  async close(): Promise<void> {
    await this.capacity.stop();
    await this.quiet();
    await this.log.close();
  }

  private async schedule(): Promise<void> {
    const termId = newId();
    const month = { from: '2099-07-01', to: '2099-07-31' };
    const reception = { ...month, opensAt: '09:00', closesAt: '17:00', exceptions: [] };
    const term = { termId, fiscalYear: 2099, termNo: 1, title: '第一期', reception, dispatchWindow: month };
    await this.tell(`term-${termId}`, [
      { type: 'TermPlanned', data: { ...term, bookableClasses: { from: '2099-08-01' } } },
      { type: 'TermOpened', data: { termId } },
    ]);
    const plan = { termId, courseId: newId(), venueId: newId(), dates: DATES, capacity: 9_999 };
    let position = '';
    for (const [n, sessionId] of this.sessionIds.entries()) {
      const data = { sessionId, sessionCode: `S${n}`, ...plan };
      position = await this.tell(`class-session-${sessionId}`, [{ type: 'ClassSessionScheduled', data }]);
    }
    const headers = { ...(await this.capacity.headers()), 'uketsuke-wait-for': position };
    const ready = await fetch(`${this.capacity.url}/capacity/sessions/${this.sessionIds.at(-1)}`, { headers });
    const answer = await ready.text();
    if (!ready.ok || !answer.includes('"open"')) throw new Error(`The board answered ${ready.status}: ${answer}`);
  }

  private async tell(name: string, events: readonly DomainEvent[]): Promise<string> {
    const stream: StreamRef = { type: anyStream(name), name };
    const { positions } = await this.lanes.submit({
      ...{ commandId: newId(), account: 'bench', bodyHmac: Buffer.alloc(32), metadata: {} },
      ...{ writes: [stream], checks: [] },
      decide: () => ({ events: [{ stream, events }], answer: null }),
    });
    return formatPosition({ logId: this.logId, positions })!;
  }
}

/** A stream that takes whatever it is told: the rules are not what is measured. */
function anyStream(category: string): StreamRef['type'] {
  return {
    category,
    initialState: null,
    evolve: () => null,
    read: ({ type, data }) => ({ type, data }),
    schemaVersion: () => 1,
  };
}
