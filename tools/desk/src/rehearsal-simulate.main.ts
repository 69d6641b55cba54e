import { Progress } from './progress.js';
import { sourcePrograms } from './rehearsal-programs.js';
import { runSimulate } from './simulation/simulate-command.js';

// `npm run simulate` for specs.
process.exit(await runSimulate(process.argv.slice(2), new Progress(), sourcePrograms()));
