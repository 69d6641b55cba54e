import { Module, type DynamicModule } from '@nestjs/common';
import { PersonsClient } from '#plan/persons-client.js';
import { plan } from '#plan/plan.projector.js';
import { Planned } from '#plan/planned.js';
import { openFeed } from '#platform/hosting/hearing.js';
import { Rows } from '#platform/hosting/rows.js';
import { callerGuardBy, databaseOf } from '#platform/hosting/service-parts.js';
import { Subscriptions, SubscriptionsModule } from '#platform/hosting/subscriptions.module.js';
import type { SettingsOf } from '#platform/service/settings.js';
import { AccessLog1764000000010 } from '#vault/access-log.migration.js';
import { vaultOf } from '#vault/vault-parts.js';
import type { hearingVariables, ReportingSettings } from './settings.js';

export const SERVICE = 'reporting';

/** Rows that are built from what is heard; `npm run rebuild -- reporting NAME` builds them again. */
export const projections = [plan];

export function openFeeds(settings: SettingsOf<typeof hearingVariables>) {
  return [
    openFeed(SERVICE, 'reservations', settings, settings.reservationsLogUrl),
    openFeed(SERVICE, 'notices', settings, settings.noticesLogUrl),
    openFeed(SERVICE, 'inquiries', settings, settings.inquiriesLogUrl),
  ];
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
          migrations: [AccessLog1764000000010],
          subscribers: projections,
          feeds: () => openFeeds(settings),
        }),
      ],
      controllers: [],
      providers: [
        ...[Rows, Planned],
        callerGuardBy(settings.gatewayPublicKey),
        databaseOf(SERVICE, databaseUrl, [Subscriptions]),
        ...vaultOf(SERVICE, settings.keyDirectory),
        { provide: PersonsClient, useFactory: () => new PersonsClient(settings.reservationsUrl) },
      ],
    };
  }
}
