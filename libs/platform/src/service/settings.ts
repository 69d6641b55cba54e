import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { databaseUrlSchema, databaseWeaknessOf, Secret, weaknessOf } from './secret.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** One environment variable: where it comes from, what it must look like, what it becomes. */
export interface Variable<Value> {
  readonly name: string;
  readonly schema: z.ZodType<Value>;
  /** For secrets only: what is wrong with this one on a desk that is not a demonstration. */
  readonly weaknessOf?: (revealed: string) => string | undefined;
  /** A secret that may be absent. */
  readonly optional?: true;
}

export type Variables = Readonly<Record<string, Variable<unknown>>>;

export type SettingsOf<Chosen extends Variables> = {
  readonly [Key in keyof Chosen]: Chosen[Key] extends Variable<infer Value> ? Value : never;
};

/** A variable that is no secret. `.default()` and `.optional()` of the schema decide what its absence means. */
export function variable<Value>(name: string, schema: z.ZodType<Value>): Variable<Value> {
  return { name, schema };
}

/** A secret: no default, `NAME_FILE` names a file that holds it, and a guessable one is refused outside a demo. */
export function secret(name: string, weakness = weaknessOf, schema: z.ZodType<string> = z.string()): Variable<Secret> {
  return { name, schema: schema.transform((text) => new Secret(text)), weaknessOf: weakness };
}

/** A secret that some set-ups need and others do not. */
export function optionalSecret(
  name: string,
  weakness = weaknessOf,
  schema: z.ZodType<string> = z.string(),
): Variable<Secret | undefined> {
  return {
    name,
    schema: schema.transform((text) => new Secret(text)).optional(),
    weaknessOf: weakness,
    optional: true,
  };
}

const wholeNumber = (most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, { error: 'must be a whole number' })
    .transform(Number)
    .refine((number) => number <= most, { error: `must be at most ${most}` });

const address = z.string().refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
  error: 'must be an http:// or https:// address',
});

const brokers = z
  .string()
  .regex(/^[^\s,:]+:\d{1,5}(,[^\s,:]+:\d{1,5})*$/, { error: 'must be host:port, several with commas between' })
  .transform((text) => Object.freeze(text.split(',')));

/** What every service is told. `port` 0 takes a free one. */
export const commonVariables = {
  mark: variable('UKETSUKE_MARK', z.enum(['production', 'training', 'demo'])),
  host: variable('HOST', z.string().default('127.0.0.1')),
  port: variable('PORT', wholeNumber(65_535)),
  databaseUrl: secret('DATABASE_URL', databaseWeaknessOf, databaseUrlSchema),
  logLevel: variable('LOG_LEVEL', z.enum(['debug', 'info', 'warn', 'error']).default('info')),
  /** How long the service goes on as if nothing were, once it has said it is not ready. */
  shutdownDelayMs: variable('SHUTDOWN_DELAY_MS', wholeNumber(60_000).default(5_000)),
  otlpEndpoint: variable('OTEL_EXPORTER_OTLP_ENDPOINT', address.optional()),
  kafkaBrokers: variable('KAFKA_BROKERS', brokers.optional()),
} as const satisfies Variables;

export type CommonSettings = SettingsOf<typeof commonVariables>;

/** Everything that is wrong, at once. No sentence holds a value: any of them may turn out to be a secret. */
export class SettingsError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(['The settings are not usable:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
    this.name = 'SettingsError';
  }
}

/** Reads the environment once: `readSettings({ ...commonVariables, sessionKey: secret('SESSION_KEY') })`. */
export function readSettings<Chosen extends Variables>(
  variables: Chosen,
  environment: Environment = process.env,
): SettingsOf<Chosen> {
  const isDemo = environment['UKETSUKE_MARK'] === 'demo';
  const problems: string[] = [];
  const settings: Record<string, unknown> = {};
  for (const [key, { name, schema, weaknessOf: weakness, optional }] of Object.entries(variables)) {
    const text = weakness ? secretText(name, environment, problems) : given(environment[name]);
    if (text === UNREADABLE) continue;
    const parsed = schema.safeParse(text);
    if (text === undefined && ((weakness && !optional) || !parsed.success)) problems.push(`${name} is missing`);
    else if (!parsed.success) problems.push(`${name} ${complaint(parsed.error)}`);
    else settings[key] = parsed.data;
    const weak = parsed.success && text !== undefined && !isDemo ? weakness?.(text) : undefined;
    if (weak) problems.push(`${name} ${weak}: only a demo may use it`);
  }
  if (problems.length > 0) throw new SettingsError(problems);
  return Object.freeze(settings) as SettingsOf<Chosen>;
}

/** The same for a `main.ts`: says plainly what is wrong and exits with 1. */
export function readSettingsOrExit<Chosen extends Variables>(variables: Chosen): SettingsOf<Chosen> {
  try {
    return readSettings(variables);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

const UNREADABLE = Symbol('a problem has been noted');

function secretText(name: string, environment: Environment, problems: string[]) {
  const direct = given(environment[name]);
  const file = given(environment[`${name}_FILE`]);
  if (file === undefined) return direct;
  if (direct !== undefined) {
    problems.push(`${name} and ${name}_FILE are both set: set one`);
    return UNREADABLE;
  }
  try {
    return given(readFileSync(file, 'utf8').replace(/\r?\n$/, ''));
  } catch (error) {
    // Not the path: people put the secret itself where its file belongs.
    problems.push(`${name}_FILE cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
    return UNREADABLE;
  }
}

/** Compose hands on `VAR: ${VAR:-}` as an empty text: that is an absent one. */
function given(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}

function complaint(error: z.ZodError): string {
  return error.issues.map((issue) => (issue.code === 'custom' ? issue.message : lowerFirst(issue.message))).join(', ');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
