import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export type Direction = 'toTarget' | 'toClient';

export interface TcpProxy {
  readonly port: number;
  /** New connections go here from now on. */
  retarget(port: number): void;
  /** Destroys every live connection: both ends see a reset. */
  cut(): void;
  /** Holds the bytes, of both directions unless one is named; connections stay open and nothing is lost. */
  freeze(direction?: Direction): void;
  thaw(): void;
  /** Closes new connections at once, as a port where nobody listens would; the live ones stay. */
  refuse(): void;
  accept(): void;
  stop(): Promise<void>;
}

export interface TcpProxyOptions {
  targetPort: number;
  targetHost?: string;
  /** A free one if absent. */
  port?: number;
}

interface Connection {
  readonly toTarget: Lane;
  readonly toClient: Lane;
}

/** One direction of one connection. */
interface Lane {
  readonly from: Socket;
  readonly to: Socket;
}

/** Stands between a client and a server of a fault test. It changes no byte; it only delays or ends. */
export async function startProxy(options: TcpProxyOptions): Promise<TcpProxy> {
  const connections = new Set<Connection>();
  const frozen = new Set<Direction>();
  let targetPort = options.targetPort;
  let refusing = false;

  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (refusing) {
      client.on('error', () => undefined);
      client.resetAndDestroy();
      return;
    }
    const target = connect({ port: targetPort, host: options.targetHost ?? '127.0.0.1', allowHalfOpen: true });
    const connection = { toTarget: { from: client, to: target }, toClient: { from: target, to: client } };
    connections.add(connection);
    for (const socket of [client, target]) {
      socket.setNoDelay(true);
      socket.on('error', () => end(connection));
      socket.on('close', () => connections.delete(connection));
    }
    for (const direction of ['toTarget', 'toClient'] as const) {
      carry(connection[direction], () => frozen.has(direction));
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });

  const cut = (): void => connections.forEach(end);
  return {
    port: (server.address() as AddressInfo).port,
    retarget: (port) => void (targetPort = port),
    cut,
    freeze(direction) {
      for (const one of direction ? [direction] : (['toTarget', 'toClient'] as const)) {
        frozen.add(one);
        for (const connection of connections) connection[one].from.pause();
      }
    },
    thaw() {
      frozen.clear();
      for (const { toTarget, toClient } of connections) {
        for (const lane of [toTarget, toClient]) if (!lane.to.writableNeedDrain) lane.from.resume();
      }
    },
    refuse: () => void (refusing = true),
    accept: () => void (refusing = false),
    async stop() {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function carry({ from, to }: Lane, isFrozen: () => boolean): void {
  from.on('data', (bytes: Buffer) => {
    if (!to.write(bytes)) from.pause();
  });
  from.on('end', () => to.end());
  to.on('drain', () => {
    if (!isFrozen()) from.resume();
  });
  if (isFrozen()) from.pause();
}

function end({ toTarget }: Connection): void {
  toTarget.from.resetAndDestroy();
  toTarget.to.resetAndDestroy();
}
