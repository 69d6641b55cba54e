import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { z } from 'zod';
import { EmbeddedFeed } from '#platform/feed/embedded-feed.js';
import type { Feed } from '#platform/feed/feed.js';
import { Subscriptions, SubscriptionsModule } from '#platform/hosting/subscriptions.module.js';
import { KafkaFeed } from '#platform/kafka/kafka-feed.js';
import { CallerGuard } from '#platform/service/caller-guard.js';
import { CallerVerifier } from '#platform/service/caller-token.js';
import { Lifecycle } from '#platform/service/lifecycle.js';
import { ServiceLog } from '#platform/service/logging.js';
import { databaseUrlSchema, databaseWeaknessOf } from '#platform/service/secret.js';
import { commonVariables, optionalSecret, variable, type SettingsOf } from '#platform/service/settings.js';
import { AlternativesHttp } from './alternatives/alternatives.http.js';
import { openPipelinedPool } from '#platform/log/connection.js';
import { Reading } from './seat-board/reading.row.js';
import { LiveBoard } from './seat-board/live-board.handlers.js';
import { SeatBoardHttp, SOURCE } from './seat-board/seat-board.http.js';
import { SEAT_BOARD, seatBoard } from './seat-board/seat-board.projector.js';
import { SeatHistoryHttp } from './seat-history/seat-history.http.js';
import { seatHistory } from './seat-history/seat-history.projector.js';

export const SERVICE = 'capacity';

/** Where the log of reservations is heard. */
export const hearingVariables = {
  kafkaBrokers: commonVariables.kafkaBrokers,
  topicPrefix: variable('KAFKA_TOPIC_PREFIX', z.string().regex(/^[\w.-]{0,100}$/).default('')), // prettier-ignore
  /** The reader role on the database of reservations; needed without Kafka. */
  reservationsLogUrl: optionalSecret('RESERVATIONS_LOG_URL', databaseWeaknessOf, databaseUrlSchema),
};

export const capacityVariables = {
  ...commonVariables,
  ...hearingVariables,
  /** SPKI PEM, Ed25519: whom another key vouches for is nobody. */
  gatewayPublicKey: variable('GATEWAY_PUBLIC_KEY', z.string().includes('BEGIN PUBLIC KEY')),
};

export type CapacitySettings = SettingsOf<typeof capacityVariables>;

/** @throws Error when neither a broker nor the log itself was named */
export function openFeed({ kafkaBrokers, topicPrefix, reservationsLogUrl }: SettingsOf<typeof hearingVariables>): Feed {
  if (kafkaBrokers !== undefined) return new KafkaFeed(SOURCE, kafkaBrokers, SERVICE, topicPrefix);
  if (reservationsLogUrl === undefined) throw new Error('Set RESERVATIONS_LOG_URL, or KAFKA_BROKERS.');
  return new EmbeddedFeed(SOURCE, { url: reservationsLogUrl.reveal(), name: `${SERVICE}-feed` });
}

/** The seats of every session, heard from reservations. It decides nothing. */
@Module({})
export class CapacityModule {
  static of(settings: CapacitySettings): DynamicModule {
    return {
      module: CapacityModule,
      imports: [
        SubscriptionsModule.of({
          service: SERVICE,
          databaseUrl: settings.databaseUrl.reveal(),
          subscribers: [seatBoard, seatHistory],
          feeds: () => [openFeed(settings)],
        }),
      ],
      controllers: [SeatBoardHttp, SeatHistoryHttp, AlternativesHttp],
      providers: [
        {
          provide: APP_GUARD,
          useFactory: async () => new CallerGuard(await CallerVerifier.open(settings.gatewayPublicKey)),
        },
        {
          provide: Reading,
          inject: [Lifecycle],
          useFactory: (lifecycle: Lifecycle) => {
            const pool = openPipelinedPool({ url: settings.databaseUrl.reveal(), name: `${SERVICE}-reads` });
            lifecycle.onStop('pool', () => pool.end());
            return new Reading(pool);
          },
        },
        {
          provide: LiveBoard,
          inject: [Subscriptions, Reading, Lifecycle, ServiceLog],
          useFactory: (subscriptions: Subscriptions, { pool }: Reading, lifecycle: Lifecycle, log: ServiceLog) => {
            const live = new LiveBoard(subscriptions.named(SEAT_BOARD), SOURCE, pool, (err) =>
              log.warn('The live board could not be read', { err }),
            );
            lifecycle.onStop('consumers', () => live.close());
            return live;
          },
        },
      ],
    };
  }
}
