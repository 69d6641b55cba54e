import { runKafka } from '#servers/kafka-command.js';
import { runTopic, TOPIC_COMMANDS } from './topic-command.js';

const [command = '', ...rest] = process.argv.slice(2);
process.exitCode = TOPIC_COMMANDS.includes(command)
  ? await runTopic(command, rest, process.env)
  : await runKafka(process.argv.slice(2));
