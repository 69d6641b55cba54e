import type { Provider } from '@nestjs/common';
import { Planned } from '#plan/planned.js';
import { Rows } from '#platform/hosting/rows.js';
import { Lifecycle } from '#platform/service/lifecycle.js';
import { ServiceLog } from '#platform/service/logging.js';
import { Bookings } from '../booking/bookings.js';
import { bookings } from '../booking/bookings.projector.js';
import { CallbackJobs } from '../callback/callback-jobs.js';
import { callbackJobs, CallbackJobsDesk } from '../callback/callback-jobs.reaction.js';
import { CallbackSweeper } from '../callback/callback-sweeper.js';
import { RequestCallbackHandler, StepCallbackHandler } from '../callback/callback.handlers.js';
import { CallbacksHttp } from '../callback/callback.http.js';
import { CaseList } from '../case-list/case-list.js';
import { cases } from '../case-list/cases.projector.js';
import { RaiseComplaintHandler, StepComplaintHandler } from '../complaint/complaint.handlers.js';
import { ComplaintsHttp } from '../complaint/complaint.http.js';
import { CityQuestionsHttp } from '../escalation/city-questions.http.js';
import { OpenEscalationHandler, StepEscalationHandler } from '../escalation/escalation.handlers.js';
import { EscalationsHttp } from '../escalation/escalation.http.js';
import { inquiryBook } from '../inquiry/inquiry-book.projector.js';
import { CorrectInquiryHandler, RecordInquiryHandler, TallyInquiryHandler, UndoTallyHandler } from '../inquiry/inquiry.handlers.js'; // prettier-ignore
import { InquiriesHttp } from '../inquiry/inquiry.http.js';
import { Notes } from '../note/notes.js';
import { DeskClock } from '../reception/desk-clock.js';
import { Answers1764000004002 } from './answers.migration.js';
import { Desk } from './desk.js';

/** What the answer half of the service consists of: inquiries, FAQ, escalations, complaints, call-backs. */
export const answerProjections = [bookings, inquiryBook, cases];

export function answerParts() {
  const jobs = new CallbackJobsDesk();
  const providers: Provider[] = [
    ...[RecordInquiryHandler, TallyInquiryHandler, UndoTallyHandler, CorrectInquiryHandler],
    ...[OpenEscalationHandler, StepEscalationHandler, RaiseComplaintHandler, StepComplaintHandler],
    ...[RequestCallbackHandler, StepCallbackHandler],
    ...[Notes, DeskClock, Bookings, CaseList, CallbackJobs],
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
    controllers: [InquiriesHttp, EscalationsHttp, CityQuestionsHttp, ComplaintsHttp, CallbacksHttp],
    providers,
    migrations: [Answers1764000004002],
    reactions: [callbackJobs(jobs)],
  };
}
