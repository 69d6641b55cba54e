import { readSettingsOrExit } from '#platform/service/settings.js';
import { startGateway } from './gateway.js';
import { DoorProblem, gatewayVariables } from './gateway.settings.js';

try {
  await startGateway(readSettingsOrExit(gatewayVariables));
} catch (error) {
  if (!(error instanceof DoorProblem)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
