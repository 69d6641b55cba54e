import { Inject, Injectable } from '@nestjs/common';
import type { Call } from '#contracts/access/call.js';
import type { NoticesEvent } from '#contracts/notices/notices.events.js';
import { decided } from '#platform/hosting/decided.js';
import type { Accepted, StreamRef } from '#platform/lane/lane-command.js';
import type { SideWrite } from '#platform/log/side-table.js';
import { Desk } from '../desk/desk.js';
import { batchStream, noticeStream } from '../desk/streams.js';
import { noticeBatches } from '../notice-batch/notice-batch.decider.js';
import type { Notices } from './notice.js';
import { notices, type NoticeCommand } from './notice.decider.js';

const TRIES = 10;

/** The notice lies in another batch than was assumed: that batch has to hear of it in the same commit. */
class LiesElsewhere extends Error {
  constructor(readonly batchId: string | undefined) {
    super('The notice lies in another batch.');
  }
}

/** Commands to the notices of one reservation; a card that leaves its batch is withdrawn from it in the same commit. */
@Injectable()
export class NoticeDesk {
  constructor(@Inject(Desk) private readonly desk: Desk) {}

  /** @param commandAt what is wanted, at an instant in epoch milliseconds */
  async submit<Answer>(
    call: Call,
    reservationId: string,
    commandAt: (now: number) => NoticeCommand,
    answerOf: (after: Notices) => Answer,
    sides: readonly SideWrite[] = [],
  ): Promise<Accepted<Answer>> {
    let batchId: string | undefined;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(call, reservationId, batchId, commandAt, answerOf, sides);
      } catch (thrown) {
        if (!(thrown instanceof LiesElsewhere) || attempt === TRIES) throw thrown;
        batchId = thrown.batchId;
      }
    }
  }

  private attempt<Answer>(
    call: Call,
    reservationId: string,
    batchId: string | undefined,
    commandAt: (now: number) => NoticeCommand,
    answerOf: (after: Notices) => Answer,
    sides: readonly SideWrite[],
  ): Promise<Accepted<Answer>> {
    const stream = noticeStream(reservationId);
    const batch = batchId === undefined ? undefined : batchStream(batchId);
    return this.desk.submit(call, {
      writes: batch === undefined ? [stream] : [stream, batch],
      decide: (states, now) => {
        const before = states.of(stream);
        if (before.open?.batchId !== batchId) throw new LiesElsewhere(before.open?.batchId);
        const { events, after } = decided(notices, commandAt(now), before);
        const written: (readonly [StreamRef, readonly NoticesEvent[]])[] = [[stream, events]];
        if (batch !== undefined) written.push([batch, withdrawals(batchId!, events, states.of(batch))]);
        return { events: written, sides, answer: answerOf(after) };
      },
    });
  }
}

function withdrawals(
  batchId: string,
  events: readonly NoticesEvent[],
  batch: Parameters<typeof noticeBatches.decide>[1],
): NoticesEvent[] {
  return events.flatMap(({ type, data }) =>
    type === 'NoticeVoided' || type === 'NoticeDropped'
      ? noticeBatches.decide({ do: 'withdraw', batchId, noticeId: data.noticeId, reason: data.reason }, batch)
      : [],
  );
}
