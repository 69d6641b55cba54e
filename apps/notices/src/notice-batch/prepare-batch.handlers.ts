import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dateAt } from '#calendar/civil-time.js';
import type { NoticesEvent } from '#contracts/notices/notices.events.js';
import { systemClock } from '#kernel/clock.js';
import { idFrom } from '#kernel/ids.js';
import { Rows } from '#platform/hosting/rows.js';
import type { States, StreamRef } from '#platform/lane/lane-command.js';
import { Actors } from '../desk/actor.js';
import { Desk } from '../desk/desk.js';
import { batchStream, noticeStream } from '../desk/streams.js';
import { notices } from '../notice/notice.decider.js';
import { isToBeSent } from '../notice/posting.policy.js';
import { NoticeTemplates } from '../template/notice-templates.js';
import { boundBy } from './bound-card.policy.js';
import { Cards, type CardDraft } from './cards.js';
import { digestOf, newDigestKey } from './digest.policy.js';
import { DigestKeys } from './digest-keys.js';
import { cardsOf } from './notice-batch.js';
import { PrepareNoticeBatch } from './notice-batch.commands.js';
import { noticeBatches } from './notice-batch.decider.js';
import { inPostmansOrder } from './order.policy.js';
import { Selecting, type LeftOut } from './selection.js';
import { SoftProofs } from './soft-proofs.js';

const BATCHES = '7c1e0d54-6d0f-4f0d-9c33-6a0b54c3c9b2';

/** A card that is ready to be bound: where it stands is known once it is known who else is still due. */
interface ReadyCard {
  readonly draft: CardDraft;
  readonly key: Uint8Array;
  readonly digest: string;
  readonly warnings: readonly string[];
}

export interface Prepared {
  readonly batchId: string;
  readonly batchNumber: number;
  readonly count: number;
  readonly hash: string;
  readonly leftOut: readonly LeftOut[];
}

/** From notices that are due to cards in the postman's order, proofed and bound. (R020, §4.4) */
@CommandHandler(PrepareNoticeBatch)
export class PrepareNoticeBatchHandler implements ICommandHandler<PrepareNoticeBatch> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(Rows) private readonly rows: Rows,
    @Inject(Selecting) private readonly selecting: Selecting,
    @Inject(Cards) private readonly cards: Cards,
    @Inject(SoftProofs) private readonly proofs: SoftProofs,
    @Inject(NoticeTemplates) private readonly templates: NoticeTemplates,
    @Inject(DigestKeys) private readonly digestKeys: DigestKeys,
    @Inject(Actors) private readonly actors: Actors,
  ) {}

  async execute({ call, selection }: PrepareNoticeBatch) {
    const now = systemClock.now();
    const { notices: selected, leftOut } = await this.selecting.select(selection, now);
    const made = await this.cards.of(selected, 'notice-draft', call.callerToken, dateAt(now));
    const { ofTerm, others } = oneTerm(made.drafts);
    const inOrder = inPostmansOrder(
      ofTerm,
      ({ card }) => card.addressee,
      ({ notice }) => notice.notice_id,
    );
    const proofed = await this.proofs.of(inOrder, dateAt(now));
    const termId = ofTerm[0]?.termId;
    const templateVersion = termId === undefined ? 0 : await this.templates.versionOf(termId);
    const ready = proofed.printable.map(({ draft, warnings }) => bound(draft, warnings, templateVersion));
    const without = [...leftOut, ...made.missing, ...others, ...proofed.stopped];
    return this.commit(call, ready, without, templateVersion);
  }

  private async commit(
    call: PrepareNoticeBatch['call'],
    ready: readonly ReadyCard[],
    leftOut: readonly LeftOut[],
    templateVersion: number,
  ) {
    const batchId = idFrom(BATCHES, call.commandId);
    const batchNumber = await this.nextNumber();
    const stream = batchStream(batchId);
    const streamOf = new Map(
      ready.map(({ draft: { notice } }) => [notice.notice_id, noticeStream(notice.reservation_id)]),
    );
    return this.desk.submit<Prepared>(call, {
      writes: [stream, ...streamOf.values()],
      decide: (states) => {
        // Somebody else may have taken, voided or corrected it since it was looked up
        const still = ready.filter(({ draft: { notice } }) => isAsLookedUp(states, streamOf, notice));
        const kept = new Set(still);
        const gone = ready.filter((one) => !kept.has(one));
        const batch = {
          ...{ batchId, batchNumber, preparedBy: this.actors.idOf(call.caller), templateVersion },
          cards: still.map(({ draft: { notice }, digest }) => ({
            ...{ noticeId: notice.notice_id, reservationId: notice.reservation_id, digest },
          })),
        };
        const notDue = gone.map(({ draft }) => ({ noticeId: draft.notice.notice_id, reason: 'notDue' }));
        const without = [...leftOut, ...notDue];
        const prepared = noticeBatches.decide({ do: 'prepare', batch, leftOut: without }, states.of(stream));
        const { hash } = prepared[0]!.data as { hash: string };
        return {
          events: [[stream, prepared], ...draftedEvents(states, streamOf, batchId, still, batch)],
          sides: still.map(({ draft, key }) => this.digestKeys.row(batchId, draft, key)),
          answer: {
            ...{ batchId, batchNumber, count: still.length, hash, leftOut: without },
          },
        };
      },
    });
  }

  private async nextNumber(): Promise<number> {
    const row = await this.rows.first<{ next: number }>('batch-number', `select nextval('batch_number') as next`, []);
    return row!.next;
  }
}

type Streams = ReadonlyMap<string, ReturnType<typeof noticeStream>>;

function isAsLookedUp(states: States, streamOf: Streams, { notice_id, person_version }: CardDraft['notice']): boolean {
  const state = states.of(streamOf.get(notice_id)!);
  return isToBeSent(state, notice_id) && state.open!.personVersion === person_version;
}

function draftedEvents(
  states: States,
  streamOf: Streams,
  batchId: string,
  ready: readonly ReadyCard[],
  batch: Parameters<typeof cardsOf>[0],
): (readonly [StreamRef, readonly NoticesEvent[]])[] {
  return cardsOf(batch).map(({ noticeId, reservationId, serialNo }, i) => {
    const stream = streamOf.get(noticeId)!;
    const { warnings } = ready[i]!;
    const draft = { do: 'draft', reservationId, noticeId, batchId, serialNo, warnings } as const;
    return [stream, notices.decide(draft, states.of(stream))];
  });
}

/** One batch, one template: cards of another term wait for a batch of their own. */
function oneTerm(drafts: readonly CardDraft[]): { ofTerm: readonly CardDraft[]; others: LeftOut[] } {
  const termId = drafts[0]?.termId;
  const others = drafts.filter((one) => one.termId !== termId);
  return {
    ofTerm: drafts.filter((one) => one.termId === termId),
    others: others.map(({ notice }) => ({ noticeId: notice.notice_id, reason: 'otherTerm' })),
  };
}

function bound(draft: CardDraft, warnings: readonly string[], templateVersion: number): ReadyCard {
  const key = newDigestKey();
  return { draft, key, digest: digestOf(key, boundBy(draft, draft.sessionVersion, templateVersion)), warnings };
}
