import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ServerProblem } from '#servers/server-problem.js';
import type { AskedMark } from './desk-mark.js';

export const USAGE = `npm start -- [--port 8080] [--data DIR] [--demo] [--kafka] [--mark production|training]
             [--host ADDR --tls-cert FILE --tls-key FILE]
  Starts the desk and keeps everything in DIR (.uketsuke unless given). DATABASE_URL uses a PostgreSQL of your own,
  KAFKA_BROKERS with --kafka a Kafka of your own. On any host but this machine itself the desk needs TLS: npm run tls.`;

export interface StartOptions extends AskedMark {
  readonly help: boolean;
  readonly port: number;
  readonly data: string;
  readonly kafka: boolean;
  readonly host: string;
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
}

/** @throws ServerProblem, or the TypeError of `parseArgs` for an option that does not exist */
export function startOptions(args: readonly string[]): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ port: { type: 'string' }, data: { type: 'string' }, host: { type: 'string' }, mark: { type: 'string' } },
      ...{ demo: { type: 'boolean' }, kafka: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
      ...{ 'tls-cert': { type: 'string' }, 'tls-key': { type: 'string' } },
    } as const,
  });
  const { host = '127.0.0.1', 'tls-cert': cert, 'tls-key': key } = values;
  if ((cert === undefined) !== (key === undefined)) {
    throw new ServerProblem('--tls-cert and --tls-key belong together: give both or none.');
  }
  if (cert === undefined && !/^(127(\.\d{1,3}){3}|::1|localhost)$/.test(host)) {
    throw new ServerProblem(
      `On ${host} others could read the passwords: give --tls-cert and --tls-key (npm run tls makes them).`,
    );
  }
  return {
    help: values.help ?? false,
    port: portOf(values.port ?? '8080'),
    data: values.data ?? '.uketsuke',
    demo: values.demo ?? false,
    mark: values.mark,
    kafka: values.kafka ?? false,
    host,
    tls: cert === undefined ? undefined : { cert: resolve(cert), key: resolve(key!) },
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new ServerProblem(`--port ${text} is not a port: give a number from 1 to 65535.`);
}

/** @throws ServerProblem when something listens there already, or the address is none of this machine */
export async function mustBeFree(host: string, port: number): Promise<void> {
  await new Promise<void>((free, refused) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      const why =
        code === 'EADDRINUSE' ? 'is in use by another program: stop that program or' : `cannot be used (${code}):`;
      refused(new ServerProblem(`Port ${port} of ${host} ${why} choose another --port or --host.`));
    });
    server.listen({ host, port, exclusive: true }, () => server.close(() => free()));
  });
}
