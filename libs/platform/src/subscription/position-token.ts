import { isUuid } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';

/** What a command answers with: where its events stand. */
export const POSITION_HEADER = 'uketsuke-position';
/** What a read is sent with, to see at least that. */
export const WAIT_FOR_HEADER = 'uketsuke-wait-for';

/** Places in a log: everything up to and including `seq` of each partition named. */
export interface PositionToken {
  readonly logId: string;
  readonly positions: readonly { readonly p: number; readonly seq: number }[];
}

/** `<log>/<p>:<seq>[,…]`, partitions ascending; undefined for no place at all. */
export function formatPosition({ logId, positions }: PositionToken): string | undefined {
  if (positions.length === 0) return undefined;
  const parts = positions.toSorted((a, b) => a.p - b.p).map(({ p, seq }) => `${p}:${seq}`);
  return `${logId}/${parts.join(',')}`;
}

const PLACES = /^\d{1,3}:[1-9]\d{0,15}(,\d{1,3}:[1-9]\d{0,15}){0,127}$/;

/** @throws Refusal `invalid-position`; what is refused is not repeated, it came from outside */
export function parsePosition(text: string): PositionToken {
  const slash = text.indexOf('/');
  const logId = text.slice(0, Math.max(0, slash));
  const places = text.slice(slash + 1);
  if (!isUuid(logId) || !PLACES.test(places)) throw invalid();
  const positions = places.split(',').map((place) => {
    const [p, seq] = place.split(':').map(Number) as [number, number];
    return { p, seq };
  });
  if (positions.some(({ seq }) => !Number.isSafeInteger(seq))) throw invalid();
  if (new Set(positions.map(({ p }) => p)).size < positions.length) throw invalid();
  return { logId, positions };
}

function invalid(): Refusal {
  return new Refusal(
    'invalid-position',
    'invalid',
    `${WAIT_FOR_HEADER} must be what a command answered as ${POSITION_HEADER}.`,
  );
}
