import { startService } from '#platform/service/bootstrap.js';
import { serveOpenApi } from '#platform/service/openapi.js';
import { readSettingsOrExit } from '#platform/service/settings.js';
import { ReportingModule, SERVICE } from './app.module.js';
import { reportingVariables } from './settings.js';

const settings = readSettingsOrExit(reportingVariables);
await startService({
  name: SERVICE,
  module: ReportingModule.of(settings),
  settings,
  configure: (app) => serveOpenApi(app, 'Uketsuke reporting'),
});
