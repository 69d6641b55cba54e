import { startService } from '#platform/service/bootstrap.js';
import { serveOpenApi } from '#platform/service/openapi.js';
import { readSettingsOrExit } from '#platform/service/settings.js';
import { NoticesModule, SERVICE } from './app.module.js';
import { noticesVariables } from './settings.js';

const settings = readSettingsOrExit(noticesVariables);
await startService({
  name: SERVICE,
  module: NoticesModule.of(settings),
  settings,
  configure: (app) => serveOpenApi(app, 'Uketsuke notices'),
});
