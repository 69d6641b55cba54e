import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { reservationsEvents } from '#contracts/reservations/reservations.events.js';
import { LogModule, OwnLog } from '#platform/hosting/log.module.js';
import { Lifecycle } from '#platform/service/lifecycle.js';
import { ServiceLog } from '#platform/service/logging.js';
import { AccessFiguresHttp } from '#vault/access-figures.http.js';
import { AccessLog1764000000010 } from '#vault/access-log.migration.js';
import { vaultOf } from '#vault/vault-parts.js';
import { AccessLogHttp } from './access-log/access-log.http.js';
import { ChangeClassSessionHandler } from './class-session/ending.handlers.js';
import { ReviseClassSessionHandler, ScheduleClassSessionHandler } from './class-session/class-session.handlers.js';
import { ClassSessionsHttp } from './class-session/class-session.http.js';
import { RecordAttemptHandler } from './contact-list/contact-list.handlers.js';
import { ContactListsHttp } from './contact-list/contact-list.http.js';
import { ChangeCourseHandler } from './course/course.handlers.js';
import { CoursesHttp } from './course/course.http.js';
import { Desk } from './desk/desk.js';
import { Readiness1764000001002 } from './desk/readiness.migration.js';
import { Reservations1764000001001 } from './desk/reservations.migration.js';
import { Rows } from '#platform/hosting/rows.js';
import { callerGuardBy, databaseOf } from '#platform/hosting/service-parts.js';
import { PresentNames } from './desk/names.js';
import { SessionTerms } from './desk/session-terms.js';
import { EraseHandler } from './erasure/erasure.handlers.js';
import { ErasureHttp } from './erasure/erasure.http.js';
import { Erasures } from './erasure/erasures.js';
import { HoldSweeper } from './hold/hold-sweeper.js';
import { ExtendHoldHandler, HoldSeatsHandler, ReleaseHoldHandler } from './hold/hold.handlers.js';
import { HoldsHttp } from './hold/hold.http.js';
import { AlternativesClient } from './offer/alternatives-client.js';
import { Guidance } from './offer/guidance.js';
import { DeclineOfferHandler } from './offer/offer.handlers.js';
import { OffersHttp } from './offer/offer.http.js';
import { DisclosuresHttp } from './person/disclosure.http.js';
import { Disclosures } from './person/disclosures.js';
import { HiddenPersons } from './person/hidden-persons.js';
import { Likenesses } from './person/likenesses.js';
import { Persons } from './person/persons.js';
import { RestrictionHttp } from './person/restriction.http.js';
import { Restriction } from './person/restriction.js';
import { Attendance } from './reservation/attendance.js';
import { CancelReservationHandler, MoveReservationHandler } from './reservation/change-reservation.handlers.js';
import { CorrectApplicantHandler } from './reservation/correct-applicant.handlers.js';
import { MakeReservationHandler } from './reservation/make-reservation.handlers.js';
import { Duplicates } from './reservation/duplicates.js';
import { Places } from './reservation/places.js';
import { Stragglers } from './reservation/stragglers.js';
import { PostalCodesHttp } from './postal-code/postal-code.http.js';
import { ReceiptNumbers } from './reservation/receipt-numbers.js';
import { ReceiptsHttp } from './reservation/receipts.http.js';
import { ReservationsHttp } from './reservation/reservation.http.js';
import { ScheduleGround } from './schedule-import/schedule-ground.js';
import { ImportScheduleHandler } from './schedule-import/schedule-import.handlers.js';
import { ScheduleImportHttp } from './schedule-import/schedule-import.http.js';
import { ScheduleUpload } from './schedule-import/schedule-upload.js';
import type { ReservationsSettings } from './settings.js';
import { ChangeTermHandler, CheckReadinessHandler } from './term/term.handlers.js';
import { TermsHttp } from './term/term.http.js';
import { ChangeVenueHandler } from './venue/venue.handlers.js';
import { VenuesHttp } from './venue/venue.http.js';

export const SERVICE = 'reservations';

const handlers = [
  ...[ChangeTermHandler, CheckReadinessHandler, ChangeVenueHandler, ChangeCourseHandler],
  ...[ScheduleClassSessionHandler, ReviseClassSessionHandler, ChangeClassSessionHandler, ImportScheduleHandler],
  ...[HoldSeatsHandler, ExtendHoldHandler, ReleaseHoldHandler, DeclineOfferHandler],
  ...[MakeReservationHandler, MoveReservationHandler, CancelReservationHandler, CorrectApplicantHandler],
  ...[RecordAttemptHandler, EraseHandler],
];

const parts = [
  ...[Desk, Rows, PresentNames, SessionTerms, Guidance, Persons, Likenesses, Disclosures, Restriction, HiddenPersons],
  ...[Duplicates, Attendance, ReceiptNumbers, Places, Stragglers, Erasures, ScheduleGround, ScheduleUpload],
];

/** The desk itself: what is decided about sessions, seats and persons. The only file that knows everything. */
@Module({})
export class ReservationsModule {
  static of(settings: ReservationsSettings): DynamicModule {
    const databaseUrl = settings.databaseUrl.reveal();
    return {
      module: ReservationsModule,
      imports: [
        CqrsModule.forRoot(),
        LogModule.of({
          source: SERVICE,
          databaseUrl,
          migrations: [Reservations1764000001001, Readiness1764000001002, AccessLog1764000000010],
          publishedTypes: reservationsEvents.types(),
          ...(settings.kafkaBrokers && { brokers: settings.kafkaBrokers }),
          topicPrefix: settings.topicPrefix,
        }),
      ],
      controllers: [
        ...[TermsHttp, VenuesHttp, CoursesHttp, ScheduleImportHttp, ClassSessionsHttp, HoldsHttp, OffersHttp],
        // `reservations/search` before `reservations/:reservationId`
        ...[
          DisclosuresHttp,
          ReservationsHttp,
          RestrictionHttp,
          ErasureHttp,
          ContactListsHttp,
          AccessLogHttp,
          AccessFiguresHttp,
          ReceiptsHttp,
          PostalCodesHttp,
        ],
      ],
      providers: [
        ...handlers,
        ...parts,
        callerGuardBy(settings.gatewayPublicKey),
        // After the log: its tables are made there
        databaseOf(SERVICE, databaseUrl, [OwnLog]),
        ...vaultOf(SERVICE, settings.keyDirectory),
        { provide: AlternativesClient, useFactory: () => new AlternativesClient(settings.capacityUrl) },
        {
          provide: HoldSweeper,
          inject: [Desk, Rows, ServiceLog, Lifecycle, Erasures],
          useFactory: async (desk: Desk, rows: Rows, log: ServiceLog, lifecycle: Lifecycle, erasures: Erasures) => {
            await erasures.catchUp();
            const sweeper = new HoldSweeper(desk, rows, log);
            sweeper.start();
            lifecycle.onStop('lanes', () => sweeper.stop());
            return sweeper;
          },
        },
      ],
    };
  }
}
