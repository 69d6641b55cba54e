import { get, type ClientRequest } from 'node:http';

/** What a change is known by in the stream. */
export type KeyOf = (block: string) => string | undefined;

/** Screens that follow a stream, and note when each change reaches each of them. */
export class Screens {
  private readonly requests: ClientRequest[] = [];
  private readonly waited = new Map<string, number[]>();
  private arrived = 0;

  constructor(private readonly keyOf: KeyOf) {}

  /** Answers when every screen has its snapshot. */
  async open(count: number, url: string, headers: Readonly<Record<string, string>>): Promise<void> {
    await Promise.all(Array.from({ length: count }, () => this.follow(url, headers)));
  }

  /** Begins to wait for the changes; what came before is forgotten. */
  begin(): void {
    this.waited.clear();
    this.arrived = 0;
  }

  /** Every instant at which one of the changes reached a screen. @throws Error when some have not after ten seconds */
  async all(changes: number): Promise<ReadonlyMap<string, readonly number[]>> {
    const wanted = changes * this.requests.length;
    for (const end = performance.now() + 10_000; this.arrived < wanted;) {
      if (performance.now() > end) throw new Error(`${this.arrived} of ${wanted} changes reached a screen.`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return this.waited;
  }

  close(): void {
    for (const request of this.requests) request.destroy();
  }

  private follow(url: string, headers: Readonly<Record<string, string>>): Promise<void> {
    return new Promise((resolve, reject) => {
      const request = get(url, { headers, agent: false }, (response) => {
        if (response.statusCode !== 200) return reject(new Error(`A screen was answered ${response.statusCode}.`));
        let rest = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          const now = performance.now();
          const blocks = (rest + part).split('\n\n');
          rest = blocks.pop()!;
          for (const block of blocks) this.note(block, now, resolve);
        });
        return undefined;
      });
      request.on('error', () => undefined);
      this.requests.push(request);
    });
  }

  private note(block: string, now: number, opened: () => void): void {
    if (block.includes('event: snapshot')) return opened();
    const key = this.keyOf(block);
    if (key === undefined) return;
    const times = this.waited.get(key);
    if (times === undefined) this.waited.set(key, [now]);
    else times.push(now);
    this.arrived++;
  }
}
