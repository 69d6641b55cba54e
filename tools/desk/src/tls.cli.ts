import { runTls } from './tls-command.js';

process.exit(await runTls(process.argv.slice(2)));
