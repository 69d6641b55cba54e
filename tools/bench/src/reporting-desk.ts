import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { newId } from '#kernel/ids.js';
import { publishTypes } from '#platform/log/event-log.js';
import { partitionOf } from '#platform/log/partition.js';
import { RehearsalLog } from '#platform/rehearsal/rehearsal-log.js';
import { CALLER_HEADER } from '#platform/service/caller.js';
import { CallerSigner } from '#platform/service/caller-token.js';
import { testDatabase, type TestDatabase } from '#servers/test-database.js';
import { ServiceProcess } from './service-process.js';

const CHUNK = 5_000;

/** An event to be written past the lanes. */
export interface Stored {
  readonly stream: string;
  readonly type: string;
  readonly data: object;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Writes events into a log of their own, in order, to save time. */
export async function storeAll(events: readonly Stored[]): Promise<RehearsalLog> {
  const log = await RehearsalLog.make();
  await publishTypes(log.pool, [...new Set(events.map(({ type }) => type))]);
  const next = Array.from({ length: 8 }, () => 0);
  const versions = new Map<string, number>();
  for (let from = 0; from < events.length; from += CHUNK) {
    const rows = events.slice(from, from + CHUNK).map(({ stream, type, data, at }) => {
      const p = partitionOf(stream, 8);
      const seq = ++next[p]!;
      const version = (versions.get(stream) ?? 0) + 1;
      versions.set(stream, version);
      return { p, seq, stream, version, event_id: newId(), type, at: new Date(at).toISOString(), data };
    });
    await log.pool.query(
      `insert into events (p, seq, stream, version, event_id, type, schema_version, command_id, at, data, metadata)
       select r.p, r.seq, r.stream, r.version, r.event_id, r.type, 1, r.event_id, r.at, r.data, '{}'
       from jsonb_to_recordset($1::jsonb) r(p integer, seq bigint, stream text, version bigint, event_id uuid, type text, at timestamptz, data jsonb)`,
      [JSON.stringify(rows)],
    );
  }
  await log.pool.query(
    `update partitions c set next = (select coalesce(max(seq), 0) + 1 from events e where e.p = c.p),
       last_at = coalesce((select e.at from events e where e.p = c.p order by seq desc limit 1), last_at)`,
  );
  await log.pool.query('vacuum analyze events');
  return log;
}

/** The reporting service as the desk starts it, over three logs, once it has counted everything in them. */
export class ReportingDesk {
  private constructor(
    readonly service: ServiceProcess,
    readonly logs: readonly RehearsalLog[],
    private readonly database: TestDatabase,
    private readonly signer: CallerSigner,
    private readonly folder: string,
    private readonly reservations: Server,
  ) {}

  static async open(reservations: readonly Stored[], inquiries: readonly Stored[]): Promise<ReportingDesk> {
    const logs = [await storeAll(reservations), await storeAll([]), await storeAll(inquiries)] as const;
    const database = await testDatabase();
    const folder = await mkdtemp(join(tmpdir(), 'uketsuke-bench-reporting-'));
    const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    // Stands for reservations where reports ask for its access log: what that costs is another service's
    const told = JSON.stringify({ counts: [], n: 0, at: null, hash: '0'.repeat(64) });
    const counting = createServer((_, reply) => reply.setHeader('content-type', 'application/json').end(told));
    await new Promise<void>((resolve) => counting.listen(0, '127.0.0.1', resolve));
    const service = await ServiceProcess.start('reporting', {
      ...{ UKETSUKE_MARK: 'demo', DATABASE_URL: database.url, PORT: '0', SHUTDOWN_DELAY_MS: '0' },
      ...{
        GATEWAY_PUBLIC_KEY: publicKey,
        KEY_DIRECTORY: folder,
        RESERVATIONS_URL: `http://127.0.0.1:${(counting.address() as AddressInfo).port}`,
      },
      RESERVATIONS_LOG_URL: logs[0].url,
      NOTICES_LOG_URL: logs[1].url,
      INQUIRIES_LOG_URL: logs[2].url,
    });
    const signer = await CallerSigner.open(privateKey);
    const desk = new ReportingDesk(service, logs, database, signer, folder, counting);
    await desk.hasCounted(reservations.length + inquiries.length);
    return desk;
  }

  async headers(): Promise<Record<string, string>> {
    return {
      [CALLER_HEADER]: await this.signer.sign({ accountId: 'bench', roles: ['supervisor', 'manager'], handler: true }),
    };
  }

  /** Changes a word that stands on every paper: what was made before is not handed out again. */
  async forgetReports(): Promise<void> {
    const headers = { ...(await this.headers()), 'content-type': 'application/json' };
    const body = JSON.stringify({ proposals: [newId()] });
    const answer = await fetch(`${this.service.url}/reports/desk-facts`, { method: 'PUT', headers, body });
    if (!answer.ok) throw new Error(`desk-facts: ${answer.status}`);
  }

  /** @throws Error when a report is refused */
  async get(path: string): Promise<Buffer> {
    const answer = await fetch(this.service.url + path, { headers: await this.headers() });
    const body = Buffer.from(await answer.arrayBuffer());
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${body.toString().slice(0, 300)}`);
    return body;
  }

  async close(): Promise<void> {
    await this.service.stop();
    this.reservations.close();
    await Promise.all(this.logs.map((log) => log.close()));
    await this.database.drop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async hasCounted(events: number): Promise<void> {
    const pool = new pg.Pool({ connectionString: this.database.url, max: 1 });
    try {
      for (let counted = 0; counted < events;) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        const { rows } = await pool.query<{ counted: number }>(
          `select coalesce(sum(next_seq - 1), 0)::int as counted from position where subscription = 'ledger'`,
        );
        counted = rows[0]!.counted;
      }
      // As after a night: what was written is where a planner can see it
      await pool.query('vacuum analyze');
    } finally {
      await pool.end();
    }
  }
}
