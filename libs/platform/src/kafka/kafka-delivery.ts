import { decode, UnreadableRecord } from '#contracts/cloud-event.js';
import type { KafkaMessage } from 'kafkajs';
import type { Listener } from '../feed/feed.js';
import type { HeardEvent } from '../subscription/subscriber.js';
import { JointDelivery } from './joint-delivery.js';

/** What became of records: applied or known already; behind a hole, so left out; or to be delivered again. */
export type Outcome = 'applied' | 'behind-a-hole' | 'not-applied';

/** Hands the records of a topic to a listener and says what became of them. */
export class KafkaDelivery {
  private readonly missing = new Map<number, number>();
  private readonly joint: JointDelivery;

  constructor(
    private readonly settings: { readonly topic: string; readonly source: string; readonly listener: Listener },
  ) {
    this.joint = new JointDelivery(settings.source, settings.listener);
  }

  async deliver(p: number, messages: readonly KafkaMessage[]): Promise<Outcome> {
    const events = this.read(p, messages);
    if (events.length === 0) return 'applied';
    const { source, listener } = this.settings;
    const { alarms, name } = listener;
    const key = `${source}/${p}`;
    try {
      const delivered = await this.joint.deliver(events);
      alarms.clear('failing', name, key);
      if (delivered === undefined) return this.isStopped(p) ? 'applied' : 'not-applied';
      if (delivered.hole) {
        this.missing.set(p, delivered.next);
        return 'behind-a-hole';
      }
      alarms.clear('hole', name, key);
      return 'applied';
    } catch (thrown) {
      alarms.raise('failing', name, key, `Partition ${p} of ${source}: ${(thrown as Error).message}`);
      return 'not-applied';
    }
  }

  alarmOfHole(p: number): void {
    const { source, listener } = this.settings;
    const detail = `Partition ${p} of ${source}: number ${this.missing.get(p)} is missing.`;
    listener.alarms.raise('hole', listener.name, `${source}/${p}`, detail);
  }

  /** Stopped by an alarm that only a person ends; otherwise another process is working on the partition. */
  private isStopped(p: number): boolean {
    const { source, listener } = this.settings;
    return listener.alarms
      .list()
      .some(
        ({ of, name, detail }) =>
          of === listener.name && name === 'another-log' && detail.startsWith(`Partition ${p} of ${source}:`),
      );
  }

  private read(p: number, messages: readonly KafkaMessage[]): HeardEvent[] {
    const { topic, source, listener } = this.settings;
    const events: HeardEvent[] = [];
    for (const message of messages) {
      try {
        const { envelope, logId } = decode(message as never);
        events.push({ ...envelope, p, source, logId });
      } catch (thrown) {
        if (!(thrown instanceof UnreadableRecord)) throw thrown;
        // A stranger's record has no number; had it been one of ours, the number would be missed as a hole.
        const detail = `${topic}/${p}: ${thrown.message}`;
        listener.alarms.raise('unreadable-record', listener.name, `${source}/${p}`, detail, false);
      }
    }
    return events;
  }
}
