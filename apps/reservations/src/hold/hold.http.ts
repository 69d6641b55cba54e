import { Body, Controller, Delete, Inject, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#contracts/access/call.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { CommandRoute } from '#platform/hosting/route.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { plain } from '#platform/hosting/plain.js';
import { HoldAnswer, HoldBody } from './hold.body.js';
import { ExtendHold, HoldSeats, ReleaseHold } from './hold.commands.js';

@ApiTags('holds')
@Controller('holds')
export class HoldsHttp {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post()
  @CommandRoute(HoldAnswer, { 404: ['not-found'], 409: ['session-full', 'session-not-open'] }, 201)
  hold(@CurrentCall() call: Call, @Body() body: HoldBody) {
    return this.commands.execute(new HoldSeats(call, plain(body)));
  }

  @Post(':holdId/extend')
  @CommandRoute(HoldAnswer, { 404: ['not-found'], 409: ['hold-expired'] })
  extend(@CurrentCall() call: Call, @IdParam('holdId') holdId: string) {
    return this.commands.execute(new ExtendHold(call, holdId));
  }

  @Delete(':holdId')
  @CommandRoute(HoldAnswer, { 404: ['not-found'] })
  release(@CurrentCall() call: Call, @IdParam('holdId') holdId: string) {
    return this.commands.execute(new ReleaseHold(call, holdId));
  }
}
