import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { startProxy, type TcpProxy } from './tcp-proxy.js';

let echo: Server;
let served: Socket[];
let proxy: TcpProxy;
let clients: Socket[];

beforeEach(async () => {
  served = [];
  clients = [];
  echo = createServer((socket) => {
    served.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => socket.write(bytes));
  }).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  proxy = await startProxy({ targetPort: (echo.address() as AddressInfo).port });
});

afterEach(async () => {
  clients.forEach((client) => client.destroy());
  await proxy.stop();
  echo.close();
});

interface Caller {
  socket: Socket;
  heard: () => string;
  ended: Promise<string>;
}

async function call(): Promise<Caller> {
  const socket = connect(proxy.port, '127.0.0.1');
  clients.push(socket);
  const parts: Buffer[] = [];
  socket.on('data', (bytes: Buffer) => parts.push(bytes));
  let reason = 'end';
  socket.on('error', (error: NodeJS.ErrnoException) => (reason = error.code ?? 'error'));
  const ended = new Promise<string>((resolve) => socket.once('close', () => resolve(reason)));
  await once(socket, 'connect');
  return { socket, heard: () => Buffer.concat(parts).toString(), ended };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

it('carries every byte of a large message both ways', async () => {
  const { socket, heard } = await call();
  const message = 'abcdefgh'.repeat(500_000);
  socket.write(message);
  await until(() => heard().length === message.length);
  expect(heard()).toBe(message);
});

it('passes on the end of a connection', async () => {
  const { socket, ended } = await call();
  socket.end();
  expect(await ended).toBe('end');
});

it('cuts every live connection and serves new ones', async () => {
  const { socket, heard, ended } = await call();
  socket.write('one');
  await until(() => heard() === 'one');
  const serverSide = new Promise((resolve) => served[0]?.once('close', resolve));
  proxy.cut();
  expect(await ended).toBe('ECONNRESET');
  await serverSide;
  const next = await call();
  next.socket.write('two');
  await until(() => next.heard() === 'two');
});

it('holds what is sent while frozen, and lets it through when thawed', async () => {
  const { socket, heard } = await call();
  proxy.freeze();
  socket.write('held');
  const late = await call();
  late.socket.write('also held');
  await sleep(100);
  expect([heard(), late.heard()]).toEqual(['', '']);
  proxy.thaw();
  await until(() => heard() === 'held' && late.heard() === 'also held');
});

it('freezes one direction alone', async () => {
  const { socket, heard } = await call();
  proxy.freeze('toClient');
  await until(() => served.length === 1);
  const question = once(served[0] as Socket, 'data');
  socket.write('question');
  expect(String((await question)[0])).toBe('question');
  await sleep(100);
  expect(heard()).toBe('');
  proxy.thaw();
  await until(() => heard() === 'question');
});

it('refuses new connections and keeps the live ones', async () => {
  const old = await call();
  await until(() => served.length === 1);
  proxy.refuse();
  const refused = await call().catch((error: NodeJS.ErrnoException) => error.code);
  expect(typeof refused === 'object' ? await refused.ended : refused).toBe('ECONNRESET');
  old.socket.write('still here');
  await until(() => old.heard() === 'still here');
  proxy.accept();
  const next = await call();
  next.socket.write('back');
  await until(() => next.heard() === 'back');
});

it('ends the client when the target cannot be reached', async () => {
  const gone = createServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const { port } = gone.address() as AddressInfo;
  gone.close();
  proxy.retarget(port);
  const { ended } = await call();
  expect(await ended).toBe('ECONNRESET');
});
