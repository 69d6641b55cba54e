import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Lifecycle } from './lifecycle.js';

/** How long a client may take to read the end of its stream before the connection is cut. */
const GRACE_MS = 1_000;

/** Answers that end only when somebody ends them. Whoever writes one reports it here, or the service never stops. */
export class OpenStreams {
  readonly #open = new Map<ServerResponse, string>();

  constructor(private readonly lifecycle: Lifecycle) {
    lifecycle.onStop('streams', () => this.#endAll());
  }

  get count(): number {
    return this.#open.size;
  }

  /** @param farewell written before the end; the default asks an EventSource to come back in two seconds */
  track({ raw }: { readonly raw: ServerResponse }, farewell = 'retry: 2000\n\n'): void {
    // Left while the request was looked at: `close` has been, and would never take it out again
    if (raw.destroyed) return;
    this.#open.set(raw, farewell);
    raw.once('close', () => this.#open.delete(raw));
    if (this.lifecycle.isStopping) raw.end(farewell);
  }

  async #endAll(): Promise<void> {
    for (const [raw, farewell] of this.#open) raw.end(farewell);
    const deadline = Date.now() + GRACE_MS;
    while (this.#open.size > 0 && Date.now() < deadline) await wait(10);
    for (const raw of this.#open.keys()) raw.destroy();
  }
}
