import { afterEach, expect, jest, test } from '@jest/globals';
import { runKafka } from '#servers/kafka-command.js';
import { Progress } from './progress.js';
import { runRebuild } from './rebuild-command.js';
import { runSimulate } from './simulation/simulate-command.js';
import { runStart } from './start-command.js';
import { runTls } from './tls-command.js';
import { runVerify } from './verification/verify-command.js';

afterEach(() => void jest.restoreAllMocks());

const told: string[] = [];
const progress = new Progress({ write: (text: string) => told.push(text) > 0 });

test.each([
  ['npm start', (args: string[]) => runStart(args)],
  ['npm run simulate', (args: string[]) => runSimulate(args, progress)],
  ['npm run verify', (args: string[]) => runVerify(args, progress)],
  ['npm run rebuild', (args: string[]) => runRebuild(args, progress)],
  ['npm run tls', (args: string[]) => runTls(args)],
  ['npm run kafka', (args: string[]) => runKafka(args)],
])('%s says with -h what it says with --help, in lines of a terminal', async (name, run) => {
  jest.spyOn(console, 'log').mockImplementation((text: string) => void told.push(text));
  for (const help of ['--help', '-h']) {
    told.length = 0;
    expect([await run([help]), told.join('')]).toEqual([0, expect.stringContaining(`${name} -- `)]);
    expect(told.join('').split('\n').filter((line) => line.length > 140)).toEqual([]); // prettier-ignore
  }
});
