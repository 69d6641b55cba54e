import { runKafka } from './kafka-command.js';

process.exitCode = await runKafka(process.argv.slice(2));
