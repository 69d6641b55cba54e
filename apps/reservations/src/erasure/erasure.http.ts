import { Body, Controller, Inject, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Call } from '#contracts/access/call.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { CommandRoute } from '#platform/hosting/route.js';
import { LineField } from '#platform/service/fields.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { Erase } from './erasure.commands.js';

export class EraseBody {
  @LineField({ max: 60, description: '市の指示番号' }) instructionNumber: string;
}

export class EraseAnswer {
  @ApiProperty({ format: 'uuid' }) subjectId: string;
  @ApiProperty({ enum: ['requested', 'erased'] }) state: string;
  @ApiProperty({ required: false, enum: ['manager', 'privacyOfficer'], description: 'Whose word is still missing.' })
  neededFrom?: string;
  @ApiProperty({ required: false, format: 'date-time' }) erasedAt?: string;
}

const PROBLEMS = { 404: ['not-found'], 409: ['second-person-needed'], 410: ['person-erased', 'term-erased'] };

@ApiTags('erasure')
@Controller()
export class ErasureHttp {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post('persons/:personId/erase')
  @CommandRoute(EraseAnswer, PROBLEMS)
  person(@CurrentCall() call: Call, @IdParam('personId') id: string, @Body() { instructionNumber }: EraseBody) {
    return this.commands.execute(new Erase(call, { kind: 'person', id }, instructionNumber));
  }

  @Post('terms/:termId/erase')
  @CommandRoute(EraseAnswer, { ...PROBLEMS, 409: [...PROBLEMS[409], 'term-open'] })
  term(@CurrentCall() call: Call, @IdParam('termId') id: string, @Body() { instructionNumber }: EraseBody) {
    return this.commands.execute(new Erase(call, { kind: 'term', id }, instructionNumber));
  }
}
