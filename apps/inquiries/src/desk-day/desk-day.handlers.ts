import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dateAt } from '#calendar/civil-time.js';
import { idFrom } from '#kernel/ids.js';
import { Rows } from '#platform/hosting/rows.js';
import type { SideTable, SideWrite } from '#platform/log/side-table.js';
import { Desk } from '../desk/desk.js';
import { actorIdOf } from '../desk/ids.js';
import { deskDayStream } from '../desk/streams.js';
import { DayChecking } from './day-checks.js';
import { CloseDeskDay } from './desk-day.commands.js';
import { deskDay } from './desk-day.decider.js';

const DELETIONS = '2e1a7d94-6b3c-4f58-8a0d-9c5e4b7f1d26';

const draftTable: SideTable = { name: 'call_draft', key: { call_id: 'uuid' }, columns: {} };
const deletionTable: SideTable = {
  name: 'deletion_record',
  key: { deletion_id: 'uuid' },
  columns: { what: 'text', date: 'date', count: 'integer', done_by: 'uuid', done_at: 'bigint' },
};
const closedDayTable: SideTable = {
  name: 'closed_day',
  key: { date: 'date' },
  columns: { closed_at: 'bigint', closed_by: 'uuid', checks: 'jsonb' },
};

/** Closes a day: its drafts are erased and recorded in the commit that closes it, and no new one can be saved. (§8.20) */
@CommandHandler(CloseDeskDay)
export class CloseDeskDayHandler implements ICommandHandler<CloseDeskDay> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(Rows) private readonly rows: Rows,
    @Inject(DayChecking) private readonly checking: DayChecking,
  ) {}

  async execute({ call, date, anyway }: CloseDeskDay) {
    const checks = await this.checking.of(date);
    const drafts = await this.rows.all<{ call_id: string }>(
      'drafts-of-day',
      'select call_id from call_draft where date <= $1',
      [date],
    );
    const stream = deskDayStream(date);
    const closedBy = actorIdOf(call.caller.accountId);
    const deletionRecordId = idFrom(DELETIONS, 'day', date);
    const accepted = await this.desk.submit(call, {
      writes: [stream],
      decide: (states, now) => {
        const draftsErased = drafts.length;
        const closing = { closedBy, draftsErased, ...(draftsErased > 0 && { deletionRecordId }) };
        const events = deskDay.decide(
          { do: 'close', date, today: dateAt(now), checks, anyway, closing },
          states.of(stream),
        );
        const sides: SideWrite[] = [
          ...drafts.map(({ call_id }) => ({ table: draftTable, key: { call_id } })),
          ...(draftsErased > 0
            ? [{ table: deletionTable, key: { deletion_id: deletionRecordId }, row: { what: 'callDraft', date, count: draftsErased, done_by: closedBy, done_at: now } }] // prettier-ignore
            : []),
          {
            table: closedDayTable,
            key: { date },
            row: { closed_at: now, closed_by: closedBy, checks: JSON.stringify(checks) },
          },
        ];
        return { events: [[stream, events]], sides: events.length > 0 ? sides : [], answer: { date, draftsErased } };
      },
    });
    await this.eraseLateDrafts(date, closedBy);
    return accepted;
  }

  /** What was saved between the look and the commit; from here on nothing can be. */
  private async eraseLateDrafts(date: string, closedBy: string): Promise<void> {
    await this.rows.all(
      'late-drafts',
      `with gone as (delete from call_draft where date <= $1 returning call_id)
       insert into deletion_record select gen_random_uuid(), 'callDraft', $1, count(*)::int, $2, $3 from gone having count(*) > 0
       returning deletion_id`,
      [date, closedBy, Date.now()],
    );
  }
}
