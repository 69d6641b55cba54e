import { runVerify } from './verification/verify-command.js';

process.exit(await runVerify(process.argv.slice(2)));
