import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { decided } from '#platform/hosting/decided.js';
import { Desk } from '../desk/desk.js';
import { settingsStream } from '../desk/streams.js';
import { AgreePostingSettings } from './posting-settings.commands.js';
import { postingSettings } from './posting-settings.decider.js';
import { settingsRow } from './posting-settings.row.js';

@CommandHandler(AgreePostingSettings)
export class AgreePostingSettingsHandler implements ICommandHandler<AgreePostingSettings> {
  constructor(@Inject(Desk) private readonly desk: Desk) {}

  execute({ call, settings }: AgreePostingSettings) {
    const stream = settingsStream();
    return this.desk.submit(call, {
      writes: [stream],
      decide: (states) => {
        const { events } = decided(postingSettings, { settings }, states.of(stream));
        return {
          events: [[stream, events]],
          sides: [settingsRow(settings)],
          answer: { validFrom: settings.validFrom },
        };
      },
    });
  }
}
