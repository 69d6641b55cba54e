import { Inject, Injectable } from '@nestjs/common';
import type { Call } from '#contracts/access/call.js';
import type { NoticesEvent } from '#contracts/notices/notices.events.js';
import { decided } from '#platform/hosting/decided.js';
import type { Accepted, StreamRef } from '#platform/lane/lane-command.js';
import { Desk } from '../desk/desk.js';
import { batchStream, noticeStream } from '../desk/streams.js';
import { notices, type NoticeCommand } from '../notice/notice.decider.js';
import { NoticeList } from '../notice-list/notice-list.js';
import { rootOf, type BatchCard, type NoticeBatch } from './notice-batch.js';
import { noticeBatches, type NoticeBatchCommand } from './notice-batch.decider.js';

export interface BatchChanged {
  readonly batchId: string;
  readonly state: NoticeBatch['stage'];
  readonly count: number;
  readonly hash?: string;
  /** Serials to be pulled out of the pile before it is posted. */
  readonly toPull: readonly number[];
}

interface Asked {
  /** @param now epoch milliseconds */
  readonly command: (now: number) => NoticeBatchCommand;
  /** What it means for each card that is still in the batch, in the same commit. */
  readonly forCard?: (card: BatchCard) => NoticeCommand;
}

/** Commands to a batch, and to the notices in it where it concerns them. */
@Injectable()
export class BatchDesk {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(NoticeList) private readonly list: NoticeList,
  ) {}

  /** @throws Refusal `not-found`, and those of the rule */
  async submit(call: Call, batchId: string, { command, forCard }: Asked): Promise<Accepted<BatchChanged>> {
    // Cards only ever leave a batch, so those of the list are all there can be
    const { facts } = await this.list.batch(batchId);
    const stream = batchStream(batchId);
    const streams = new Map(
      (forCard === undefined ? [] : facts.batch.cards).map((card) => [card.noticeId, noticeStream(card.reservationId)]),
    );
    return this.desk.submit(call, {
      writes: [stream, ...streams.values()],
      decide: (states, now) => {
        const before = states.of(stream);
        const { events, after } = decided(noticeBatches, command(now), before);
        const told: (readonly [StreamRef, readonly NoticesEvent[]])[] = [[stream, events]];
        if (events.length > 0 && forCard !== undefined) {
          for (const card of before.cards) {
            const notice = streams.get(card.noticeId)!;
            told.push([notice, notices.decide(forCard(card), states.of(notice))]);
          }
        }
        return { events: told, answer: batchChanged(batchId, after) };
      },
    });
  }
}

function batchChanged(batchId: string, batch: NoticeBatch): BatchChanged {
  const hash = rootOf(batch);
  return {
    ...{ batchId, state: batch.stage, count: batch.cards.length, toPull: batch.toPull },
    ...(hash !== undefined && { hash }),
  };
}
