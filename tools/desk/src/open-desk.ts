import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '#servers/data-directory.js';
import { startPostgres } from '#servers/postgres.js';
import { ServerProblem } from '#servers/server-problem.js';
import { DeskDirectory, type DeskFile } from './desk-directory.js';

export interface OpenDesk {
  /** With addresses at which the databases answer now. */
  readonly desk: DeskFile;
  close(): Promise<void>;
}

/**
 * The databases of the desk in a folder, whether it runs or not; where it does not, its PostgreSQL runs until `close`.
 * @param orElse what may be given instead of --data
 * @throws ServerProblem when there is none
 */
export async function openDesk(data: string, orElse = ''): Promise<OpenDesk> {
  const file = join(data, 'desk.json');
  if (!existsSync(file)) throw new ServerProblem(`There is no desk in ${data}: give --data${orElse}.`);
  const desk = JSON.parse(readFileSync(file, 'utf8')) as DeskFile;
  const directory = new DeskDirectory(data);
  const isRunning = isAlive(desk.pid) && existsSync(directory.path('desk.pid'));
  const isEmbedded = existsSync(directory.path('postgres', 'PG_VERSION'));
  if (isRunning || !isEmbedded) return { desk, close: async () => undefined };
  // Nobody starts the desk meanwhile; its PostgreSQL gets another port than it had
  const release = directory.take();
  const server = await startPostgres({ dataDir: directory.path('postgres') }).catch((error: unknown) => {
    release();
    throw error;
  });
  return {
    desk: atPort(desk, server.port),
    close: async () => {
      await server.stop();
      release();
    },
  };
}

function atPort(desk: DeskFile, port: number): DeskFile {
  const at = (address: string) => {
    const url = new URL(address);
    url.port = String(port);
    return url.href;
  };
  const each = <Value, Other>(of: Readonly<Record<string, Value>>, change: (value: Value) => Other) =>
    Object.fromEntries(Object.entries(of).map(([name, value]) => [name, change(value)]));
  return {
    ...desk,
    databases: each(desk.databases, ({ url }) => ({ url: at(url) })),
    readers: each(desk.readers, (sources) => each(sources, at)),
  };
}
