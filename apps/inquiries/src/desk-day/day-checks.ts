import { Inject, Injectable } from '@nestjs/common';
import { instantOf, plusDays } from '#calendar/civil-time.js';
import { Rows } from '#platform/hosting/rows.js';
import { CASES } from '../case-list/cases.projector.js';
import { CALLS } from '../call-board/calls.projector.js';
import type { DayChecks } from './desk-day.decider.js';
import { OPEN_HOLDS } from './open-holds.projector.js';

/** What is open at the end of a day, as far as this service has heard. */
@Injectable()
export class DayChecking {
  constructor(@Inject(Rows) private readonly rows: Rows) {}

  async of(date: string): Promise<DayChecks> {
    const end = new Date(instantOf(plusDays(date, 1), '00:00')).toISOString();
    const row = await this.rows.first<Omit<DayChecks, 'complaintsDue'> & Record<string, unknown>>(
      'day-checks',
      `select
        (select count(*) from ${CALLS}.call where date <= $1 and not struck and account ->> 'source' = 'screen'
          and account ? 'answer' and not account ? 'ending')::int as "openCalls",
        (select count(*) from call_draft where date <= $1)::int as "openDrafts",
        (select count(*) from ${OPEN_HOLDS.replaceAll('-', '_')}.hold)::int as "unreleasedHolds",
        (select count(*) from ${CALLS}.call where date = $1 and not struck and account ? 'answer'
          and account #>> '{ending,category}' is null)::int as "callsWithoutCategory"`,
      [date],
    );
    const { openCalls, openDrafts, unreleasedHolds, callsWithoutCategory } = row!;
    const complaintsDue = await this.complaintsDue(end);
    return { openCalls, openDrafts, unreleasedHolds, callsWithoutCategory, complaintsDue };
  }

  private async complaintsDue(end: string): Promise<number> {
    const row = await this.rows.first<{ due: number }>(
      'complaints-due',
      `select count(*)::int as due from ${CASES}.complaint where open and due_at < $1`,
      [end],
    );
    return row!.due;
  }
}
