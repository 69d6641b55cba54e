import { Body, Controller, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#contracts/access/call.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { CommandRoute } from '#platform/hosting/route.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { RestrictAnswer, RestrictBody } from './disclosure.body.js';
import { Restriction } from './restriction.js';

@ApiTags('persons')
@Controller('persons')
export class RestrictionHttp {
  constructor(@Inject(Restriction) private readonly restriction: Restriction) {}

  @Post(':personId/restrict')
  @CommandRoute(RestrictAnswer, { 404: ['not-found'], 410: ['person-erased', 'term-erased'] })
  restrict(@CurrentCall() call: Call, @IdParam('personId') personId: string, @Body() { restricted }: RestrictBody) {
    return this.restriction.set(call, personId, restricted);
  }
}
