import { Body, Controller, Delete, Get, HttpCode, Inject, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import type { Caller } from '#contracts/access/call.js';
import { Refusal } from '#kernel/refusal.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { QuestionRoute } from '#platform/hosting/route.js';
import { CurrentCaller } from '#platform/service/caller.js';
import { CountField } from '#platform/service/fields.js';
import { ApiProblems } from '#platform/service/problem-answer.js';
import { Drafts } from './drafts.js';

const LARGEST = 32 * 1024;

export class DraftBody {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'What the screen keeps; at most 32 KB as JSON.',
  })
  @IsObject()
  content: Record<string, unknown>;
  @CountField({ min: 0, max: 1_000_000, optional: true, description: 'The version the screen has seen; 0 for none.' })
  version?: number;
}

export class DraftSaved {
  @ApiProperty({ format: 'uuid' }) callId: string;
  @ApiProperty({ type: 'integer' }) version: number;
  @ApiProperty({ format: 'date-time' }) savedAt: string;
}

export class DraftAnswer extends DraftSaved {
  @ApiProperty({ type: 'object', additionalProperties: true }) content: Record<string, unknown>;
}

/** The half-typed form of a call: it survives a terminal that fails, and is erased at the day's end. (R034) */
@ApiTags('calls')
@Controller('calls/:callId/draft')
export class DraftsHttp {
  constructor(@Inject(Drafts) private readonly drafts: Drafts) {}

  @Put()
  @QuestionRoute(DraftSaved, {
    403: ['draft-of-another'],
    404: ['not-found'],
    409: ['draft-changed', 'day-closed', 'no-term'],
    410: ['term-erased'],
    413: ['draft-too-large'],
  })
  save(
    @CurrentCaller() caller: Caller,
    @IdParam('callId') callId: string,
    @Body() { content, version }: DraftBody,
  ): Promise<DraftSaved> {
    if (Buffer.byteLength(JSON.stringify(content)) > LARGEST) {
      throw new Refusal('draft-too-large', 'too-large', 'A draft is at most 32 KB.');
    }
    return this.drafts.save(caller, callId, content, version);
  }

  @Get()
  @QuestionRoute(DraftAnswer, { 403: ['draft-of-another'], 404: ['not-found'], 410: ['term-erased'] })
  async read(@CurrentCaller() caller: Caller, @IdParam('callId') callId: string): Promise<DraftAnswer> {
    const { content, ...draft } = await this.drafts.read(caller, callId);
    return { ...draft, content: { ...content } };
  }

  @Delete()
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'There is no draft of this call any more.' })
  @ApiProblems({
    401: ['not-signed-in'],
    403: ['forbidden', 'draft-of-another'],
    404: ['not-found'],
    503: ['unavailable'],
  })
  erase(@CurrentCaller() caller: Caller, @IdParam('callId') callId: string): Promise<void> {
    return this.drafts.erase(caller, callId);
  }
}
