import { Inject, Injectable } from '@nestjs/common';
import { settingsOn, type DatedPostingSettings } from '#calendar/posting-settings.js';
import { Refusal } from '#kernel/refusal.js';
import { Rows } from '#platform/hosting/rows.js';
import type { SideTable, SideWrite } from '#platform/log/side-table.js';
import type { AgreedSettings } from './posting-settings.decider.js';

const table: SideTable = { name: 'posting_settings', key: { valid_from: 'text' }, columns: { settings: 'jsonb' } };

export function settingsRow(settings: AgreedSettings): SideWrite {
  return { table, key: { valid_from: settings.validFrom }, row: { settings: JSON.stringify(settings) } };
}

/** How notices are posted, in every version that was agreed. */
@Injectable()
export class PostingSettingsVersions {
  constructor(@Inject(Rows) private readonly rows: Rows) {}

  /** Oldest first. */
  async all(): Promise<AgreedSettings[]> {
    const rows = await this.rows.all<{ settings: AgreedSettings }>(
      'posting-settings',
      'select settings from posting_settings order by valid_from',
    );
    return rows.map(({ settings }) => settings);
  }

  /** @param day civil date */
  async find(day: string): Promise<AgreedSettings | undefined> {
    const versions = await this.all();
    if (versions.length === 0) return undefined;
    return settingsOn(versions as unknown as [DatedPostingSettings], day) as unknown as AgreedSettings;
  }

  /** @throws Refusal `posting-settings-missing` 409: there is no silent default (requirements §4.5) */
  async on(day: string): Promise<AgreedSettings> {
    const settings = await this.find(day);
    if (settings !== undefined) return settings;
    throw new Refusal(
      'posting-settings-missing',
      'conflict',
      '差出の設定がありません。設定してから、もう一度お試しください。',
    );
  }
}
