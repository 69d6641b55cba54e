import type { Provider } from '@nestjs/common';
import { Planned } from '#plan/planned.js';
import { Rows } from '#platform/hosting/rows.js';
import { Lifecycle } from '#platform/service/lifecycle.js';
import { ServiceLog } from '#platform/service/logging.js';
import { Bookings } from '../booking/bookings.js';
import { bookings } from '../booking/bookings.projector.js';
import { CallbackJobs } from '../callback/callback-jobs.js';
import { callbackJobs, CallbackJobsDesk } from '../callback/callback-jobs.reaction.js';
import { FreeSeats } from '../callback/free-seats.js';
import { CallbackSweeper } from '../callback/callback-sweeper.js';
import { RequestCallbackHandler, StepCallbackHandler } from '../callback/callback.handlers.js';
import { CallbacksHttp } from '../callback/callback.http.js';
import { CaseOpening } from '../case-list/case-opening.js';
import { CaseList } from '../case-list/case-list.js';
import { cases } from '../case-list/cases.projector.js';
import { RaiseComplaintHandler, StepComplaintHandler } from '../complaint/complaint.handlers.js';
import { ComplaintsHttp } from '../complaint/complaint.http.js';
import { CityQuestionsHttp } from '../escalation/city-questions.http.js';
import { OpenEscalationHandler, StepEscalationHandler } from '../escalation/escalation.handlers.js';
import { EscalationSheetHttp } from '../escalation/escalation-sheet.http.js';
import { EscalationsHttp } from '../escalation/escalation.http.js';
import { CandidatesHttp } from '../faq/candidates.http.js';
import { faqShelf } from '../faq/faq-shelf.projector.js';
import { FaqShelf } from '../faq/faq-shelf.js';
import { DismissCandidateHandler, DraftFaqHandler, PublishFaqsHandler, StepFaqHandler } from '../faq/faq.handlers.js';
import { FaqHttp } from '../faq/faq.http.js';
import { FaqExportHttp } from '../faq-export/faq-export.http.js';
import { FaqImportHttp } from '../faq-import/faq-import.http.js';
import { FaqImport } from '../faq-import/faq-import.js';
import { inquiryBook } from '../inquiry/inquiry-book.projector.js';
import { CorrectInquiryHandler, RecordInquiryHandler, TallyInquiryHandler, UndoTallyHandler } from '../inquiry/inquiry.handlers.js'; // prettier-ignore
import { InquiriesHttp } from '../inquiry/inquiry.http.js';
import { Notes } from '../note/notes.js';
import { DeskClock } from '../reception/desk-clock.js';
import { Answers1764000004002 } from './answers.migration.js';
import { DatabaseMark } from './database-mark.js';
import { Desk } from './desk.js';

/** What the answer half of the service consists of: inquiries, FAQ, escalations, complaints, call-backs. */
export const answerProjections = [bookings, inquiryBook, cases, faqShelf];

/** @param mark of the database: 本番, 研修 or デモ */
export function answerParts(mark: ConstructorParameters<typeof DatabaseMark>[0]) {
  const jobs = new CallbackJobsDesk();
  const providers: Provider[] = [
    ...[RecordInquiryHandler, TallyInquiryHandler, UndoTallyHandler, CorrectInquiryHandler],
    ...[OpenEscalationHandler, StepEscalationHandler, RaiseComplaintHandler, StepComplaintHandler],
    ...[RequestCallbackHandler, StepCallbackHandler],
    ...[DraftFaqHandler, StepFaqHandler, PublishFaqsHandler, DismissCandidateHandler, FaqShelf, FaqImport],
    { provide: DatabaseMark, useValue: new DatabaseMark(mark) },
    ...[Notes, DeskClock, Bookings, CaseList, CallbackJobs, FreeSeats, CaseOpening],
    {
      provide: CallbackJobsDesk,
      inject: [CallbackJobs],
      useFactory: (doing: CallbackJobs) => {
        jobs.does = (heard, commandId) => doing.react(heard, commandId);
        return jobs;
      },
    },
    {
      provide: CallbackSweeper,
      inject: [Desk, Rows, Planned, Notes, ServiceLog, Lifecycle],
      useFactory: (desk: Desk, rows: Rows, planned: Planned, notes: Notes, log: ServiceLog, lifecycle: Lifecycle) => {
        const sweeper = new CallbackSweeper(desk, rows, planned, notes, log);
        sweeper.start();
        lifecycle.onStop('lanes', () => sweeper.stop());
        return sweeper;
      },
    },
  ];
  return {
    controllers: [
      ...[InquiriesHttp, EscalationsHttp, CityQuestionsHttp, ComplaintsHttp, CallbacksHttp],
      // `faq/candidates` and `faq/import` before `faq/:faqId`
      ...[EscalationSheetHttp, CandidatesHttp, FaqImportHttp, FaqExportHttp, FaqHttp],
    ],
    providers,
    migrations: [Answers1764000004002],
    reactions: [callbackJobs(jobs)],
  };
}
