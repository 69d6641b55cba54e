import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { noticesEvents } from '#contracts/notices/notices.events.js';
import { CardPrinter } from '#office/card/card-printer.js';
import { missingFonts } from '#office/font/font-files.js';
import { PersonsClient } from '#plan/persons-client.js';
import { plan } from '#plan/plan.projector.js';
import { Planned } from '#plan/planned.js';
import { ReceiptsClient } from '#plan/receipts-client.js';
import { EmbeddedFeed } from '#platform/feed/embedded-feed.js';
import { openFeed } from '#platform/hosting/hearing.js';
import { LogModule, OwnLog } from '#platform/hosting/log.module.js';
import { Rows } from '#platform/hosting/rows.js';
import { callerGuardBy, databaseOf } from '#platform/hosting/service-parts.js';
import { Subscriptions, SubscriptionsModule } from '#platform/hosting/subscriptions.module.js';
import { Lifecycle } from '#platform/service/lifecycle.js';
import { ServiceLog } from '#platform/service/logging.js';
import type { SettingsOf } from '#platform/service/settings.js';
import { AccessFiguresHttp } from '#vault/access-figures.http.js';
import { AccessLog1764000000010 } from '#vault/access-log.migration.js';
import { vaultOf } from '#vault/vault-parts.js';
import { Actors } from './desk/actor.js';
import { Desk } from './desk/desk.js';
import { Notices1764000001003 } from './desk/notices.migration.js';
import { CardLayout, DeskMark } from './document/card-layout.js';
import { CardRun } from './document/card-run.js';
import { DocumentsHttp } from './document/document.http.js';
import { Documents } from './document/documents.js';
import { OfficeConverter } from './document/office-converter.js';
import { Press } from './document/press.js';
import { Spool, SpoolFolder } from './document/spool.js';
import { SpoolSweeper } from './document/spool-sweeper.js';
import { ExpectationHttp } from './expectation/expectation.http.js';
import { Expectations } from './expectation/expectations.js';
import { LedgerHttp } from './ledger/ledger.http.js';
import { NoticeDesk } from './notice/notice-desk.js';
import {
  ChooseHandlingHandler,
  RecordReadOutHandler,
  RecordReturnedHandler,
  ReissueNoticeHandler,
} from './notice/notice.handlers.js';
import { NoticesHttp } from './notice/notice.http.js';
import { NoticeJobs } from './notice/notice-jobs.handlers.js';
import { JobsDesk, noticeJobs } from './notice/notice-jobs.reaction.js';
import { BatchDesk } from './notice-batch/batch-desk.js';
import { BatchViews1764000001020 } from './notice-batch/batch-views.migration.js';
import { BatchViews } from './notice-batch/batch-views.js';
import { Cards } from './notice-batch/cards.js';
import { DigestKeys } from './notice-batch/digest-keys.js';
import {
  ApproveNoticeBatchHandler,
  RecordPostedHandler,
  RecordPrintedHandler,
  RecordReprintedHandler,
  SendBackNoticeBatchHandler,
} from './notice-batch/notice-batch.handlers.js';
import { NoticeBatchesHttp } from './notice-batch/notice-batch.http.js';
import { PrepareNoticeBatchHandler } from './notice-batch/prepare-batch.handlers.js';
import { Selecting } from './notice-batch/selection.js';
import { SoftProofs } from './notice-batch/soft-proofs.js';
import { Heard } from './notice-list/heard.js';
import { NoticeListHttp } from './notice-list/notice-list.http.js';
import { NoticeList } from './notice-list/notice-list.js';
import { noticeList, OWN } from './notice-list/notice-list.projector.js';
import { AgreePostingSettingsHandler } from './posting-settings/posting-settings.handlers.js';
import { PostingSettingsHttp } from './posting-settings/posting-settings.http.js';
import { PostingSettingsVersions } from './posting-settings/posting-settings.row.js';
import type { hearingVariables, NoticesSettings } from './settings.js';
import { UseNoticeTemplateHandler } from './template/notice-template.handlers.js';
import { NoticeTemplatesHttp } from './template/notice-template.http.js';
import { NoticeTemplates } from './template/notice-templates.js';
import { TemplatePreviews } from './template/template-previews.js';
import { TemplateUpload } from './template/template-upload.js';

export const SERVICE = 'notices';

/** Rows that are built from what is heard; `npm run rebuild -- notices NAME` builds them again. */
export const projections = [plan, noticeList];

export function openFeeds(settings: SettingsOf<typeof hearingVariables> & Pick<NoticesSettings, 'databaseUrl'>) {
  return [
    openFeed(SERVICE, 'reservations', settings, settings.reservationsLogUrl),
    // The own log lies beside the lists that are made of it, with Kafka or without
    new EmbeddedFeed(OWN, { url: settings.databaseUrl.reveal(), name: `${SERVICE}-own-feed` }, 'events'),
  ];
}

const handlers = [
  ...[AgreePostingSettingsHandler, PrepareNoticeBatchHandler, ApproveNoticeBatchHandler, SendBackNoticeBatchHandler],
  ...[RecordPrintedHandler, RecordReprintedHandler, RecordPostedHandler],
  ...[RecordReturnedHandler, ReissueNoticeHandler, ChooseHandlingHandler, RecordReadOutHandler],
  UseNoticeTemplateHandler,
];

const parts = [
  ...[Rows, Planned, Actors, Desk, Expectations, PostingSettingsVersions, NoticeList, NoticeDesk, Heard],
  ...[BatchDesk, BatchViews, Cards, DigestKeys, Selecting, SoftProofs, NoticeTemplates],
  ...[CardLayout, CardRun, Documents, Press, Spool, TemplatePreviews, TemplateUpload],
];

/** Who must be told what by when, and how it gets to the letterbox. */
@Module({})
export class NoticesModule {
  static of(settings: NoticesSettings): DynamicModule {
    const databaseUrl = settings.databaseUrl.reveal();
    const jobs = new JobsDesk();
    return {
      module: NoticesModule,
      imports: [
        CqrsModule.forRoot(),
        LogModule.of({
          source: SERVICE,
          databaseUrl,
          migrations: [Notices1764000001003, BatchViews1764000001020, AccessLog1764000000010],
          publishedTypes: noticesEvents.types(),
          ...(settings.kafkaBrokers && { brokers: settings.kafkaBrokers }),
          topicPrefix: settings.topicPrefix,
        }),
        SubscriptionsModule.of({
          service: SERVICE,
          databaseUrl,
          subscribers: [...projections, noticeJobs(jobs)],
          feeds: () => openFeeds(settings),
          after: [OwnLog],
        }),
      ],
      // `notices/batches` and the like before `notices/:noticeId`
      controllers: [
        ...[PostingSettingsHttp, ExpectationHttp, LedgerHttp, NoticeBatchesHttp, DocumentsHttp],
        ...[NoticeListHttp, NoticesHttp, NoticeTemplatesHttp, AccessFiguresHttp],
      ],
      providers: [
        ...handlers,
        ...parts,
        NoticeJobs,
        {
          provide: JobsDesk,
          inject: [NoticeJobs],
          useFactory: (doing: NoticeJobs) => {
            jobs.does = (heard, commandId) => doing.react(heard, commandId);
            return jobs;
          },
        },
        callerGuardBy(settings.gatewayPublicKey),
        databaseOf(SERVICE, databaseUrl, [OwnLog, Subscriptions]),
        ...vaultOf(SERVICE, settings.keyDirectory),
        { provide: PersonsClient, useFactory: () => new PersonsClient(settings.reservationsUrl) },
        { provide: SpoolFolder, useValue: { path: settings.spoolDirectory } },
        { provide: DeskMark, useValue: { mark: settings.mark } },
        { provide: OfficeConverter, useFactory: () => new OfficeConverter() },
        {
          provide: CardPrinter,
          inject: [Lifecycle, ServiceLog],
          useFactory: (lifecycle: Lifecycle, log: ServiceLog) => {
            for (const sentence of missingFonts()) log.warn(sentence);
            const printer = new CardPrinter(settings.printThreads);
            lifecycle.onStop('consumers', () => printer.close());
            return printer;
          },
        },
        {
          provide: SpoolSweeper,
          inject: [Spool, ServiceLog, Lifecycle],
          useFactory: async (spool: Spool, log: ServiceLog, lifecycle: Lifecycle) => {
            await spool.open();
            const sweeper = new SpoolSweeper(spool, log);
            sweeper.start();
            lifecycle.onStop('streams', () => sweeper.stop());
            return sweeper;
          },
        },
        { provide: ReceiptsClient, useFactory: () => new ReceiptsClient(settings.reservationsUrl) },
      ],
    };
  }
}
