import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { PersonsClient } from '#plan/persons-client.js';
import { plan } from '#plan/plan.projector.js';
import { Planned } from '#plan/planned.js';
import { openFeed } from '#platform/hosting/hearing.js';
import { LogModule, OwnLog } from '#platform/hosting/log.module.js';
import { Rows } from '#platform/hosting/rows.js';
import { callerGuardBy, databaseOf } from '#platform/hosting/service-parts.js';
import { Subscriptions, SubscriptionsModule } from '#platform/hosting/subscriptions.module.js';
import type { commonVariables, SettingsOf } from '#platform/service/settings.js';
import { AccessFiguresHttp } from '#vault/access-figures.http.js';
import { AccessLog1764000000010 } from '#vault/access-log.migration.js';
import { inquiriesEvents } from '#contracts/inquiries/inquiries.events.js';
import { vaultOf } from '#vault/vault-parts.js';
import { answerParts, answerProjections } from './desk/answer-parts.js';
import { callParts, callProjections } from './desk/call-parts.js';
import { Desk } from './desk/desk.js';
import { openOwnFeed } from './desk/own-feed.js';
import { readingOf } from './desk/reading.js';
import { HoldsClient } from './paper-pack/holds-client.js';
import type { hearingVariables, InquiriesSettings } from './settings.js';

export const SERVICE = 'inquiries';

/** Rows that are built from what is heard; `npm run rebuild -- inquiries NAME` builds them again. */
export const projections = [plan, ...callProjections, ...answerProjections];

export function openFeeds(settings: SettingsOf<HeardFrom>) {
  return [
    openFeed(SERVICE, 'reservations', settings, settings.reservationsLogUrl),
    openFeed(SERVICE, 'notices', settings, settings.noticesLogUrl),
    openOwnFeed(SERVICE, settings.databaseUrl.reveal()),
  ];
}

type HeardFrom = typeof hearingVariables & Pick<typeof commonVariables, 'databaseUrl'>;

/** What callers ask, and what becomes of it. */
@Module({})
export class InquiriesModule {
  static of(settings: InquiriesSettings): DynamicModule {
    const databaseUrl = settings.databaseUrl.reveal();
    const answers = answerParts(settings.mark);
    return {
      module: InquiriesModule,
      imports: [
        CqrsModule.forRoot(),
        LogModule.of({
          source: SERVICE,
          databaseUrl,
          migrations: [AccessLog1764000000010, ...callParts.migrations, ...answers.migrations],
          publishedTypes: inquiriesEvents.types(),
          ...(settings.kafkaBrokers && { brokers: settings.kafkaBrokers }),
          topicPrefix: settings.topicPrefix,
        }),
        SubscriptionsModule.of({
          service: SERVICE,
          databaseUrl,
          subscribers: [...projections, ...answers.reactions],
          feeds: () => openFeeds(settings),
          after: [OwnLog],
        }),
      ],
      controllers: [...callParts.controllers, ...answers.controllers, AccessFiguresHttp],
      providers: [
        ...[Rows, Planned, Desk, ...callParts.providers, ...answers.providers],
        callerGuardBy(settings.gatewayPublicKey),
        databaseOf(SERVICE, databaseUrl, [OwnLog, Subscriptions]),
        readingOf(SERVICE, databaseUrl),
        ...vaultOf(SERVICE, settings.keyDirectory),
        { provide: HoldsClient, useFactory: () => new HoldsClient(settings.reservationsUrl) },
        { provide: PersonsClient, useFactory: () => new PersonsClient(settings.reservationsUrl) },
      ],
    };
  }
}
