import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { Refusal } from '#kernel/refusal.js';

/** One wrong field: where it is, and the names of the rules it breaks. Never the value. */
export interface WrongField {
  readonly field: string;
  readonly rules: readonly string[];
}

const MOST_FIELDS = 100;
const DEEPEST = 32;
/**
 * Members of one object, entries of one list, values of a whole body: more than any form has. What checks a body takes the
 * square of the members for its time, and a megabyte of them would keep everybody waiting for minutes.
 */
const MOST_MEMBERS = 200;
const MOST_ENTRIES = 2_000;
const MOST_VALUES = 20_000;

/** Half of a surrogate pair, or NUL: PostgreSQL stores neither, and no desk has typed them. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** Checks bodies and queries against their classes; converts nothing that its class does not ask for with `@Type`. */
export class RequestValidation extends ValidationPipe {
  /** The rules of each class, as Nest looks them up for every body. */
  private readonly rules = new Map<unknown, unknown[]>();

  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      stopAtFirstError: false,
      transformOptions: { enableImplicitConversion: false },
      validationError: { target: false, value: false },
      exceptionFactory: (errors) => invalidBody(errors.flatMap((error) => wrongFields(error, ''))),
    });
  }

  /** Nest would turn `@Query('seats') seats: number` of `abc` into NaN, and of nothing at all into 0. */
  protected override transformPrimitive(value: unknown): unknown {
    return value;
  }

  protected override findNestedBinaryValues(object: unknown, rules = this.rules): ValidationError[] {
    return super.findNestedBinaryValues(object, rules);
  }
}

export function invalidBody(fields: readonly WrongField[]): Refusal {
  const shown = fields.slice(0, MOST_FIELDS);
  return new Refusal('invalid-body', 'invalid', 'Some fields are not as they should be.', { fields: shown });
}

/**
 * Refuses what JSON can say and the desk cannot keep: unstorable text, numbers that would change, bottomless nesting, more
 * values than anybody types.
 */
export function refuseUnkeepable(part: unknown): void {
  const wrong: WrongField[] = [];
  const waiting: { readonly value: unknown; readonly field: string; readonly depth: number }[] = [
    { value: part, field: '', depth: 0 },
  ];
  let seen = 0;
  for (let next = waiting.pop(); next && wrong.length < MOST_FIELDS; next = waiting.pop()) {
    const { value, field, depth } = next;
    // Bytes are passed on or parsed by whoever asked for them; here each would count as a field.
    const members = typeof value === 'object' && value !== null && !Buffer.isBuffer(value) ? Object.entries(value) : [];
    const most = Array.isArray(value) ? MOST_ENTRIES : MOST_MEMBERS;
    const rule = depth > DEEPEST ? 'depth' : members.length > most ? 'valuesAtOnce' : brokenBy(value);
    if (rule) wrong.push({ field, rules: [rule] });
    else {
      seen += members.length;
      if (seen > MOST_VALUES) throw invalidBody([...wrong, { field: '', rules: ['valuesInAll'] }]);
      for (const [key, inner] of members) {
        if (UNSTORABLE.test(key)) wrong.push({ field, rules: ['storableText'] });
        else waiting.push({ value: inner, field: within(field, key), depth: depth + 1 });
      }
    }
  }
  if (wrong.length > 0) throw invalidBody(wrong);
}

function brokenBy(value: unknown): string | undefined {
  if (typeof value === 'string') return UNSTORABLE.test(value) ? 'storableText' : undefined;
  if (typeof value !== 'number') return undefined;
  const exact = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
  return exact ? undefined : 'exactNumber';
}

function wrongFields({ property, constraints = {}, children = [] }: ValidationError, parent: string): WrongField[] {
  const field = within(parent, property ?? '');
  const rules = Object.keys(constraints);
  const own = rules.length > 0 ? [{ field, rules }] : [];
  return [...own, ...children.flatMap((child) => wrongFields(child, field))];
}

/** A key that is no name of a field is something somebody typed: it is not repeated in the answer. */
function within(parent: string, key: string): string {
  const name = /^\w{1,40}$/.test(key) ? key : '?';
  return parent === '' ? name : `${parent}.${name}`;
}
