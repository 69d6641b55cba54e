import { newId } from '#kernel/ids.js';
import type { Fetch } from './desk-trust.js';

/** What the desk said. `body` is whatever JSON came back. */
export interface DeskAnswer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly body: Body;
  /** `Uketsuke-Position`: what a read must wait for to see it. */
  readonly position: string | undefined;
}

export class DeskRefusal extends Error {
  constructor(
    readonly method: string,
    readonly path: string,
    readonly status: number,
    readonly problem: Record<string, unknown>,
  ) {
    super(`${method} ${path}: ${status} ${String(problem['slug'] ?? '')}`);
    this.name = 'DeskRefusal';
  }
}

interface Credentials {
  readonly accountId: string;
  readonly password: string;
}

/** Somebody at the desk, signed in: speaks the public API as any other program would. */
export class DeskClient {
  private constructor(
    readonly url: string,
    private readonly cookie: string,
    private readonly reach: Fetch,
  ) {}

  /** @param reach believes the certificate of the desk, where Node's own does not @throws DeskRefusal */
  static async signIn(url: string, { accountId, password }: Credentials, reach: Fetch = fetch): Promise<DeskClient> {
    const response = await reach(`${url}/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ accountId, password }),
    });
    if (!response.ok) throw new DeskRefusal('POST', '/sign-in', response.status, await problemIn(response));
    const cookie = response.headers.getSetCookie().map((one) => one.split(';')[0]!);
    return new DeskClient(url, cookie.join('; '), reach);
  }

  /** Somebody else at the same desk. @throws DeskRefusal */
  colleague(account: Credentials): Promise<DeskClient> {
    return DeskClient.signIn(this.url, account, this.reach);
  }

  /** @param key the Idempotency-Key; a fresh one unless given */
  async ask<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    { key = newId(), waitFor }: { readonly key?: string; readonly waitFor?: string | undefined } = {},
  ): Promise<DeskAnswer<Body>> {
    const response = await this.reach(`${this.url}/api${path}`, {
      method,
      headers: {
        cookie: this.cookie,
        ...(method !== 'GET' && { 'idempotency-key': key }),
        ...(waitFor !== undefined && { 'uketsuke-wait-for': waitFor }),
        ...(body !== undefined && { 'content-type': body instanceof Blob ? body.type : 'application/json' }),
      },
      ...(body !== undefined && { body: body instanceof Blob ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: (text === '' ? {} : JSON.parse(text)) as Body,
      position: response.headers.get('uketsuke-position') ?? undefined,
    };
  }

  /** The same, where nothing but yes will do. @throws DeskRefusal */
  async must<Body = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Body> {
    const answer = await this.ask<Body>(method, path, body);
    if (answer.status < 300) return answer.body;
    throw new DeskRefusal(method, path, answer.status, answer.body as Record<string, unknown>);
  }

  /** Sends a file as the body. @throws DeskRefusal */
  async send<Body = Record<string, unknown>>(path: string, file: string, contentType: string): Promise<Body> {
    const headers = { cookie: this.cookie, 'idempotency-key': newId(), 'content-type': contentType };
    const response = await this.reach(`${this.url}/api${path}`, { method: 'POST', headers, body: file });
    if (!response.ok) throw new DeskRefusal('POST', path, response.status, await problemIn(response));
    return (await response.json()) as Body;
  }

  /** A file; what is refused is its problem as JSON. */
  async download(
    path: string,
  ): Promise<{ readonly status: number; readonly contentType: string; readonly bytes: Buffer }> {
    const response = await this.reach(`${this.url}/api${path}`, { headers: { cookie: this.cookie } });
    const contentType = (response.headers.get('content-type') ?? '').split(';')[0]!;
    return { status: response.status, contentType, bytes: Buffer.from(await response.arrayBuffer()) };
  }

  /** The live feed, open until `signal`. */
  async live(signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const response = await this.reach(`${this.url}/api/capacity/live`, { headers: { cookie: this.cookie }, signal });
    if (!response.ok) throw new DeskRefusal('GET', '/capacity/live', response.status, await problemIn(response));
    return response.body!;
  }
}

async function problemIn(response: Response): Promise<Record<string, unknown>> {
  return (await response.json().catch(() => ({}))) as Record<string, unknown>;
}
