import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { HttpException } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '#kernel/refusal.js';
import { OF_STATUS } from './problem.js';

const READ_AWAY_MS = 2_000;
const OF_PARSER: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };
const UNREADABLE = ['unreadable-request', 'Bad Request', 'This is no HTTP.'] as const;

/** What the parser of HTTP refuses: there is no request yet, so the answer is written to the connection, which ends. */
export function refusalOfUnparsed(headers: Readonly<Record<string, string>>) {
  const always = { ...headers, 'content-type': 'application/problem+json', 'cache-control': 'no-store' };
  return (error: Error & { readonly code?: string }, socket: Socket): void => {
    const { _httpMessage: answering } = socket as { readonly _httpMessage?: ServerResponse };
    // Hung up, or half an answer to the request before is out
    if (error.code === 'ECONNRESET' || !socket.writable || (answering?.headersSent && !answering.writableEnded)) {
      return void socket.destroy(error);
    }
    const status = OF_PARSER[error.code ?? ''] ?? 400;
    const [slug, title, detail] = status === 400 ? UNREADABLE : OF_STATUS[status]!;
    const text = JSON.stringify({ type: `urn:uketsuke:problem:${slug}`, title, status, slug, detail });
    const lines = Object.entries({ ...always, 'content-length': Buffer.byteLength(text), connection: 'close' });
    const head = [`HTTP/1.1 ${status} ${title}`, ...lines.map(([name, value]) => `${name}: ${value}`)];
    socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
    // What is still on its way is read away, so that its sender sees the answer
    socket.resume();
    setTimeout(() => socket.destroy(), READ_AWAY_MS).unref();
  };
}

/** On an answer that no plug-in has seen yet. */
export function setHeaders(answer: ServerResponse, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) answer.setHeader(name, value);
}

/** What Node refuses by itself, with a bare line that no hook sees: a request without `Host`, or with an odd `Expect`. */
export function takeUnanswered(server: FastifyInstance, headers: Readonly<Record<string, string>>): void {
  server.server.on('checkExpectation', (request, answer) => server.server.emit('request', request, answer));
  server.addHook('onRequest', async ({ raw }, reply) => {
    const refusal = refusalOf(raw);
    if (refusal === undefined) return;
    setHeaders(reply.raw, headers);
    throw refusal;
  });
}

function refusalOf({ httpVersion, headers: { host, expect } }: IncomingMessage): Error | undefined {
  if (httpVersion === '1.1' && host === undefined) {
    return new Refusal('unreadable-request', 'invalid', 'The request names no host.');
  }
  const isOdd = expect !== undefined && expect.toLowerCase() !== '100-continue';
  return isOdd ? new HttpException('', 417) : undefined;
}
