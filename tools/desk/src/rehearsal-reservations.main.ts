import { Module } from '@nestjs/common';
import { LogModule } from '#platform/hosting/log.module.js';
import { startService } from '#platform/service/bootstrap.js';
import { commonVariables, readSettingsOrExit } from '#platform/service/settings.js';

// Stands in for reservations where a spec is about starting and stopping, and nobody books.

const settings = readSettingsOrExit(commonVariables);
const log = LogModule.of({ source: 'reservations', databaseUrl: settings.databaseUrl.reveal(), publishedTypes: [] });

@Module({ imports: [log] })
class RehearsalReservations {}

await startService({ name: 'reservations', module: RehearsalReservations, settings });
