import { seedDemo } from './demo-data.js';
import { runStart } from './start-command.js';

process.exit(await runStart(process.argv.slice(2), { seedDemo }));
