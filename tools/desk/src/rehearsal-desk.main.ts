import { sourcePrograms } from './rehearsal-programs.js';
import { runStart } from './start-command.js';

// `npm start` for specs.
process.exit(await runStart(process.argv.slice(2), { programs: sourcePrograms() }));
