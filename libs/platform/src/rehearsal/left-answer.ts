import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';

/** A live answer whose client left before anybody heard of it: nothing will ever say so again. */
export async function leftAnswer(): Promise<ServerResponse> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.write('GET /live HTTP/1.1\r\nHost: desk\r\n\r\n');
  const [, answer] = (await once(server, 'request')) as [unknown, ServerResponse];
  answer.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
  client.destroy();
  await once(answer, 'close');
  server.close();
  return answer;
}
