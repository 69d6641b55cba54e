import type { ServerResponse } from 'node:http';
import { Server, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

const LOOK_EVERY_MS = 20;
/** For a connection that has not yet said what it wants when the server closes. */
const FIRST_REQUEST_MS = 1_000;

/**
 * Answers how to close the server: accept nothing more, end with the last byte of the last answer, and cut what still
 * runs after `limitMs`. Call it before the port opens.
 *
 * Node's own `close` cuts an answer that is written but not yet sent (a roster on a slow line), and waits for
 * connections on which nothing was ever asked, which browsers open in advance.
 */
export function closingOf(server: FastifyInstance, isTls: boolean, limitMs: number): () => Promise<void> {
  const silent = new Set<Socket>();
  const answers = new Set<ServerResponse>();
  server.server.on(isTls ? 'secureConnection' : 'connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.addHook('onRequest', ({ raw: { socket } }, { raw }, done) => {
    silent.delete(socket);
    answers.add(raw);
    raw.once('close', () => answers.delete(raw));
    done();
  });
  return async () => {
    const began = Date.now();
    const looking = setInterval(() => {
      const isLate = Date.now() - began > FIRST_REQUEST_MS;
      for (const socket of silent) if (isLate || socket.bytesRead === 0) socket.destroy();
      const isSending = [...answers].some((raw) => raw.writableEnded && !raw.writableFinished);
      if (!isSending) server.server.closeIdleConnections();
      if (Date.now() - began > limitMs) server.server.closeAllConnections();
    }, LOOK_EVERY_MS);
    await new Promise((resolve) => Server.prototype.close.call(server.server, resolve));
    clearInterval(looking);
    await server.close();
  };
}
