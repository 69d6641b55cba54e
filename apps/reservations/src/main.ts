import { startService } from '#platform/service/bootstrap.js';
import { serveOpenApi } from '#platform/service/openapi.js';
import { readSettingsOrExit } from '#platform/service/settings.js';
import { ReservationsModule, SERVICE } from './app.module.js';
import { reservationsVariables } from './settings.js';

const settings = readSettingsOrExit(reservationsVariables);
await startService({
  name: SERVICE,
  module: ReservationsModule.of(settings),
  settings,
  configure: (app) => serveOpenApi(app, 'Uketsuke reservations'),
});
