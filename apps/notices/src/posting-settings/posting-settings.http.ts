import { Body, Controller, Get, Inject, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { dateAt } from '#calendar/civil-time.js';
import type { Call } from '#contracts/access/call.js';
import { systemClock } from '#kernel/clock.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { plain } from '#platform/hosting/plain.js';
import { CommandRoute, QuestionRoute } from '#platform/hosting/route.js';
import { PostingSettingsAnswer, PostingSettingsBody, SettingsAgreed } from './posting-settings.body.js';
import { AgreePostingSettings } from './posting-settings.commands.js';
import type { AgreedSettings } from './posting-settings.decider.js';
import { PostingSettingsVersions } from './posting-settings.row.js';

@ApiTags('notices')
@Controller('notices/posting-settings')
export class PostingSettingsHttp {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(PostingSettingsVersions) private readonly versions: PostingSettingsVersions,
  ) {}

  @Get()
  @QuestionRoute(PostingSettingsAnswer)
  async read(): Promise<PostingSettingsAnswer> {
    const [versions, inForce] = await Promise.all([this.versions.all(), this.versions.find(dateAt(systemClock.now()))]);
    return { versions, ...(inForce && { inForce }) } as PostingSettingsAnswer;
  }

  @Post()
  @CommandRoute(SettingsAgreed, {}, 201)
  agree(@CurrentCall() call: Call, @Body() body: PostingSettingsBody) {
    const settings = plain(body);
    const offices = settings.offices.map(({ leads, ...office }) => ({
      ...office,
      leads: leads.map(({ destination = '', days }) => ({ destination, days })),
    }));
    return this.commands.execute(new AgreePostingSettings(call, { ...settings, offices } as AgreedSettings));
  }
}
