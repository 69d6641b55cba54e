import pg from 'pg';
import { connectionConfig, type ConnectionSettings } from '../log/connection.js';

/** Which process sends: the one that holds this advisory lock of the log's database. */
const LEADER_KEY = 7_402_027;

/**
 * The leader writes down only how far it has sent, after the broker has acknowledged. What a crash loses of that is sent
 * once more and dropped as a duplicate, so no send waits for the disk.
 */
const UNFLUSHED = '-c synchronous_commit=off';

/** One process at a time, for as long as its session lives: PostgreSQL gives the lock to another when it ends. */
export class Leadership {
  private client: pg.Client | undefined;
  private held = false;

  constructor(private readonly database: ConnectionSettings) {}

  get leads(): boolean {
    return this.held;
  }

  /** The session that holds the lock, another one after every loss; undefined while another process leads. */
  async claim(): Promise<pg.Client | undefined> {
    const client = (this.client ??= await this.connect());
    if (!this.held) {
      const { rows } = await client.query<{ leads: boolean }>('select pg_try_advisory_lock($1) as leads', [LEADER_KEY]);
      this.held = rows[0]!.leads && this.client === client;
    }
    return this.held ? client : undefined;
  }

  async resign(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    this.held = false;
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<pg.Client> {
    const config = connectionConfig(this.database);
    const client = new pg.Client({ ...config, options: `${config.options} ${UNFLUSHED}` });
    const lost = () => {
      if (this.client !== client) return;
      this.client = undefined;
      this.held = false;
    };
    client.on('error', lost);
    client.on('end', lost);
    await client.connect();
    return client;
  }
}
