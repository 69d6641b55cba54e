import { Body, Controller, Inject, Patch, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#contracts/access/call.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { CommandRoute } from '#platform/hosting/route.js';
import { CallBody, CallChanged, CloseBody, StrikeBody } from './call.body.js';
import { CloseCall, ReceiveCall, StrikeCall } from './call.commands.js';

/** Calls as the operator's screen tells of them. */
@ApiTags('calls')
@Controller('calls')
export class CallsHttp {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  /** An operator has a caller on the line, or keys in a form that was filled in during an outage. */
  @Post()
  @CommandRoute(CallChanged, { 400: ['not-yet-received'], 409: ['call-struck'] }, 201)
  receive(@CurrentCall() call: Call, @Body() body: CallBody) {
    return this.commands.execute(new ReceiveCall(call, body));
  }

  /** The end of the after-call work. Sent again, it corrects what was said before. */
  @Patch(':callId/close')
  @CommandRoute(CallChanged, { 404: ['not-found'], 409: ['call-not-answered', 'call-struck'] })
  close(@CurrentCall() call: Call, @IdParam('callId') callId: string, @Body() body: CloseBody) {
    return this.commands.execute(new CloseCall(call, callId, body));
  }

  @Post(':callId/strike')
  @CommandRoute(CallChanged, { 404: ['not-found'] })
  strike(@CurrentCall() call: Call, @IdParam('callId') callId: string, @Body() body: StrikeBody) {
    return this.commands.execute(new StrikeCall(call, callId, body.sameAs));
  }
}
