import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startKafka } from './kafka.js';
import { ServerProblem } from './server-problem.js';

const USAGE = `npm run kafka -- [--port PORT] [--data DIR]
  Starts Apache Kafka on 127.0.0.1 and keeps its data in DIR/kafka (DIR is .uketsuke unless given).`;

/** Runs the broker until SIGINT or SIGTERM; answers the exit code. Other subcommands look at the arguments before this does. */
export async function runKafka(args: string[]): Promise<number> {
  try {
    const { values } = parseArgs({
      args,
      options: { port: { type: 'string' }, data: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) {
      console.log(USAGE);
      return 0;
    }
    return await serve(values.data ?? '.uketsuke', portOf(values.port));
  } catch (error) {
    if (error instanceof ServerProblem) console.error(error.message);
    else if (error instanceof TypeError && 'code' in error) console.error(`${error.message}\n${USAGE}`);
    else throw error;
    return 1;
  }
}

async function serve(directory: string, port: number | undefined): Promise<number> {
  // While it starts, a signal ends this process, and the broker with it.
  const kafka = await startKafka({
    dataDir: join(directory, 'kafka'),
    onLog: (line) => console.error(line),
    ...(port === undefined ? {} : { port }),
  });
  // Before it is said to be ready: whoever reads that may ask it to stop at once.
  const asked = new Promise<'asked'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve('asked'));
  });
  console.log(`Kafka is ready: ${kafka.brokers.join(',')}`);
  const ended = kafka.whenGone().then(() => 'by itself' as const);
  if ((await Promise.race([asked, ended])) === 'by itself') {
    throw new ServerProblem('Kafka ended by itself: its last lines above say why.');
  }
  await kafka.stop();
  return 0;
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new ServerProblem(`--port ${text} is not a port: give a number from 1 to 65535.`);
}
