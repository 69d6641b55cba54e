import { seedDemo } from './demo-data.js';
import { sourcePrograms } from './rehearsal-programs.js';
import { runStart } from './start-command.js';

// `npm start` for specs; most of them fill the demonstration themselves, or want it empty.
const isFilled = process.env['UKETSUKE_REHEARSAL_FILLED'] === '1';
process.exit(await runStart(process.argv.slice(2), { programs: sourcePrograms(), ...(isFilled && { seedDemo }) }));
