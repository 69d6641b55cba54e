import { Refusal } from '#kernel/refusal.js';

/**
 * What may be kept and shown of an error: its kind, and where in the code it was thrown. Not its message: PostgreSQL
 * quotes the value it could not read, JSON.parse the text, and anybody's own error whatever its writer found handy.
 * Exempt are errors that promise to name fields and never values.
 */
export function errorText(thrown: unknown): string {
  if (!(thrown instanceof Error)) return `a thrown ${typeof thrown}`;
  const { code, table, column, constraint } = thrown as unknown as Readonly<Record<string, unknown>>;
  const kind = [thrown.name, code, table, column, constraint].filter((part) => typeof part === 'string').join(' ');
  const safe = thrown instanceof Refusal || SAFE_NAMES.has(thrown.name);
  return [safe ? `${kind}: ${thrown.message}` : kind, placeOf(thrown)].filter(Boolean).join(' at ').slice(0, 500);
}

/** Of the contracts, and our own. */
const SAFE_NAMES: ReadonlySet<string> = new Set(['UnknownEvent', 'MisfitEvent', 'RebuildFailed', 'TooManyParked']);

/** `change (head-count.ts:52)`: function, file and line, without the machine's folders. */
function placeOf({ stack, message }: Error): string | undefined {
  const frames = (stack ?? '').replace(message, '').split('\n').slice(1);
  const ours = frames.find((frame) => frame.includes('at ') && !/node_modules|node:internal/.test(frame));
  const match = /at (?:async )?(?:(\S+) \()?(?:file:\/\/)?(?:.*\/)?([^/:]+):(\d+):\d+\)?$/.exec(ours ?? '');
  if (match === null) return undefined;
  return match[1] === undefined ? `${match[2]}:${match[3]}` : `${match[1]} (${match[2]}:${match[3]})`;
}
