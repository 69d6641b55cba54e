import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsNumber,
  IsString,
  isISO8601,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

// Fields of bodies and queries: each checks what it documents, so that the OpenAPI document cannot say otherwise.

interface FieldOptions {
  readonly optional?: true;
  readonly description?: string;
}

type Many = FieldOptions & { readonly min?: number; readonly max: number };

const ID = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
/** From 1920 to 2999: a date has an era, and weeks before and after it is still a date. */
const YEAR = '(19[2-9]|2\\d\\d)\\d';
const DATE = `^${YEAR}-\\d{2}-\\d{2}$`;
const TIME = '^([01]\\d|2[0-3]):[0-5]\\d$';
const INSTANT = `^${YEAR}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,6})?)?(Z|[+-]\\d{2}:\\d{2})$`;
/** One line that says something: no control characters, not only blanks. */
const LINE = '^(?=.*\\S)[^\\p{Cc}]*$';
/** The same over several lines. */
const LINES = '^(?=[^]*\\S)[^\\p{Cc}\\n\\r\\t]*(?:[\\n\\r\\t][^\\p{Cc}\\n\\r\\t]*)*$';

function field(options: FieldOptions, api: ApiPropertyOptions, ...checks: PropertyDecorator[]): PropertyDecorator {
  const { optional, description } = options;
  const documented = { ...api, required: !optional, ...(description !== undefined && { description }) };
  return applyDecorators(ApiProperty(documented as ApiPropertyOptions), ...checks, ...(optional ? [IfGiven()] : []));
}

/** `@IsOptional` would also let a null through, which no rule has a meaning for. */
function IfGiven(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}

/** A lower-case uuid. */
export function IdField(options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: String, format: 'uuid', pattern: ID }, Matches(new RegExp(ID)));
}

export function IdsField({ min = 0, max, ...options }: Many): PropertyDecorator {
  const api: ApiPropertyOptions = {
    type: 'array',
    items: { type: 'string', format: 'uuid', pattern: ID },
    minItems: min,
    maxItems: max,
  };
  return field(options, api, IsArray(), ArrayMinSize(min), ArrayMaxSize(max), Matches(new RegExp(ID), { each: true }));
}

/** A civil date that exists, `2026-08-05`. */
export function DateField(options: FieldOptions = {}): PropertyDecorator {
  const api = { type: String, format: 'date', pattern: DATE };
  return field(options, api, Matches(new RegExp(DATE)), IsISO8601({ strict: true }));
}

/** A civil time of day, `09:00`. */
export function TimeField(options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: String, pattern: TIME, example: '09:00' }, Matches(new RegExp(TIME)));
}

/** ISO 8601 with an offset; becomes UTC with milliseconds. */
export function InstantField(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: String, format: 'date-time', pattern: INSTANT },
    Transform(({ value }: { value: unknown }) => utc(value)),
    Matches(new RegExp(INSTANT)),
    IsISO8601({ strict: true }),
  );
}

/** What is not an instant is left as it is, for the checks to refuse. */
function utc(value: unknown): unknown {
  if (typeof value !== 'string' || !new RegExp(INSTANT).test(value)) return value;
  // JavaScript would make the second of March of the thirtieth of February
  if (!isISO8601(value, { strict: true })) return value;
  const at = Date.parse(value);
  return Number.isNaN(at) ? value : new Date(at).toISOString();
}

/** One line of text. */
export function LineField({ max, ...options }: FieldOptions & { readonly max: number }): PropertyDecorator {
  const api = { type: String, minLength: 1, maxLength: max, pattern: LINE };
  return field(options, api, IsString(), Length(1, max), Matches(new RegExp(LINE, 'u')));
}

/** Several texts of one line each. @param length of each */
export function LinesField({
  min = 0,
  max,
  length,
  ...options
}: Many & { readonly length: number }): PropertyDecorator {
  const items = { type: 'string', minLength: 1, maxLength: length, pattern: LINE };
  const api = { type: 'array', items, minItems: min, maxItems: max } as ApiPropertyOptions;
  const each = { each: true };
  const checks = [IsString(each), Length(1, length, each), Matches(new RegExp(LINE, 'u'), each)];
  return field(options, api, IsArray(), ArrayMinSize(min), ArrayMaxSize(max), ...checks);
}

/** Text over several lines. */
export function TextField({ max, ...options }: FieldOptions & { readonly max: number }): PropertyDecorator {
  const api = { type: String, minLength: 1, maxLength: max, pattern: LINES };
  return field(options, api, IsString(), Length(1, max), Matches(new RegExp(LINES, 'u')));
}

/** Text of a form of its own. @param pattern anchored; JavaScript and JSON Schema read it alike, with the `u` flag */
export function PatternField({
  pattern,
  max,
  ...options
}: FieldOptions & { readonly pattern: string; readonly max: number }): PropertyDecorator {
  const api = { type: String, minLength: 1, maxLength: max, pattern };
  return field(options, api, IsString(), Length(1, max), Matches(new RegExp(pattern, 'u')));
}

/** An entry of a code list that lives in the service: `illness`. */
export function CodeField(options: FieldOptions = {}): PropertyDecorator {
  return PatternField({ pattern: '^[a-z][A-Za-z0-9]{0,39}$', max: 40, ...options });
}

export function CountField({
  min,
  max,
  ...options
}: FieldOptions & { readonly min: number; readonly max: number }): PropertyDecorator {
  return field(options, { type: 'integer', minimum: min, maximum: max }, IsInt(), Min(min), Max(max));
}

/** Whole numbers, at most `most` of them. */
export function CountsField({
  min,
  max,
  most,
  ...options
}: FieldOptions & { readonly min: number; readonly max: number; readonly most: number }): PropertyDecorator {
  const items = { type: 'integer', minimum: min, maximum: max };
  const api = { type: 'array', items, minItems: 0, maxItems: most } as ApiPropertyOptions;
  const each = { each: true };
  return field(options, api, IsArray(), ArrayMaxSize(most), IsInt(each), Min(min, each), Max(max, each));
}

export function NumberField({
  min,
  max,
  ...options
}: FieldOptions & { readonly min: number; readonly max: number }): PropertyDecorator {
  return field(options, { type: Number, minimum: min, maximum: max }, IsNumber(), Min(min), Max(max));
}

export function FlagField(options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: Boolean }, IsBoolean());
}

export function ChoiceField({ of, ...options }: FieldOptions & { readonly of: readonly string[] }): PropertyDecorator {
  return field(options, { type: String, enum: [...of] }, IsIn(of));
}

export function ChoicesField({ of, min = 0, max, ...options }: Many & { readonly of: readonly string[] }) {
  const api: ApiPropertyOptions = { type: String, enum: [...of], isArray: true, minItems: min, maxItems: max };
  return field(options, api, IsArray(), ArrayMinSize(min), ArrayMaxSize(max), IsIn(of, { each: true }));
}

type PartClass = () => new () => object;

/** The library knows a function that gives a class by its name: it has to be called `type`. */
function lazy(part: PartClass): ApiPropertyOptions {
  return { type: () => part() } as ApiPropertyOptions;
}

/** A part with fields of its own. */
export function PartField(part: PartClass, options: FieldOptions = {}): PropertyDecorator {
  return field(options, lazy(part), ValidateNested(), Type(part), IsPart());
}

export function PartsField(part: PartClass, { min = 0, max, ...options }: Many): PropertyDecorator {
  const api = { ...lazy(part), isArray: true, minItems: min, maxItems: max } as ApiPropertyOptions;
  const checks = [IsArray(), ArrayMinSize(min), ArrayMaxSize(max), ValidateNested({ each: true }), Type(part)];
  return field(options, api, ...checks, IsPart(true));
}

/** `@ValidateNested` alone lets an array stand for a part. */
function IsPart(each = false): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => {
    const parts: unknown[] = each && Array.isArray(value) ? value : [value];
    return parts.some((part) => Array.isArray(part)) ? 'not a part' : value;
  });
}
