import type { PostingSettingsAgreed } from '#contracts/notices/posting-settings.events.js';
import type { NoticesEvent } from '#contracts/notices/notices.events.js';
import { postingPlan } from '#calendar/posting-plan.js';
import type { PostingSettings } from '#calendar/posting-settings.js';
import type { Decider } from '#kernel/decider.js';
import { invalidSettings } from './posting-settings.refusals.js';

export type AgreedSettings = PostingSettingsAgreed['data'];

/** By the day each is in force from; agreed again for the same day, the later word holds. */
export type SettingsVersions = ReadonlyMap<string, AgreedSettings>;

export interface AgreeSettings {
  readonly settings: AgreedSettings;
}

export const postingSettings: Decider<SettingsVersions, AgreeSettings, NoticesEvent> = {
  initialState: new Map(),
  decide: ({ settings }) => {
    mustBeUsable(settings);
    return [{ type: 'PostingSettingsAgreed', data: settings }];
  },
  evolve: (versions, { type, data }) =>
    type === 'PostingSettingsAgreed' ? new Map([...versions, [data.validFrom, data]]) : versions,
};

/** What would be found out only when a date is asked for. @throws Refusal `invalid-body` */
function mustBeUsable(settings: AgreedSettings): void {
  const { offices, safety } = settings;
  for (const [i, { leads }] of offices.entries()) {
    // No silent default: a destination that no lead fits has none (requirements §4.5)
    if (!leads.some(({ destination }) => destination === '')) throw invalidSettings(`offices.${i}.leads`, 'everywhere');
  }
  for (const [i, { from, to }] of safety.entries()) if (to < from) throw invalidSettings(`safety.${i}.to`, 'notBefore');
  try {
    postingPlan({ classDate: settings.validFrom }, settings as unknown as PostingSettings);
  } catch (thrown) {
    if (thrown instanceof RangeError) throw invalidSettings('deskDays', 'someDayOpen');
    throw thrown;
  }
}
