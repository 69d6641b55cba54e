// The baseline of the SSE bench: a bare server that sends each change to every screen, and nothing else.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const screens = new Set<ServerResponse>();
const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write('event: snapshot\ndata: {}\n\n');
  screens.add(response);
  response.on('close', () => screens.delete(response));
});
process.on('message', (text: string) => {
  for (const screen of screens) screen.write(text);
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port));
