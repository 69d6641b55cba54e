import { Inject, Injectable } from '@nestjs/common';
import { expectationOf, type Expectation } from '#calendar/arrival.js';
import { dateAt } from '#calendar/civil-time.js';
import { postingPlan, type PostingCase, type PostingPlan } from '#calendar/posting-plan.js';
import type { PostingSettings } from '#calendar/posting-settings.js';
import { Refusal } from '#kernel/refusal.js';
import { Planned, type SessionFacts } from '#plan/planned.js';
import { PostingSettingsVersions } from '../posting-settings/posting-settings.row.js';

/** When the notices of a session have to be posted, and when one that became due now would be there. */
export interface SessionDates {
  readonly plan: PostingPlan;
  readonly expectation: Expectation;
}

/** When notices have to be posted and when they arrive, by the plan and the settings of the day. (R021, §8.2) */
@Injectable()
export class Expectations {
  constructor(
    @Inject(Planned) private readonly planned: Planned,
    @Inject(PostingSettingsVersions) private readonly settings: PostingSettingsVersions,
  ) {}

  /**
   * Of a booking made at an instant.
   * @param now epoch milliseconds
   * @throws Refusal `not-found`, `posting-settings-missing`
   */
  async of(sessionId: string, now: number): Promise<Expectation> {
    const facts = (await this.planned.sessions([sessionId])).get(sessionId);
    if (facts === undefined) throw new Refusal('not-found', 'not-found', 'There is no such session.', { sessionId });
    return expectationOf(caseOf(facts), now, await this.settingsOn(now));
  }

  /** The same where it can be said; before settings are agreed, or of a session not heard of yet, nothing is. */
  async find(facts: SessionFacts | undefined, now: number): Promise<Expectation | undefined> {
    const settings = await this.settings.find(dateAt(now));
    if (facts === undefined || settings === undefined) return undefined;
    return expectationOf(caseOf(facts), now, asSettings(settings));
  }

  /** The dates of many sessions. @throws Refusal `posting-settings-missing` */
  async plans(facts: Iterable<SessionFacts>, now: number): Promise<Map<string, SessionDates>> {
    return plansBy(await this.settingsOn(now), facts, now);
  }

  /** The same where there are settings; before that, of none. */
  async findPlans(facts: Iterable<SessionFacts>, now: number): Promise<Map<string, SessionDates>> {
    const settings = await this.settings.find(dateAt(now));
    return settings === undefined ? new Map() : plansBy(asSettings(settings), facts, now);
  }

  private async settingsOn(now: number): Promise<PostingSettings> {
    return asSettings(await this.settings.on(dateAt(now)));
  }
}

function plansBy(settings: PostingSettings, facts: Iterable<SessionFacts>, now: number): Map<string, SessionDates> {
  return new Map(
    [...facts].map((one) => {
      const asked = caseOf(one);
      const dates = { plan: postingPlan(asked, settings), expectation: expectationOf(asked, now, settings) };
      return [one.session.sessionId, dates];
    }),
  );
}

export function caseOf({ session, term }: SessionFacts): PostingCase {
  const classDate = session.plan.dates[0]!.date;
  return { classDate, ...(term && { dispatchWindow: term.plan.dispatchWindow }) };
}

/** An event's list has at least one member by its contract, which its type does not say. */
export function asSettings(agreed: object): PostingSettings {
  return agreed as PostingSettings;
}
