import { Module, type DynamicModule } from '@nestjs/common';
import { PersonsClient } from '#plan/persons-client.js';
import { ReceiptsClient } from '#plan/receipts-client.js';
import { openFeed } from '#platform/hosting/hearing.js';
import { Rows } from '#platform/hosting/rows.js';
import { callerGuardBy, databaseOf } from '#platform/hosting/service-parts.js';
import { Subscriptions, SubscriptionsModule } from '#platform/hosting/subscriptions.module.js';
import type { SettingsOf } from '#platform/service/settings.js';
import { AccessLog1764000000010 } from '#vault/access-log.migration.js';
import { vaultOf } from '#vault/vault-parts.js';
import { AccessLogs } from './access-log/access-logs.js';
import { ReportsHttp } from './completion-report/reports.http.js';
import { ComplaintWords } from './daily-report/complaint-words.js';
import { DailyReportHttp } from './daily-report/daily-report.http.js';
import { Deliveries } from './delivery/deliveries.js';
import { DeliveryHttp } from './delivery/delivery.http.js';
import { DeliveryFiles } from './delivery/delivery-files.js';
import { Delivery1764000001006 } from './delivery/delivery.migration.js';
import { ExportRequestHttp } from './export-request/export-request.http.js';
import { ExportRequest1764000001007 } from './export-request/export-request.migration.js';
import { ExportRequests } from './export-request/export-requests.js';
import { FeedHttp } from './feed/feed.http.js';
import { FeedFolder } from './feed/feed-drop.js';
import { Feeds } from './feed/feeds.js';
import { HandoverRecords } from './handover/handover-records.js';
import { InquiryWords } from './handover/inquiry-words.js';
import { ledger } from './ledger/ledger.projector.js';
import { CoverLetterHttp } from './obligation/cover-letter.http.js';
import { ObligationHttp } from './obligation/obligation.http.js';
import { Submissions } from './obligation/submissions.js';
import { PrivacyRecordHttp } from './privacy-report/privacy-record.http.js';
import { PrivacyRecord1764000001008 } from './privacy-report/privacy-record.migration.js';
import { PrivacyRecords } from './privacy-report/privacy-records.js';
import { PrivacyReportHttp } from './privacy-report/privacy-report.http.js';
import { Ledger } from './query/ledger-reading.js';
import { Deliverables } from './report/deliverables.js';
import { DeliverablesHttp } from './report/deliverables.http.js';
import { DeskFactsHttp } from './report/desk-facts.http.js';
import { DeskNotes } from './report/desk-facts.js';
import { RecentReports } from './report/recent-reports.js';
import { Reporting1764000001005 } from './report/reporting.migration.js';
import { Specimen } from './report/specimen.js';
import { RosterChangeHttp } from './roster/roster-change.http.js';
import { RosterHttp } from './roster/roster.http.js';
import { RosterTemplates } from './roster/roster-templates.js';
import { RosterUpload } from './roster/roster-upload.js';
import { Rosters } from './roster/rosters.js';
import { StaffingHttp } from './staffing/staffing.http.js';
import { Staffing } from './staffing/staffing.js';
import type { hearingVariables, ReportingSettings } from './settings.js';

export const SERVICE = 'reporting';

/** Rows that are built from what is heard; `npm run rebuild -- reporting NAME` builds them again. */
export const projections = [ledger];

export function openFeeds(settings: SettingsOf<typeof hearingVariables>) {
  return [
    openFeed(SERVICE, 'reservations', settings, settings.reservationsLogUrl),
    openFeed(SERVICE, 'notices', settings, settings.noticesLogUrl),
    openFeed(SERVICE, 'inquiries', settings, settings.inquiriesLogUrl),
  ];
}

/** Whose chains are counted and anchored on papers beside the own one. */
function accessLogsOf({ reservationsUrl, noticesUrl, inquiriesUrl }: ReportingSettings): Record<string, string> {
  return {
    reservations: reservationsUrl,
    ...(noticesUrl !== undefined && { notices: noticesUrl }),
    ...(inquiriesUrl !== undefined && { inquiries: inquiriesUrl }),
  };
}

/** Numbers, rosters and reports of what the other services tell. It decides nothing about them. */
@Module({})
export class ReportingModule {
  static of(settings: ReportingSettings): DynamicModule {
    const databaseUrl = settings.databaseUrl.reveal();
    return {
      module: ReportingModule,
      imports: [
        SubscriptionsModule.of({
          service: SERVICE,
          databaseUrl,
          migrations: [
            AccessLog1764000000010,
            Reporting1764000001005,
            Delivery1764000001006,
            ExportRequest1764000001007,
            PrivacyRecord1764000001008,
          ],
          subscribers: projections,
          feeds: () => openFeeds(settings),
        }),
      ],
      controllers: [
        ...[
          DailyReportHttp,
          ReportsHttp,
          PrivacyReportHttp,
          PrivacyRecordHttp,
          DeskFactsHttp,
          DeliverablesHttp,
          StaffingHttp,
          ObligationHttp,
          CoverLetterHttp,
        ],
        ...[RosterHttp, RosterChangeHttp, FeedHttp, ExportRequestHttp, DeliveryHttp],
      ],
      providers: [
        ...[
          Rows,
          Ledger,
          DeskNotes,
          Feeds,
          Rosters,
          RosterTemplates,
          RosterUpload,
          Submissions,
          ExportRequests,
          Deliveries,
          DeliveryFiles,
          HandoverRecords,
          PrivacyRecords,
          Staffing,
          Deliverables,
          RecentReports,
        ],
        { provide: Specimen, useFactory: () => new Specimen(settings.mark) },
        callerGuardBy(settings.gatewayPublicKey),
        databaseOf(SERVICE, databaseUrl, [Subscriptions]),
        ...vaultOf(SERVICE, settings.keyDirectory),
        { provide: PersonsClient, useFactory: () => new PersonsClient(settings.reservationsUrl) },
        { provide: FeedFolder, useFactory: () => new FeedFolder(settings.feedDirectory) },
        { provide: ComplaintWords, useFactory: () => new ComplaintWords(settings.inquiriesUrl) },
        { provide: InquiryWords, useFactory: () => new InquiryWords(settings.inquiriesUrl) },
        {
          provide: AccessLogs,
          inject: [Rows],
          useFactory: (rows: Rows) => new AccessLogs(accessLogsOf(settings), rows),
        },
        { provide: ReceiptsClient, useFactory: () => new ReceiptsClient(settings.reservationsUrl) },
      ],
    };
  }
}
