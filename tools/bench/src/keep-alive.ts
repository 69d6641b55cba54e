import { Agent, request } from 'node:http';

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** A client that costs little: connections that stay open, and nothing read but status and text. */
export class KeepAlive {
  private readonly agent: Agent;

  constructor(
    private readonly url: string,
    connections: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  get(path: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
    return this.send('GET', path, headers);
  }

  post(path: string, body: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
    const length = Buffer.byteLength(body);
    return this.send(
      'POST',
      path,
      { 'content-type': 'application/json', 'content-length': `${length}`, ...headers },
      body,
    );
  }

  close(): void {
    this.agent.destroy();
  }

  private send(method: string, path: string, headers: Readonly<Record<string, string>>, body?: string) {
    return new Promise<Answer>((resolve, reject) => {
      const sent = request(this.url + path, { method, agent: this.agent, headers });
      sent.on('error', reject).on('response', (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part)).on('error', reject);
        answer.on('end', () => resolve({ status: answer.statusCode!, text: Buffer.concat(parts).toString() }));
      });
      sent.end(body);
    });
  }
}
