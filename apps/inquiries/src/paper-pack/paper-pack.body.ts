import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, Matches } from 'class-validator';
import { CountField, IdField } from '#platform/service/fields.js';

const TOKEN = '^T-\\d{3,5}$';

function TokensField(): PropertyDecorator {
  const api = { type: 'array', items: { type: 'string', pattern: TOKEN }, maxItems: 2_000 } as const;
  return applyDecorators(ApiProperty(api), IsArray(), ArrayMaxSize(2_000), Matches(new RegExp(TOKEN), { each: true }));
}

export class PaperPackBody {
  @IdField() termId: string;
  @CountField({ min: 0, max: 4, optional: true, description: 'Seats of each session that may be given on paper; 1.' })
  seatsPerSession?: number;
  @CountField({ min: 1, max: 500, optional: true, description: '受付用紙; 50.' }) forms?: number;
}

export class PackPrinted {
  @ApiProperty({ format: 'uuid' }) packId: string;
  @ApiProperty({ format: 'date' }) date: string;
  @ApiProperty({ type: 'integer' }) forms: number;
  @ApiProperty({ type: 'integer', description: 'Seats that are held for it.' }) tokens: number;
}

export class PaperPackReturnBody {
  @TokensField() usedTokens: string[];
  @CountField({ min: 0, max: 500 }) formsUsed: number;
}

export class PackReturned {
  @ApiProperty({ format: 'uuid' }) packId: string;
  @ApiProperty({ type: 'integer' }) formsUsed: number;
  @ApiProperty({ type: 'integer' }) seatsUsed: number;
  @ApiProperty({ type: 'integer' }) seatsReleased: number;
}

export class TokenAnswer {
  @ApiProperty({ example: 'T-007' }) token: string;
  @ApiProperty({ format: 'uuid', description: 'For the booking that is keyed in later.' }) holdId: string;
  @ApiProperty({ format: 'uuid' }) sessionId: string;
}

export class PackAnswer {
  @ApiProperty({ format: 'uuid' }) packId: string;
  @ApiProperty({ format: 'date' }) date: string;
  @ApiProperty({ format: 'uuid' }) termId: string;
  @ApiProperty({ enum: ['printed', 'returned'] }) state: string;
  @ApiProperty({ type: 'integer' }) forms: number;
  @ApiProperty({ format: 'date-time' }) printedAt: string;
  @ApiProperty({ type: [TokenAnswer] }) tokens: TokenAnswer[];
}

export class PacksAnswer {
  @ApiProperty({ type: [PackAnswer] }) packs: PackAnswer[];
}
