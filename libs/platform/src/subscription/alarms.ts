/** Why a subscription or a relay does not go on. Names are stable: people search for them. */
export type AlarmName =
  | 'hole'
  | 'another-log'
  | 'wrong-partitions'
  | 'topic-missing'
  | 'too-many-parked'
  | 'unreadable-record'
  | 'failing'
  /** The tables were made by newer code: this process reads them, and lets the newer one feed them. */
  | 'newer-code'
  /** The tables of older code are read until those of this code are filled. */
  | 'rebuilding'
  | 'rebuild-failed';

export interface Alarm {
  readonly name: AlarmName;
  /** Who raised it: `seat-board`, `relay`. */
  readonly of: string;
  /** A sentence for the person who is called; ids and numbers only. */
  readonly detail: string;
  readonly since: number;
  /** Whether the service must not count as ready meanwhile. */
  readonly stops: boolean;
}

/** The alarms that are on in this process. Readiness, metrics and logs look here. */
export class Alarms {
  private readonly on = new Map<string, Alarm>();

  constructor(private readonly tell: (alarm: Alarm) => void = () => undefined) {}

  raise(name: AlarmName, of: string, key: string, detail: string, stops = true): void {
    const id = `${of}/${name}/${key}`;
    if (this.on.has(id)) return;
    const alarm = { name, of, detail, stops, since: Date.now() };
    this.on.set(id, alarm);
    this.tell(alarm);
  }

  clear(name: AlarmName, of: string, key: string): void {
    this.on.delete(`${of}/${name}/${key}`);
  }

  list(): Alarm[] {
    return [...this.on.values()];
  }
}
