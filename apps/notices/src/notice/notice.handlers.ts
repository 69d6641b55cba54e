import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dateAt } from '#calendar/civil-time.js';
import { systemClock } from '#kernel/clock.js';
import { idFrom } from '#kernel/ids.js';
import { Planned } from '#plan/planned.js';
import { Expectations } from '../expectation/expectations.js';
import { NoticeList } from '../notice-list/notice-list.js';
import { ChooseHandling, RecordReadOut, RecordReturned, ReissueNotice } from './notice.commands.js';
import { NoticeDesk } from './notice-desk.js';

/** The post brought it back; whoever hears it has the person called. (§8.6) */
@CommandHandler(RecordReturned)
export class RecordReturnedHandler implements ICommandHandler<RecordReturned> {
  constructor(
    @Inject(NoticeDesk) private readonly desk: NoticeDesk,
    @Inject(NoticeList) private readonly list: NoticeList,
  ) {}

  async execute({ call, noticeId, reason }: RecordReturned) {
    const { reservation_id: reservationId } = await this.list.notice(noticeId);
    return this.desk.submit(
      call,
      reservationId,
      () => ({ do: 'return', reservationId, noticeId, reason }),
      () => ({ noticeId, reservationId }),
    );
  }
}

@CommandHandler(ReissueNotice)
export class ReissueNoticeHandler implements ICommandHandler<ReissueNotice> {
  constructor(
    @Inject(NoticeDesk) private readonly desk: NoticeDesk,
    @Inject(NoticeList) private readonly list: NoticeList,
    @Inject(Planned) private readonly planned: Planned,
    @Inject(Expectations) private readonly expectations: Expectations,
  ) {}

  async execute({ call, noticeId, cause }: ReissueNotice) {
    const { reservation_id: reservationId, session_id: sessionId } = await this.list.notice(noticeId);
    const facts = (await this.planned.sessions([sessionId])).get(sessionId);
    const expectation = await this.expectations.find(facts, systemClock.now());
    const { arriveBy, predictedArrival, lane } = expectation ?? {};
    const next = {
      noticeId: idFrom(call.commandId, 'notice', reservationId),
      ...(lane && { expected: { arriveBy: arriveBy!, predictedArrival: predictedArrival!, lane } }),
    };
    return this.desk.submit(
      call,
      reservationId,
      (now) => ({
        ...{ do: 'reissue', reservationId, noticeId, today: dateAt(now), next },
        ...(cause !== undefined && { cause }),
      }),
      ({ open }) => ({
        ...{ noticeId, reservationId, newNoticeId: open!.noticeId },
        ...(expectation && { predictedArrival: expectation.predictedArrival, lane: expectation.lane }),
      }),
    );
  }
}

@CommandHandler(ChooseHandling)
export class ChooseHandlingHandler implements ICommandHandler<ChooseHandling> {
  constructor(
    @Inject(NoticeDesk) private readonly desk: NoticeDesk,
    @Inject(NoticeList) private readonly list: NoticeList,
  ) {}

  async execute({ call, noticeId, handling, agreementNumber }: ChooseHandling) {
    const { reservation_id: reservationId } = await this.list.notice(noticeId);
    const agreed = { ...(agreementNumber !== undefined && { agreementNumber }) };
    return this.desk.submit(
      call,
      reservationId,
      () => ({ do: 'choose', reservationId, noticeId, handling, ...agreed }),
      () => ({ noticeId, reservationId }),
    );
  }
}

@CommandHandler(RecordReadOut)
export class RecordReadOutHandler implements ICommandHandler<RecordReadOut> {
  constructor(
    @Inject(NoticeDesk) private readonly desk: NoticeDesk,
    @Inject(NoticeList) private readonly list: NoticeList,
  ) {}

  async execute({ call, noticeId }: RecordReadOut) {
    const { reservation_id: reservationId } = await this.list.notice(noticeId);
    return this.desk.submit(
      call,
      reservationId,
      () => ({ do: 'readOut', reservationId, noticeId }),
      () => ({ noticeId, reservationId }),
    );
  }
}
