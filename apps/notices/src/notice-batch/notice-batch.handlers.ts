import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dateAt } from '#calendar/civil-time.js';
import { deliveredOn } from '#calendar/posting-plan.js';
import { systemClock } from '#kernel/clock.js';
import { Actors } from '../desk/actor.js';
import { asSettings } from '../expectation/expectations.js';
import { NoticeList } from '../notice-list/notice-list.js';
import { PostingSettingsVersions } from '../posting-settings/posting-settings.row.js';
import { BatchDesk } from './batch-desk.js';
import { BatchViews } from './batch-views.js';
import {
  ApproveNoticeBatch,
  RecordPosted,
  RecordPrinted,
  RecordReprinted,
  SendBackNoticeBatch,
} from './notice-batch.commands.js';
import { MOST_CARDS } from './selection.js';

@CommandHandler(ApproveNoticeBatch)
export class ApproveNoticeBatchHandler implements ICommandHandler<ApproveNoticeBatch> {
  constructor(
    @Inject(BatchDesk) private readonly desk: BatchDesk,
    @Inject(Actors) private readonly actors: Actors,
    @Inject(PostingSettingsVersions) private readonly settings: PostingSettingsVersions,
    @Inject(NoticeList) private readonly list: NoticeList,
    @Inject(BatchViews) private readonly views: BatchViews,
  ) {}

  async execute({ call, batchId, count, hash }: ApproveNoticeBatch) {
    const by = this.actors.idOf(call.caller);
    const unseenWarnings = await this.views.unseen(
      batchId,
      by,
      await this.list.notices({ batchId, limit: MOST_CARDS }),
    );
    const agreementNumber = (await this.settings.find(dateAt(systemClock.now())))?.singleSupervisorAgreement;
    return this.desk.submit(call, batchId, {
      command: (now) => ({
        ...{ do: 'approve', batchId, by, count, hash, now, unseenWarnings },
        ...(agreementNumber !== undefined && { agreementNumber }),
      }),
    });
  }
}

@CommandHandler(SendBackNoticeBatch)
export class SendBackNoticeBatchHandler implements ICommandHandler<SendBackNoticeBatch> {
  constructor(
    @Inject(BatchDesk) private readonly desk: BatchDesk,
    @Inject(Actors) private readonly actors: Actors,
  ) {}

  execute({ call, batchId, reasonCode }: SendBackNoticeBatch) {
    const by = this.actors.idOf(call.caller);
    return this.desk.submit(call, batchId, {
      command: () => ({ do: 'sendBack', batchId, by, reasonCode }),
      forCard: ({ reservationId, noticeId }) => ({ do: 'drop', reservationId, noticeId, batchId, reason: 'sentBack' }),
    });
  }
}

@CommandHandler(RecordPrinted)
export class RecordPrintedHandler implements ICommandHandler<RecordPrinted> {
  constructor(
    @Inject(BatchDesk) private readonly desk: BatchDesk,
    @Inject(Actors) private readonly actors: Actors,
  ) {}

  execute({ call, batchId, good, spoiled }: RecordPrinted) {
    const by = this.actors.idOf(call.caller);
    return this.desk.submit(call, batchId, {
      command: () => ({ do: 'print', batchId, by, good, spoiled }),
      forCard: ({ reservationId, noticeId }) => ({ do: 'print', reservationId, noticeId, batchId }),
    });
  }
}

@CommandHandler(RecordReprinted)
export class RecordReprintedHandler implements ICommandHandler<RecordReprinted> {
  constructor(
    @Inject(BatchDesk) private readonly desk: BatchDesk,
    @Inject(Actors) private readonly actors: Actors,
  ) {}

  execute({ call, batchId, range, reason, spoiled }: RecordReprinted) {
    const by = this.actors.idOf(call.caller);
    return this.desk.submit(call, batchId, {
      command: () => ({
        ...{ do: 'reprint', batchId, by, ...range, reason },
        ...(spoiled !== undefined && { spoiled }),
      }),
    });
  }
}

@CommandHandler(RecordPosted)
export class RecordPostedHandler implements ICommandHandler<RecordPosted> {
  constructor(
    @Inject(BatchDesk) private readonly desk: BatchDesk,
    @Inject(Actors) private readonly actors: Actors,
    @Inject(NoticeList) private readonly list: NoticeList,
    @Inject(PostingSettingsVersions) private readonly settings: PostingSettingsVersions,
  ) {}

  /** By the settings of the day of posting: its rates, its lead. (§8.4) */
  async execute({ call, batchId, pile }: RecordPosted) {
    const { postedOn, cardStock: stock, ...told } = pile;
    const { cardStock, cardYen: rateYen, expressYen, ...settings } = await this.settings.on(postedOn);
    // Not before the day was accepted: there is no delivery day after the last day of the calendar
    let arrival: string | undefined;
    const arrives = () => (arrival ??= deliveredOn(postedOn, {}, asSettings(settings)));
    const inBatch = await this.list.notices({ batchId, limit: 5_000 });
    const byExpress = inBatch.filter(({ state, handling }) => state === 'printed' && handling === 'express').length;
    const express = byExpress > 0 && expressYen !== undefined ? { count: byExpress, rateYen: expressYen } : undefined;
    const posting = {
      ...{ batchId, postedBy: this.actors.idOf(call.caller), postedOn, ...told, rateYen },
      ...{ cardStock: stock ?? cardStock, excludedSerials: [...pile.excludedSerials] },
      ...(express && { express }),
    };
    return this.desk.submit(call, batchId, {
      command: (now) => ({ do: 'post', posting, today: dateAt(now) }),
      forCard: ({ reservationId, noticeId }) => ({
        ...{ do: 'post', reservationId, noticeId, batchId, postedOn, predictedArrival: arrives() },
      }),
    });
  }
}
