import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { noticesEvents } from '#contracts/notices/notices.events.js';
import { PersonsClient } from '#plan/persons-client.js';
import { plan } from '#plan/plan.projector.js';
import { Planned } from '#plan/planned.js';
import { openFeed } from '#platform/hosting/hearing.js';
import { LogModule, OwnLog } from '#platform/hosting/log.module.js';
import { Rows } from '#platform/hosting/rows.js';
import { callerGuardBy, databaseOf } from '#platform/hosting/service-parts.js';
import { Subscriptions, SubscriptionsModule } from '#platform/hosting/subscriptions.module.js';
import type { SettingsOf } from '#platform/service/settings.js';
import { AccessLog1764000000010 } from '#vault/access-log.migration.js';
import { vaultOf } from '#vault/vault-parts.js';
import type { hearingVariables, NoticesSettings } from './settings.js';

export const SERVICE = 'notices';

/** Rows that are built from what is heard; `npm run rebuild -- notices NAME` builds them again. */
export const projections = [plan];

export function openFeeds(settings: SettingsOf<typeof hearingVariables>) {
  return [openFeed(SERVICE, 'reservations', settings, settings.reservationsLogUrl)];
}

/** Who must be told what by when, and how it gets to the letterbox. */
@Module({})
export class NoticesModule {
  static of(settings: NoticesSettings): DynamicModule {
    const databaseUrl = settings.databaseUrl.reveal();
    return {
      module: NoticesModule,
      imports: [
        CqrsModule.forRoot(),
        LogModule.of({
          source: SERVICE,
          databaseUrl,
          migrations: [AccessLog1764000000010],
          publishedTypes: noticesEvents.types(),
          ...(settings.kafkaBrokers && { brokers: settings.kafkaBrokers }),
          topicPrefix: settings.topicPrefix,
        }),
        SubscriptionsModule.of({
          service: SERVICE,
          databaseUrl,
          subscribers: projections,
          feeds: () => openFeeds(settings),
        }),
      ],
      controllers: [],
      providers: [
        ...[Rows, Planned],
        callerGuardBy(settings.gatewayPublicKey),
        databaseOf(SERVICE, databaseUrl, [OwnLog, Subscriptions]),
        ...vaultOf(SERVICE, settings.keyDirectory),
        { provide: PersonsClient, useFactory: () => new PersonsClient(settings.reservationsUrl) },
      ],
    };
  }
}
