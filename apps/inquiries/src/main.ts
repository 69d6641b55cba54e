import { startService } from '#platform/service/bootstrap.js';
import { serveOpenApi } from '#platform/service/openapi.js';
import { readSettingsOrExit } from '#platform/service/settings.js';
import { InquiriesModule, SERVICE } from './app.module.js';
import { inquiriesVariables } from './settings.js';

const settings = readSettingsOrExit(inquiriesVariables);
await startService({
  name: SERVICE,
  module: InquiriesModule.of(settings),
  settings,
  configure: (app) => serveOpenApi(app, 'Uketsuke inquiries'),
});
