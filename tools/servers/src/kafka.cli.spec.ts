import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { isAlive } from './data-directory.js';
import { kafkaMissing } from './kafka.js';
import { describeUnless } from './test-kafka.js';

let place: string;
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'uketsuke-kafka-cli-'));
});
afterAll(() => rm(place, { recursive: true, force: true }));

interface Run {
  process: ChildProcess;
  said: { out: string; err: string };
  exit: Promise<unknown>;
}

function runKafka(args: string[], env: NodeJS.ProcessEnv = {}): Run {
  const hooks = join(import.meta.dirname, '../../source.js');
  const program = join(import.meta.dirname, 'kafka.cli.ts');
  const child = spawn(process.execPath, ['--import', hooks, program, '--data', place, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (bytes: Buffer) => (said.out += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (said.err += bytes.toString()));
  return { process: child, said, exit: once(child, 'close').then(([code]) => code as unknown) };
}

it('says in one sentence what is missing, and exits with 1', async () => {
  const { said, exit } = runKafka([], { JAVA_HOME: '/nowhere' });
  expect(await exit).toBe(1);
  expect(said).toEqual({
    out: '',
    err: expect.stringMatching(/^Kafka needs Java 17 or newer and no Java was found.*\n$/),
  });
});

it('refuses what it does not know', async () => {
  const unknown = runKafka(['--ports', '1']);
  expect(await unknown.exit).toBe(1);
  expect(unknown.said.err).toContain("Unknown option '--ports'");
  const odd = runKafka(['--port', 'kafka']);
  expect(await odd.exit).toBe(1);
  expect(odd.said.err).toBe('--port kafka is not a port: give a number from 1 to 65535.\n');
});

describeUnless(await kafkaMissing(), 'npm run kafka', () => {
  const brokerPid = async () => Number(await readFile(join(place, 'kafka', 'broker.pid'), 'utf8'));

  async function ready(run: Run): Promise<void> {
    while (!run.said.out.includes('\n')) {
      await Promise.race([once(run.process.stdout as NodeJS.ReadableStream, 'data'), run.exit.then(() => failed(run))]);
    }
  }
  function failed(run: Run): never {
    throw new Error(`It ended: ${run.said.err}`);
  }

  /** Stands still for half a second behind each line, so that whoever reads it comes before all that follows. */
  const slow =
    'const say=console.log;console.log=(line)=>{say(line);Atomics.wait(new Int32Array(new SharedArrayBuffer(4)),0,0,500)}';

  it.each(['SIGINT', 'SIGTERM'] as const)('says where the broker listens and stops it at %s', async (signal) => {
    const run = runKafka([], { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(slow)}` });
    await ready(run);
    expect(run.said.out).toMatch(/^Kafka is ready: 127\.0\.0\.1:\d+\n$/);
    const pid = await brokerPid();
    run.process.kill(signal);
    expect(await run.exit).toBe(0);
    expect(isAlive(pid)).toBe(false);
  });

  it('exits with 1 when the broker ends by itself', async () => {
    const run = runKafka([]);
    await ready(run);
    process.kill(await brokerPid(), 'SIGKILL');
    expect(await run.exit).toBe(1);
    expect(run.said.err).toContain('Kafka ended by itself');
  });
});
