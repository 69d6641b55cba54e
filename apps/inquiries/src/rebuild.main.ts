// `npm run rebuild -- inquiries PROJECTION` starts this.
import { projectionAsked, runRebuildProgram } from '#platform/hosting/rebuild-program.js';
import { commonVariables, readSettingsOrExit } from '#platform/service/settings.js';
import { openFeeds, projections, SERVICE } from './app.module.js';
import { hearingVariables } from './settings.js';

const projection = projectionAsked(SERVICE, projections);
const settings = readSettingsOrExit({ databaseUrl: commonVariables.databaseUrl, ...hearingVariables });
await runRebuildProgram(
  {
    ...{ service: SERVICE, databaseUrl: settings.databaseUrl.reveal(), projections },
    openFeeds: (sources) => openFeeds(settings).filter(({ source }) => sources.includes(source)),
  },
  projection,
);
