import { unattendedCall } from '#contracts/access/call.js';
import { newId } from '#kernel/ids.js';
import { Planned } from '#plan/planned.js';
import { decided } from '#platform/hosting/decided.js';
import type { Rows } from '#platform/hosting/rows.js';
import { Sweep } from '#platform/hosting/sweep.js';
import type { ServiceLog } from '#platform/service/logging.js';
import { CASES } from '../case-list/cases.projector.js';
import type { Desk } from '../desk/desk.js';
import { callbackStream } from '../desk/streams.js';
import type { Notes } from '../note/notes.js';
import { erasedNote } from '../note/sealed-note.js';
import { deskDayAt } from '../reception/desk-clock.js';
import { callback } from './callback.decider.js';
import type { CallbackCause } from './callback.js';
import { lapsesFrom } from './lapsing.policy.js';

const EVERY_MS = 15_000;

interface OpenCallback {
  readonly id: string;
  readonly cause: CallbackCause;
  readonly session_id: string;
}

/**
 * Ends what ends by itself: wishes when the class begins, with the name and the telephone number that were kept for them;
 * returned notices that reached nobody in time. By the plan as it is now, so a class that was moved takes its wishes along.
 * (§8.6, §8.15) A restart forgets nothing, and two processes sweeping do the same thing twice, harmlessly.
 */
export class CallbackSweeper extends Sweep {
  constructor(
    private readonly desk: Desk,
    private readonly rows: Rows,
    private readonly planned: Planned,
    private readonly notes: Notes,
    log: ServiceLog,
  ) {
    super(
      EVERY_MS,
      () => this.sweep(),
      (err) => log.warn('Call-backs that are over could not be closed; trying again', { err }),
    );
  }

  /** @returns how many were tried: the rule has the last word, under the clock of the log */
  async sweep(now = Date.now()): Promise<number> {
    const open = await this.rows.all<OpenCallback>(
      'callbacks-that-may-lapse',
      `select id, cause, session_id from ${CASES}.callback
       where open and session_id is not null and cause <> 'promised' order by id`,
    );
    if (open.length === 0) return 0;
    const facts = await this.planned.sessions([...new Set(open.map(({ session_id }) => session_id))]);
    const terms = await this.planned.terms();
    const due = open.flatMap(({ id, cause, session_id }) => {
      const session = facts.get(session_id)?.session;
      if (session === undefined || terms.length === 0) return [];
      const from = lapsesFrom(cause, session.plan.dates, deskDayAt(terms, now).hours);
      return from <= now ? [{ id, from }] : [];
    });
    for (const one of due) await this.lapse(one.id, one.from);
    return due.length;
  }

  private async lapse(callbackId: string, from: number): Promise<void> {
    const contacts = await this.notes.idsOf(callbackId, 'contact');
    const stream = callbackStream(callbackId);
    await this.desk.submit(unattendedCall('callback-sweeper', newId()), {
      writes: [stream],
      decide: (states, now) => {
        const { events, after } = decided(callback, { do: 'lapse', callbackId, now, from }, states.of(stream));
        return { events: [[stream, events]], sides: after.state === 'closed' ? contacts.map(erasedNote) : [], answer: null }; // prettier-ignore
      },
    });
  }
}
