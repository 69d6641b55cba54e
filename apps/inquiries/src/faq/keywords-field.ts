import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsString, Length, Matches, ValidateIf } from 'class-validator';

/** Up to 50 other words for what is asked, a line each. */
export function KeywordsField(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: [String], required: false, description: '検索語' }),
    IsArray(),
    ArrayMaxSize(50),
    IsString({ each: true }),
    Length(1, 60, { each: true }),
    Matches(/^(?=.*\S)[^\p{Cc}]*$/u, { each: true }),
    ValidateIf((_, value) => value !== undefined),
  );
}
