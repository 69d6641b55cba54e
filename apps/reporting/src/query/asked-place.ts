import { isUuid } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import { SOURCES, type Source } from '../ledger/heard.js';

/** Up to which event of each partition something is asked, by source; index is the partition. */
export type Place = Readonly<Record<Source, readonly number[]>>;

/** A place with the logs it is a place of. */
export interface NamedPlace {
  /** Of the last event up to there, epoch milliseconds; 0 before the first. */
  readonly at: number;
  readonly place: Place;
  readonly logs: Readonly<Record<Source, string | null>>;
}

/** `at=…;reservations=<log>/12.0.7;…`: the last sequence of each partition in order; a log without events is left out. */
export function formatPlace({ at, place, logs }: NamedPlace): string {
  const heard = SOURCES.filter((source) => logs[source] !== null);
  return [`at=${at}`, ...heard.map((source) => `${source}=${logs[source]}/${place[source].join('.')}`)].join(';');
}

const AT = /^at=(\d{1,15})$/;
const SEQUENCES = /^\d{1,15}(\.\d{1,15}){0,127}$/;

/**
 * The place that an `asOf` names.
 * @param now where the ledger stands
 * @throws Refusal `invalid-as-of` when it is none, `not-yet` when the ledger is not so far, or of another log
 */
export function parsePlace(text: string, now: NamedPlace): NamedPlace {
  const asked = new Map<string, readonly number[]>();
  const [first = '', ...parts] = text.split(';');
  const at = Number(AT.exec(first)?.[1] ?? Number.NaN);
  if (Number.isNaN(at)) throw invalid();
  for (const part of parts) {
    const [, source, logId, sequences] = /^(\w+)=([^/]+)\/(.+)$/.exec(part) ?? [];
    if (source === undefined || !(SOURCES as readonly string[]).includes(source) || asked.has(source)) throw invalid();
    if (!isUuid(logId!) || !SEQUENCES.test(sequences!)) throw invalid();
    if (now.logs[source as Source] !== logId) {
      throw new Refusal('not-yet', 'unavailable', 'This place is of another log than the one that is read here.');
    }
    asked.set(source, sequences!.split('.').map(Number));
  }
  const place = Object.fromEntries(
    SOURCES.map((source) => [source, asked.get(source) ?? now.place[source].map(() => 0)]),
  ) as unknown as Place;
  for (const source of SOURCES) {
    if (place[source].length !== now.place[source].length) throw invalid();
    if (place[source].some((seq, p) => seq > now.place[source][p]!)) {
      throw new Refusal('not-yet', 'unavailable', 'What was asked for has not arrived here yet. Ask again.', {
        retryAfterSeconds: 1,
      });
    }
  }
  const logs = Object.fromEntries(SOURCES.map((source) => [source, asked.has(source) ? now.logs[source] : null]));
  return { at, place, logs: logs as NamedPlace['logs'] };
}

/** The earlier of two places, partition by partition. */
export function earlier(a: Place, b: Place): Place {
  return Object.fromEntries(
    SOURCES.map((source) => [source, a[source].map((seq, p) => Math.min(seq, b[source][p] ?? 0))]),
  ) as unknown as Place;
}

function invalid(): Refusal {
  return new Refusal('invalid-as-of', 'invalid', 'Send as `asOf` what a report answered as `asOf.position`.');
}
