import type { RecordMetadata } from 'kafkajs';
import type { Offsets } from './topic.js';

/** Where the partitions of the topic begin and end as far as the relay knows: somebody else may have wiped it. */
export class TopicEnds {
  private readonly known = new Map<number, { low: number; high: number }>();

  audited(offsets: readonly Offsets[]): void {
    for (const { p, low, high } of offsets) this.known.set(p, { low, high });
  }

  /** Whether records that were there are gone. */
  lost(offsets: readonly Offsets[]): boolean {
    return offsets.some(({ p, low, high }) => {
      const known = this.known.get(p);
      return known !== undefined && (high < known.high || low > known.low);
    });
  }

  /** Notes what the broker answered to a send; whether it appended before the end: then that is not the topic it was. */
  sent(answers: readonly RecordMetadata[], events: readonly { p: number }[]): boolean {
    const counts = new Map<number, number>();
    for (const { p } of events) counts.set(p, (counts.get(p) ?? 0) + 1);
    let before = false;
    for (const { partition, baseOffset } of answers) {
      const known = this.known.get(partition);
      const base = Number(baseOffset ?? -1);
      // -1: acknowledged as a duplicate, so the broker does not tell where
      if (known === undefined || base < 0) continue;
      before ||= base < known.high;
      known.high = base + (counts.get(partition) ?? 0);
    }
    return before;
  }
}
