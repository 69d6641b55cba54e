import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger } from 'pino';
import { currentCorrelationId } from './correlation.js';
import { faultOf } from './fault.js';
import { allowList, HIDDEN_FIELDS, scrub, type LogFields } from './log-fields.js';

export interface LogOptions {
  readonly service: string;
  readonly level?: 'debug' | 'info' | 'warn' | 'error';
  /** Standard output unless given; written synchronously, so the last line before an exit is there. */
  readonly destination?: DestinationStream;
  /** Further fields that may be written. */
  readonly alsoAllow?: readonly string[];
}

/**
 * The log of the process: JSON, one line an entry. The sentence is a constant; everything that varies is a field, and
 * a field that is not on the list is counted as `withheld` and not written.
 */
export class ServiceLog {
  readonly #pino: Logger;

  constructor({ service, level = 'info', destination, alsoAllow = [] }: LogOptions) {
    const allowed = allowList(alsoAllow);
    this.#pino = pino(
      {
        level,
        base: { service },
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }), log: allowed },
        serializers: { err: faultOf },
        // Of what the list lets through only `err` has members. A path with `*` would look through every field: 25 µs a line
        redact: { paths: [...HIDDEN_FIELDS, ...HIDDEN_FIELDS.map((field) => `err.${field}`)], censor: '[hidden]' },
        mixin: () => ({ correlationId: currentCorrelationId() }),
        hooks: { streamWrite: scrub },
      },
      destination ?? pino.destination({ dest: 1, sync: true }),
    );
  }

  debug(sentence: string, fields: LogFields = {}): void {
    this.#pino.debug(fields, sentence);
  }

  info(sentence: string, fields: LogFields = {}): void {
    this.#pino.info(fields, sentence);
  }

  warn(sentence: string, fields: LogFields = {}): void {
    this.#pino.warn(fields, sentence);
  }

  error(sentence: string, fields: LogFields = {}): void {
    this.#pino.error(fields, sentence);
  }
}

/** Parts of the framework whose sentences are about the program and never about a request. */
const SPEAKERS = new Set([
  ...['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication', 'TypeOrmModule'],
  ...['TypeOrmCoreModule', 'FastifyAdapter', 'LegacyRouteConverter', 'Injector', 'PackageLoader'],
]);

/** Nest's logger writes through ours. What other libraries say through it may quote a request, so it is withheld. */
export class NestLog implements LoggerService {
  constructor(private readonly log_: ServiceLog) {}

  log(...said: unknown[]): void {
    this.#say('debug', said);
  }

  debug(...said: unknown[]): void {
    this.#say('debug', said);
  }

  verbose(...said: unknown[]): void {
    this.#say('debug', said);
  }

  warn(...said: unknown[]): void {
    this.#say('warn', said);
  }

  error(...said: unknown[]): void {
    this.#say('error', said);
  }

  fatal(...said: unknown[]): void {
    this.#say('error', said);
  }

  /** Nest puts the name of the speaker last and, for errors, a stack before it. */
  #say(level: 'debug' | 'warn' | 'error', said: readonly unknown[]): void {
    const context = said.length > 1 ? said.at(-1) : undefined;
    const speaker = typeof context === 'string' ? context : 'unknown';
    const err = said.find((part) => part instanceof Error);
    const [first] = said;
    const sentence = typeof first === 'string' && SPEAKERS.has(speaker) ? first : 'Withheld: not a sentence of ours';
    this.log_[level](sentence, { context: speaker, ...(err === undefined ? {} : { err }) });
  }
}
