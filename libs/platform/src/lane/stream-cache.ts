import type { Envelope } from '#kernel/envelope.js';
import type { StreamRef, StreamType } from './lane-command.js';

/** A stream as far as it is known: all its events up to `version` are in `state`. */
export interface StreamState {
  readonly type: StreamType<unknown>;
  readonly p: number;
  readonly version: number;
  readonly state: unknown;
  /** Bytes of the events folded into it: an upper bound of what it says, if not of what it takes. */
  readonly bytes: number;
}

/** What an empty stream costs to remember. */
const ENTRY_BYTES = 200;

export function emptyStream(type: StreamType<unknown>, p: number): StreamState {
  return { type, p, version: 0, state: type.initialState, bytes: ENTRY_BYTES };
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
  return { type: known.type, p: known.p, version: event.version, state, bytes: known.bytes + bytes };
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
