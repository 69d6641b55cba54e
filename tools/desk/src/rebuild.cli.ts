import { runRebuild } from './rebuild-command.js';

process.exit(await runRebuild(process.argv.slice(2)));
