import { Module, type DynamicModule } from '@nestjs/common';
import { logUrlVariable, openFeed, transportVariables } from '#platform/hosting/hearing.js';
import { callerGuardBy, gatewayPublicKeyVariable } from '#platform/hosting/service-parts.js';
import { Subscriptions, SubscriptionsModule } from '#platform/hosting/subscriptions.module.js';
import { Lifecycle } from '#platform/service/lifecycle.js';
import { ServiceLog } from '#platform/service/logging.js';
import { commonVariables, type SettingsOf } from '#platform/service/settings.js';
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
export const hearingVariables = { ...transportVariables, reservationsLogUrl: logUrlVariable(SOURCE) };

export const capacityVariables = {
  ...commonVariables,
  ...hearingVariables,
  gatewayPublicKey: gatewayPublicKeyVariable,
};

export type CapacitySettings = SettingsOf<typeof capacityVariables>;

export const projections = [seatBoard, seatHistory];

export function openFeeds(settings: SettingsOf<typeof hearingVariables>) {
  return [openFeed(SERVICE, SOURCE, settings, settings.reservationsLogUrl)];
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
          subscribers: projections,
          feeds: () => openFeeds(settings),
        }),
      ],
      controllers: [SeatBoardHttp, SeatHistoryHttp, AlternativesHttp],
      providers: [
        callerGuardBy(settings.gatewayPublicKey),
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
