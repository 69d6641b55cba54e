import { serialize } from 'node:v8';
import type { Envelope } from '#kernel/envelope.js';
import type { StreamRef, StreamType } from './lane-command.js';

/** A stream as far as it is known: all its events up to `version` are in `state`. */
export interface StreamState {
  readonly type: StreamType<unknown>;
  readonly p: number;
  readonly version: number;
  readonly state: unknown;
  /** What the state weighed last, and the events folded into it since: an upper bound of what it says. */
  readonly bytes: number;
  /** At how many bytes it is weighed again. */
  readonly weighAt: number;
}

/** What an empty stream costs to remember. */
const ENTRY_BYTES = 200;
/** Below this the events are a good enough measure, bytes. */
const WEIGH_FROM = 8_192;

export function emptyStream(type: StreamType<unknown>, p: number): StreamState {
  return { type, p, version: 0, state: type.initialState, bytes: ENTRY_BYTES, weighAt: WEIGH_FROM };
}

/** The state after one more event, which takes `bytes`; one that is already in it changes nothing. */
export function advance(
  known: StreamState,
  event: Pick<Envelope, 'type' | 'schemaVersion' | 'data' | 'version'>,
  bytes: number = JSON.stringify(event.data).length,
): StreamState {
  if (event.version <= known.version) return known;
  if (event.version !== known.version + 1) {
    throw new Error(`A stream went from version ${known.version} to ${event.version}: the log has a hole.`);
  }
  const state = known.type.evolve(known.state, known.type.read(event));
  const after = { ...known, version: event.version, state, bytes: known.bytes + bytes };
  return after.bytes < known.weighAt ? after : weighed(after);
}

/**
 * Without it a counter of a million events would weigh a million events, and be dropped and folded again for ever. Weighed
 * again when it has doubled, so that it costs the same a byte however long the stream is.
 */
function weighed(known: StreamState): StreamState {
  const bytes = ENTRY_BYTES + serialize(known.state).length;
  return { ...known, bytes, weighAt: Math.max(WEIGH_FROM, 2 * bytes) };
}

/** States in memory, the least recently used dropped first when they exceed `limit` bytes. */
export class StreamCache {
  private readonly streams = new Map<string, StreamState>();
  private held = 0;

  constructor(private readonly limit: number) {}

  get bytes(): number {
    return this.held;
  }

  get(ref: StreamRef): StreamState | undefined {
    const known = this.streams.get(ref.name);
    if (known !== undefined) {
      this.streams.delete(ref.name);
      this.streams.set(ref.name, known);
    }
    return known;
  }

  set(name: string, known: StreamState): void {
    this.remove(name);
    this.streams.set(name, known);
    this.held += known.bytes;
    for (const oldest of this.streams.keys()) {
      if (this.held <= this.limit) break;
      this.remove(oldest);
    }
  }

  /** Folds events of other processes into what is held; streams that are not held stay unknown. */
  follow(events: readonly Envelope[]): void {
    for (const event of events) {
      const known = this.streams.get(event.stream);
      if (known !== undefined) this.set(event.stream, advance(known, event));
    }
  }

  dropPartition(p: number): void {
    for (const [name, known] of this.streams) if (known.p === p) this.remove(name);
  }

  private remove(name: string): void {
    const known = this.streams.get(name);
    if (known === undefined) return;
    this.streams.delete(name);
    this.held -= known.bytes;
  }
}
