import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { javaVersion } from './kafka-java.js';
import { ServerProblem } from './server-problem.js';

const run = promisify(execFile);
const OLDEST_JAVA = 17;

/** One clear sentence when a broker cannot be started here; undefined when it can. */
export async function kafkaMissing(): Promise<string | undefined> {
  const java = await javaVersion();
  // Java 8 called itself 1.8: too old either way.
  if (java === undefined || Number.parseInt(java, 10) < OLDEST_JAVA) {
    const found = java === undefined ? 'no Java was found' : `this is Java ${java}`;
    return `Kafka needs Java ${OLDEST_JAVA} or newer and ${found}: install it (or set JAVA_HOME), or set KAFKA_BROKERS to a broker of your own.`;
  }
  if (!existsSync(jarDirectory()) && !(await mavenAnswers())) {
    return 'Kafka is fetched by Maven once and no "mvn" was found: install Maven, or set KAFKA_BROKERS to a broker of your own.';
  }
  return undefined;
}

/** The jars of the broker in a fixed order. Maven is asked only the first time; a changed pom makes a new directory. */
export async function kafkaJars(onLog?: (line: string) => void): Promise<string[]> {
  const missing = await kafkaMissing();
  if (missing) throw new ServerProblem(missing);
  const directory = jarDirectory();
  if (!existsSync(directory)) await fetchJars(directory, onLog);
  const names = await readdir(directory);
  return names
    .filter((name) => name.endsWith('.jar'))
    .toSorted()
    .map((name) => join(directory, name));
}

async function fetchJars(directory: string, onLog?: (line: string) => void): Promise<void> {
  onLog?.('Fetching Apache Kafka with Maven (once)');
  const making = `${directory}.making-${process.pid}`;
  await mkdir(making, { recursive: true });
  try {
    const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${making}`];
    await run('mvn', ['-q', '-B', '-f', pomFile(), ...goal], { maxBuffer: 64 << 20 });
    await rename(making, directory);
  } catch (error) {
    // Another process may have fetched them meanwhile.
    if (existsSync(directory)) return;
    const said = String((error as { stdout?: string }).stdout ?? error).split('\n');
    const first = said.find((line) => line.includes('ERROR')) ?? said[0];
    throw new ServerProblem(`Maven could not fetch Apache Kafka: check the connection and try again (${first}).`);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

function jarDirectory(): string {
  const pom = readFileSync(pomFile(), 'utf8');
  const version = /<kafka\.version>(.*?)</.exec(pom)?.[1] ?? 'unknown';
  const hash = createHash('sha256').update(pom).digest('hex').slice(0, 8);
  return join(workspace(), '.uketsuke', 'kafka-libs', `${version}-${hash}`);
}

function pomFile(): string {
  return join(workspace(), 'tools', 'servers', 'kafka', 'pom.xml');
}

/** This file runs from the sources (tests) and from dist. */
function workspace(): string {
  for (let at = dirname(fileURLToPath(import.meta.url)); at !== dirname(at); at = dirname(at)) {
    if (existsSync(join(at, 'nx.json'))) return at;
  }
  throw new ServerProblem('The workspace of Uketsuke was not found: run from inside it.');
}

async function mavenAnswers(): Promise<boolean> {
  return await run('mvn', ['-v']).then(
    () => true,
    () => false,
  );
}
