import pg from 'pg';
import { connectionConfig, type ConnectionSettings } from '../log/connection.js';

/** A session of PostgreSQL, told from a later one that was given the same pid. */
export interface Backend {
  readonly pid: number;
  readonly startedAt: string;
}

/**
 * A young log has no statistics, and without them the planner reads the whole of a table that it believes is empty. Said
 * once for the session: as a setting of the function it cost a tenth of a millisecond a flush.
 */
const BY_INDEX = '-c enable_seqscan=off';

/** The one connection of a flight: opened when it is needed, thrown away when it has failed. */
export class FlightConnection {
  private client: pg.Client | undefined;
  private current: Backend | undefined;

  constructor(private readonly settings: ConnectionSettings) {}

  /** The session that did, or may still do, what was asked last. */
  get backend(): Backend | undefined {
    return this.current;
  }

  async open(): Promise<pg.Client> {
    if (this.client !== undefined) return this.client;
    const config = connectionConfig(this.settings);
    const client = new pg.Client({ ...config, options: `${config.options} ${BY_INDEX}` });
    client.on('error', () => this.forget(client));
    client.on('end', () => this.forget(client));
    await client.connect();
    const { rows } = await client.query<Backend>(
      `select pid, backend_start::text as "startedAt" from pg_stat_activity where pid = pg_backend_pid()`,
    );
    this.current = rows[0]!;
    return (this.client = client);
  }

  async close(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private forget(client: pg.Client): void {
    if (this.client === client) this.client = undefined;
  }
}

/**
 * Makes sure that a session whose connection was lost does nothing any more. Called while the locks it would need are
 * held: it holds none of them, so it has either finished or is waiting and must be ended before they are let go.
 */
export async function fence(client: pg.Client, backend: Backend): Promise<void> {
  const session = 'from pg_stat_activity where pid = $1 and backend_start = $2::timestamptz';
  const values = [backend.pid, backend.startedAt];
  for (;;) {
    const { rowCount } = await client.query(`select pg_terminate_backend(pid) ${session}`, values);
    if (rowCount === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
    // pg_stat_activity stands still within a transaction unless it is told to look again
    await client.query('select pg_stat_clear_snapshot()');
  }
}
