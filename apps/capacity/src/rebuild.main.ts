// `npm run rebuild -- capacity PROJECTION` starts this.
import { projectionAsked, runRebuildProgram } from '#platform/hosting/rebuild-program.js';
import { commonVariables, readSettingsOrExit } from '#platform/service/settings.js';
import { hearingVariables, openFeeds, projections, SERVICE } from './app.module.js';

const projection = projectionAsked(SERVICE, projections);
const settings = readSettingsOrExit({ databaseUrl: commonVariables.databaseUrl, ...hearingVariables });
await runRebuildProgram(
  {
    ...{ service: SERVICE, databaseUrl: settings.databaseUrl.reveal(), projections },
    openFeeds: (sources) => openFeeds(settings).filter(({ source }) => sources.includes(source)),
  },
  projection,
);
