import type { HeardEvent } from '../subscription/subscriber.js';
import { batchOf, type Listener } from './feed.js';
import { POLL } from './pump.js';

/** The number that is waited for in a partition. */
export interface Place {
  readonly p: number;
  readonly next: number;
}

/** What of a published log is asked for. */
export interface PublishedLog {
  /** @param most events of each place */
  read(places: readonly Place[], most: number): Promise<HeardEvent[]>;
  /** Places behind which so many numbers are missing that a read finds nothing. */
  skipped(places: readonly Place[], most: number): Promise<Place[]>;
}

/** Serves one listener from a published log: looks at what was read, hands it over, and reads the next meanwhile. */
export class EmbeddedFollower {
  /** Places as the last delivery left them, when nothing speaks against it: saves asking for them. */
  private places: readonly Place[] | undefined;
  /** What was read for `places` while the batch before, a full one, was being applied. */
  private ahead: Promise<HeardEvent[]> | undefined;
  /** When the listener's own positions spoke last, by `performance.now()`. */
  private deliveredAt = -Infinity;

  constructor(
    private readonly source: string,
    private readonly listener: Listener,
    private readonly log: PublishedLog,
  ) {}

  /** Hands over what there is after the places; answers whether there may be more. */
  async advance(): Promise<boolean> {
    const { listener, source, places: known, ahead } = this;
    this.places = undefined;
    this.ahead = undefined;
    const places = known ?? (await listener.positions(source));
    const most = Math.ceil(batchOf(listener) / places.length);
    const events = (known && (await ahead)) ?? (await this.log.read(places, most));
    const { fit, cutOff, emptied, after } = examine(places, events);
    const grown = Math.max(...after.map(({ next }, i) => next - places[i]!.next));
    if (grown === 0 && cutOff.length === 0 && performance.now() - this.deliveredAt < POLL) {
      // Said so a moment ago: not worth a transaction
      this.places = known;
      return false;
    }
    for (const p of emptied) listener.alarms.clear('another-log', listener.name, `${source}/${p}`);
    const full = grown >= most;
    const expected = full && cutOff.length === 0 ? this.log.read(after, most) : undefined;
    // Asked for later, or never
    expected?.catch(() => undefined);
    const delivered = fit.length === 0 ? [] : await listener.deliver(source, fit);
    this.deliveredAt = performance.now();
    const holes = delivered.filter(({ hole }) => hole);
    // Nothing was read: that is the end of the log, or so much is missing that what follows is out of reach
    const skipped = grown > 0 ? [] : await this.log.skipped(places, most);
    // What was remembered may be old: only positions just read are worth an alarm.
    if (cutOff.length + holes.length + skipped.length > 0 && known !== undefined) return true;
    for (const place of cutOff) this.alarmOfEnd(place, events);
    for (const { p, next, hole } of delivered) {
      if (hole) this.alarmOfHole({ p, next });
      else listener.alarms.clear('hole', listener.name, `${source}/${p}`);
    }
    for (const place of skipped) this.alarmOfHole(place);
    const moved = new Map(delivered.map(({ p, next }) => [p, next]));
    const now = places.map(({ p, next }) => ({ p, next: moved.get(p) ?? next }));
    if (cutOff.length + holes.length + skipped.length === 0 && fit.every(({ p }) => moved.has(p))) {
      this.places = now;
      if (now.every(({ next }, i) => next === after[i]!.next)) this.ahead = expected;
    }
    return full && now.some(({ next }, i) => next > places[i]!.next);
  }

  private alarmOfHole({ p, next }: Place): void {
    const detail = `Partition ${p} of ${this.source}: number ${next} is missing.`;
    this.listener.alarms.raise('hole', this.listener.name, `${this.source}/${p}`, detail);
  }

  /** The event before the place is not there: the log was cut off, or is another one. */
  private alarmOfEnd({ p, next }: Place, events: readonly HeardEvent[]): void {
    const later = events.some((event) => event.p === p);
    const what = later
      ? `number ${next - 1} is gone, though later ones are there`
      : `the log ends before number ${next - 1}`;
    const detail = `Partition ${p} of ${this.source}: ${what}.`;
    this.listener.alarms.raise('another-log', this.listener.name, `${this.source}/${p}`, detail);
  }
}

/** What was read, seen from the places it was read for. */
function examine(places: readonly Place[], events: readonly HeardEvent[]) {
  const next = new Map(places.map((place) => [place.p, place.next]));
  // The event before each place comes along, to be recognised: a smaller number alone proves nothing.
  const recognised = new Set<number>();
  const last = new Map<number, number>();
  for (const { p, seq } of events) {
    if (seq === next.get(p)! - 1) recognised.add(p);
    last.set(p, seq);
  }
  const cutOff = places.filter((place) => place.next > 1 && !recognised.has(place.p));
  const gone = new Set(cutOff.map(({ p }) => p));
  return {
    fit: gone.size === 0 ? events : events.filter(({ p }) => !gone.has(p)),
    cutOff,
    // An empty log of which nothing was read is the right one, whatever was read before a rebuild
    emptied: places.filter((place) => place.next === 1 && !last.has(place.p)).map(({ p }) => p),
    after: places.map((place) => ({ p: place.p, next: Math.max(place.next, (last.get(place.p) ?? 0) + 1) })),
  };
}
