import { existsSync } from 'node:fs';
import { ServerProblem } from '#servers/server-problem.js';
import type { DemoAccount } from './desk-accounts.js';
import { DeskDirectory } from './desk-directory.js';
import { markOf } from './desk-mark.js';
import { pinnedTo, type Fetch } from './desk-trust.js';
import { Started, startDesk, type Desk } from './desk.js';
import type { Programs } from './desk-services.js';
import { Progress } from './progress.js';
import { mustBeFree, startOptions, USAGE, type StartOptions } from './start-options.js';

/** Fills a new demonstration through the public API; run again after it was cut off, it goes on. */
export type SeedDemo = (
  url: string,
  accounts: readonly DemoAccount[],
  options: { readonly reach: Fetch },
) => Promise<void>;

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

export interface StartParts {
  readonly seedDemo?: SeedDemo;
  readonly programs?: Programs;
}

/** Runs a desk until it is asked to stop; answers the exit code. */
export async function runStart(args: readonly string[], parts: StartParts = {}): Promise<number> {
  try {
    const options = startOptions(args);
    if (options.help) {
      console.log(USAGE);
      return 0;
    }
    return await serve(options, parts);
  } catch (error) {
    if (error instanceof ServerProblem) console.error(error.message);
    else if (error instanceof TypeError && 'code' in error) console.error(`${error.message}\n${USAGE}`);
    else throw error;
    return 1;
  }
}

async function serve(options: StartOptions, { seedDemo, programs }: StartParts): Promise<number> {
  const asked = new Promise<'asked'>((resolve) => {
    for (const signal of SIGNALS) process.on(signal, () => resolve('asked'));
  });
  const directory = new DeskDirectory(options.data);
  const isToBeFilled = seedDemo !== undefined && isUnfilledDemo(directory, options);
  const progress = new Progress(process.stdout, stepsOf(options) + (isToBeFilled ? 1 : 0));
  const giveBack = directory.take();
  const started = new Started();
  started.add(giveBack);
  try {
    await mustBeFree(options.host, options.port);
    const starting = startDesk(options, directory, started, progress, programs);
    starting.catch(() => undefined);
    const desk = await Promise.race([starting, asked]);
    if (desk !== 'asked') {
      const filling = isToBeFilled ? seedDemo : undefined;
      await Promise.race([open(desk, directory, progress, filling, options.tls), asked, desk.broken]);
      await Promise.race([asked, desk.broken]);
    }
    progress.say('Stopping');
  } finally {
    await started.stop();
  }
  return 0;
}

/** Of `startDesk`: PostgreSQL, the services, and Kafka where it is not somebody else's. */
function stepsOf({ kafka }: StartOptions): number {
  return kafka && !process.env['KAFKA_BROKERS'] ? 3 : 2;
}

const FILLED = 'demo-filled';

function isUnfilledDemo(directory: DeskDirectory, options: StartOptions): boolean {
  return markOf(directory, options).mark === 'demo' && !existsSync(directory.path(FILLED));
}

async function open(
  desk: Desk,
  directory: DeskDirectory,
  progress: Progress,
  seedDemo: SeedDemo | undefined,
  tls: StartOptions['tls'],
): Promise<void> {
  if (seedDemo && desk.demo.length > 0) {
    progress.step('Filling the demonstration');
    await seedDemo(desk.url, desk.demo, { reach: tls ? pinnedTo(tls.cert) : fetch });
    directory.writePrivate(directory.path(FILLED), '');
  }
  for (const line of desk.told) progress.say(line);
  progress.say(`Uketsuke is ready: ${desk.url}`);
}
