import { Agent, request } from 'node:http';

/** A client that costs little: connections that stay open, and nothing read but status and text. */
export class KeepAlive {
  private readonly agent: Agent;

  constructor(
    private readonly url: string,
    connections: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  post(path: string, body: string, headers: Readonly<Record<string, string>>) {
    return new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
      const sent = request(this.url + path, {
        method: 'POST',
        agent: this.agent,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
      });
      sent.on('error', reject).on('response', (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part)).on('error', reject);
        answer.on('end', () => resolve({ status: answer.statusCode!, text: Buffer.concat(parts).toString() }));
      });
      sent.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
