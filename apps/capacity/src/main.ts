import { startService } from '#platform/service/bootstrap.js';
import { serveOpenApi } from '#platform/service/openapi.js';
import { readSettingsOrExit } from '#platform/service/settings.js';
import { CapacityModule, capacityVariables, SERVICE } from './app.module.js';

const settings = readSettingsOrExit(capacityVariables);
await startService({
  name: SERVICE,
  module: CapacityModule.of(settings),
  settings,
  configure: (app) => serveOpenApi(app, 'Uketsuke capacity'),
});
