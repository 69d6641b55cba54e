import type { Call } from '#contracts/access/call.js';
import type { AgreedSettings } from './posting-settings.decider.js';

export class AgreePostingSettings {
  constructor(
    readonly call: Call,
    readonly settings: AgreedSettings,
  ) {}
}
