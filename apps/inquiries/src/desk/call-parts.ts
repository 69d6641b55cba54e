import { CloseCallHandler, ReceiveCallHandler, StrikeCallHandler } from '../call/call.handlers.js';
import { CallsHttp } from '../call/call.http.js';
import { CallBoardHttp } from '../call-board/call-board.http.js';
import { calls } from '../call-board/calls.projector.js';
import { AgreeCallRateHandler, CallCostHttp } from '../call-cost/call-cost.http.js';
import { ImportCallListHandler } from '../call-list/call-list.handlers.js';
import { DayChecking } from '../desk-day/day-checks.js';
import { CloseDeskDayHandler } from '../desk-day/desk-day.handlers.js';
import { DeskDaysHttp } from '../desk-day/desk-day.http.js';
import { openHolds } from '../desk-day/open-holds.projector.js';
import { DraftsHttp } from '../draft/draft.http.js';
import { Drafts } from '../draft/drafts.js';
import { IvrHttp } from '../ivr/ivr.http.js';
import { PrintPaperPackHandler, ReturnPaperPackHandler } from '../paper-pack/paper-pack.handlers.js';
import { PaperPacksHttp } from '../paper-pack/paper-pack.http.js';
import { PublishedFaq } from '../paper-pack/published-faq.js';
import { CallImportHttp } from '../queue-log/call-import.http.js';
import { ImportQueueLogHandler } from '../queue-log/queue-log-import.handlers.js';
import { ReceptionHours } from '../reception/reception-hours.js';
import { HearStaffLinesHandler } from '../seat-time/seat-time.handlers.js';
import { ImportTrafficHandler } from '../traffic/traffic.handlers.js';
import { Calls1764000002001 } from './calls.migration.js';
import { FileUpload } from './file-upload.js';

/** What the call half of the service consists of: calls, drafts, the day and its paper. */
export const callProjections = [openHolds, calls];

export const callParts = {
  // `calls/import` before `calls/:callId`
  controllers: [
    CallImportHttp,
    CallBoardHttp,
    CallCostHttp,
    CallsHttp,
    DraftsHttp,
    DeskDaysHttp,
    IvrHttp,
    PaperPacksHttp,
  ],
  providers: [
    ...[ReceiveCallHandler, CloseCallHandler, StrikeCallHandler, AgreeCallRateHandler, CloseDeskDayHandler],
    ...[ImportQueueLogHandler, HearStaffLinesHandler, ImportCallListHandler, ImportTrafficHandler],
    ...[ReceptionHours, FileUpload, Drafts, DayChecking],
    ...[PrintPaperPackHandler, ReturnPaperPackHandler, PublishedFaq],
  ],
  migrations: [Calls1764000002001],
};
