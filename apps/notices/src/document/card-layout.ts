import { Inject, Injectable } from '@nestjs/common';
import { STANDARD_FRAME, type CardSettings } from '#office/card/card-settings.js';
import { PostingSettingsVersions } from '../posting-settings/posting-settings.row.js';

/** 本番 / 研修 / デモ of this database. */
export abstract class DeskMark {
  abstract readonly mark: CardSettings['mark'];
}

/** What is the same on every card: by the settings in force on a day, and the mark of the database. (§8.4, §8.25) */
@Injectable()
export class CardLayout {
  constructor(
    @Inject(PostingSettingsVersions) private readonly settings: PostingSettingsVersions,
    @Inject(DeskMark) private readonly desk: DeskMark,
  ) {}

  /** @throws Refusal `posting-settings-missing` */
  async on(day: string): Promise<CardSettings> {
    const { cardStock: stock, sender, frame = STANDARD_FRAME, shift, offices } = await this.settings.on(day);
    const postOffice = offices[0]!.name;
    return { stock, mark: this.desk.mark, sender, frame, postOffice, ...(shift && { shift }) } as CardSettings;
  }
}
