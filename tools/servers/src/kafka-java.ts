import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type ServerProcess, startServerProcess } from './server-process.js';

const run = promisify(execFile);

/** Measured: with a heap this small and only the first compiler, the broker is ready sooner and no slower for one machine. */
const JVM = ['-Xms64m', '-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Djava.awt.headless=true'];

export interface JavaRun {
  jars: string[];
  /** Main class and its arguments. */
  main: string[];
  logging: string;
  onLog?: ((line: string) => void) | undefined;
  ephemeral?: boolean | undefined;
  /** Leave an archive of the loaded classes behind, from which the next broker starts in two thirds of the time. */
  archive?: boolean;
}

export async function startJava(options: JavaRun): Promise<ServerProcess> {
  const archive = join(dirname(options.jars[0] as string), `classes-${await javaVersion()}.jsa`);
  const making = `${archive}.making-${process.pid}`;
  const sharing = existsSync(archive)
    ? [`-XX:SharedArchiveFile=${archive}`]
    : options.archive
      ? [`-XX:ArchiveClassesAtExit=${making}`]
      : [];
  const server = await startServerProcess({
    command: javaProgram(),
    args: [
      ...JVM,
      ...sharing,
      // An archive that does not fit is not used, and is nobody's business.
      '-Xshare:auto',
      '-Xlog:cds=off',
      '-Xlog:cds+dynamic=off',
      `-Dlog4j2.configurationFile=${options.logging}`,
      '-cp',
      options.jars.join(delimiter),
      ...options.main,
    ],
    onLog: options.onLog,
    orphanSignal: options.ephemeral ? 'KILL' : 'TERM',
  });
  // It is written by an orderly exit alone, so what is there is complete.
  void server.gone.then(() => rename(making, archive)).catch(() => undefined);
  return server;
}

/** As Java tells it, such as `17.0.15`; undefined where there is none. */
export async function javaVersion(): Promise<string | undefined> {
  try {
    const { stderr } = await run(javaProgram(), ['-version']);
    return /version "([^"]+)"/.exec(stderr)?.[1];
  } catch {
    return undefined;
  }
}

export function javaProgram(): string {
  const home = process.env['JAVA_HOME'];
  return home ? join(home, 'bin', 'java') : 'java';
}
