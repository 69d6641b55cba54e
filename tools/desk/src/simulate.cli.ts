import { runSimulate } from './simulation/simulate-command.js';

process.exit(await runSimulate(process.argv.slice(2)));
