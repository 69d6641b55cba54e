import pg from 'pg';
import { connectionConfig, type ConnectionSettings } from '../log/connection.js';

const CHANNEL = 'uketsuke_events';
/** Milliseconds of rest after a NOTIFY: the first commit is told at once, those that come meanwhile share the next. */
const DEBOUNCE = 5;
/** A NOTIFY is a transaction with nothing in it that a crash could lose: it need not wait for the disk. */
const UNFLUSHED = '-c synchronous_commit=off';
/** How soon a lost listening connection is tried again, milliseconds. */
const RECONNECT = 250;

/**
 * Says that a log has grown; nothing more, since listeners know their positions. Inside the process at once; to other
 * processes by NOTIFY, debounced, after the commit and from a connection of its own: within the append it would
 * make all commits of the database wait for one another (facts/event-store §2.5).
 */
export class Wakeups {
  private readonly listeners = new Set<() => void>();
  private client: pg.Client | undefined;
  private resting: NodeJS.Timeout | undefined;
  private telling = false;
  private untold = false;
  private reconnecting: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly settings: ConnectionSettings) {}

  /** Starts to listen; from then on a lost connection is opened again for as long as it takes. */
  async open(): Promise<void> {
    await this.connect().catch(() => this.reconnect());
  }

  /** Whether NOTIFY of other processes arrives just now. */
  get listening(): boolean {
    return this.client !== undefined;
  }

  /** To be called after a commit. */
  committed(): void {
    this.wake();
    this.untold = true;
    if (!this.telling) void this.tell();
  }

  /** Calls `listener` whenever there may be something new. Who needs certainty polls as well. */
  onWake(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.resting);
    clearTimeout(this.reconnecting);
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  /** One NOTIFY at a time: a database that is slow to take it is not given more of them. */
  private async tell(): Promise<void> {
    this.telling = true;
    while (this.untold) {
      this.untold = false;
      const rest = new Promise((resolve) => (this.resting = setTimeout(resolve, DEBOUNCE)));
      await this.client?.query(`select pg_notify('${CHANNEL}', '')`).catch(() => undefined);
      await rest;
    }
    this.telling = false;
  }

  private wake(): void {
    for (const listener of this.listeners) listener();
  }

  private async connect(): Promise<void> {
    const config = connectionConfig(this.settings);
    const client = new pg.Client({ ...config, options: `${config.options} ${UNFLUSHED}` });
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    // Its own word comes back as well, and was known here first
    client.on('notification', ({ processId }) => {
      if (processId !== rows[0]!.pid) this.wake();
    });
    await client.query(`listen ${CHANNEL}`);
    if (this.closed) return client.end();
    this.client = client;
    // What was committed while nobody listened
    this.wake();
  }

  private lost(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = undefined;
    this.reconnect();
  }

  private reconnect(): void {
    if (this.closed) return;
    this.reconnecting = setTimeout(() => this.connect().catch(() => this.reconnect()), RECONNECT);
  }
}
