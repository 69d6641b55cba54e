import { seedDemo } from './demo-data.js';
import { sourcePrograms } from './rehearsal-programs.js';
import { runStart } from './start-command.js';

// `npm start` for specs, with what it fills a demonstration with.
process.exit(await runStart(process.argv.slice(2), { seedDemo, programs: sourcePrograms() }));
