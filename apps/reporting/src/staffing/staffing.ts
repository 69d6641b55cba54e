import { Inject, Injectable } from '@nestjs/common';
import { Refusal } from '#kernel/refusal.js';
import { Rows, ServiceDatabase } from '#platform/hosting/rows.js';
import { averagesOf } from '../call/call-counts.js';
import { callsBySlot } from '../call/calls-asked.row.js';
import { Ledger } from '../query/ledger-reading.js';
import { oneAtATime } from '../report/one-at-a-time.js';
import { plannedTerms, termOn } from '../report/report-terms.js';
import { forecastOf, type Forecast, type WhatIf } from './forecast.policy.js';
import { openTermOf, pastDaysOf } from './history.js';
import { fewestSeats, FORMULA, seatNeeds, USUAL_TARGET, withSeats, type ServiceTarget, type SlotNeed } from './seat-plan.policy.js'; // prettier-ignore
import { alarmsOf, checkShiftPlan, type ShiftPlan } from './shift.policy.js';
import type { ShiftPlanBody } from './staffing.http.js';

export interface Asking extends WhatIf {
  readonly aht?: number;
  readonly serviceLevel?: number;
  readonly within?: number;
  /** Calls of the day, in place of the forecast. */
  readonly volume?: number;
  readonly seats?: number;
}

/** Forecasts and shift plans of days. */
@Injectable()
export class Staffing {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Rows) private readonly rows: Rows,
    @Inject(ServiceDatabase) private readonly database: ServiceDatabase,
  ) {}

  /** @throws Refusal `not-found` without a term, `day-not-open` 409 */
  async need(date: string, asking: Asking = {}) {
    const { termName, forecast, measuredAht } = await this.forecast(date, asking);
    const target: ServiceTarget = {
      aht: asking.aht ?? USUAL_TARGET.aht,
      serviceLevel: asking.serviceLevel ?? USUAL_TARGET.serviceLevel,
      within: asking.within ?? USUAL_TARGET.within,
    };
    const needs = seatNeeds(forecast, target);
    const plan = await this.newest(date);
    return {
      ...{ date, termName, dayNo: forecast.dayNo, calls: Math.round(forecast.calls * 10) / 10 },
      ...{ termTotal: forecast.termTotal, firstDayShare: forecast.firstDayShare },
      hourlySplit: {
        ...forecast.hourlySplit,
        value: Object.fromEntries([...forecast.hourlySplit.value].map(inTenThousandths)),
      },
      target: { ...target, measuredAht, usual: USUAL_TARGET },
      formula: FORMULA,
      peakSeats: Math.max(0, ...needs.map(({ seats }) => seats)),
      fewestSeats: fewestSeats(forecast.calls, forecast.hourlySplit.value.size, target.aht),
      slots: needs.map((need) => ({ ...shown(need), ...given(need, asking.seats, target) })),
      alarms: plan === undefined ? [] : alarmsOf(plan.plan, needs),
    };
  }

  /** @throws Refusal `not-found` */
  async plan(date: string) {
    const newest = await this.newest(date);
    if (newest === undefined)
      throw new Refusal('not-found', 'not-found', 'この日の勤務計画はまだありません。', { date });
    const { slots } = await this.need(date);
    return { ...answered(newest.plan), version: newest.version, alarms: alarmsOf(newest.plan, slots as SlotNeed[]) };
  }

  /** How many people the newest plan of a day has; undefined without a plan. Whoever doubles is a supervisor. */
  async peopleOn(date: string): Promise<{ supervisors: number; operators: number } | undefined> {
    const newest = await this.newest(date);
    if (newest === undefined) return undefined;
    const people = (role: string) =>
      new Set(newest.plan.duties.filter((duty) => duty.role === role).map(({ accountId }) => accountId)).size;
    return { supervisors: people('supervisor'), operators: people('operator') };
  }

  /** Each saving is a version of its own: a record of the changes in seats. (R030) @throws Refusal of `checkShiftPlan` */
  async save(date: string, body: ShiftPlanBody, plannedBy: string) {
    const { slots } = await this.need(date);
    const plan = { date, ...body } as ShiftPlan;
    checkShiftPlan(plan, slots.map(({ slot }) => slot)); // prettier-ignore
    const version = await oneAtATime(this.database.pool, `shift-plan/${date}`, async (client) => {
      const { rows } = await client.query<{ version: number }>(
        `insert into shift_plan (day, version, plan, planned_by)
         select $1, coalesce(max(version), 0) + 1, $2, $3 from shift_plan where day = $1 returning version`,
        [date, JSON.stringify(plan), plannedBy],
      );
      return rows[0]!.version;
    });
    return { ...answered(plan), version, alarms: alarmsOf(plan, slots as SlotNeed[]) };
  }

  private async newest(date: string): Promise<{ version: number; plan: ShiftPlan } | undefined> {
    return this.rows.first('shift-plan', 'select version, plan from shift_plan where day = $1 order by version desc limit 1', [date]); // prettier-ignore
  }

  private async forecast(date: string, { volume, ...whatIf }: Asking) {
    const { terms, calls } = await this.ledger.read(undefined, async (reading) => ({
      terms: await plannedTerms(reading),
      calls: await reading.ask(callsBySlot),
    }));
    const term = termOn(terms, date);
    if (term === undefined) throw new Refusal('not-found', 'not-found', '期がまだ登録されていません。');
    const forecast = forecastOf(date, openTermOf(term), pastDaysOf(calls), whatIf);
    if (forecast === undefined) {
      throw new Refusal('day-not-open', 'conflict', 'この日は開設日ではありません。', {
        date,
        reception: term.reception,
      });
    }
    const asked: Forecast = volume === undefined ? forecast : { ...forecast, calls: volume };
    return { termName: term.title, forecast: asked, measuredAht: averagesOf(calls).handling };
  }
}

function answered({ combinedRoleAgreement, ...plan }: ShiftPlan) {
  const duties = plan.duties.map((duty) => ({ ...duty }));
  return { ...plan, duties, ...(combinedRoleAgreement !== undefined && { combinedRoleAgreement }) };
}

function shown({ meanWait, ...need }: SlotNeed) {
  return { ...need, meanWait: Number.isFinite(meanWait) ? meanWait : null };
}

function given(need: SlotNeed, seats: number | undefined, target: ServiceTarget) {
  return seats === undefined ? {} : { serviceLevelWithSeats: withSeats(need, seats, target).serviceLevel };
}

/** As it is read: 0.3, not 0.30000000000000004. */
function inTenThousandths([hour, share]: readonly [number, number]): [number, number] {
  return [hour, Math.round(share * 10_000) / 10_000];
}
