import pg from 'pg';
import { logTypes } from './row.js';

export interface ConnectionSettings {
  readonly url: string;
  /** Shown in `pg_stat_activity`. */
  readonly name: string;
}

/** How every connection to a log or a projection is opened: UTC, typed rows, and no wait without an end. */
export function connectionConfig({ url, name }: ConnectionSettings): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: name,
    types: logTypes,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    options: '-c TimeZone=UTC -c statement_timeout=60s -c lock_timeout=10s -c idle_in_transaction_session_timeout=30s',
  };
}

/** Milliseconds a connection may rest: a booking after a quiet quarter of an hour need not wait for new ones. */
const IDLE = 900_000;

/**
 * A pool whose connections send statements without waiting for the answer of the one before. For code that awaits them
 * together; a statement behind a failed one of its transaction fails as well.
 */
export function openPipelinedPool(settings: ConnectionSettings, max = 4): pg.Pool {
  const pool = new pg.Pool({
    ...connectionConfig(settings),
    pipeline: true,
    max,
    idleTimeoutMillis: IDLE,
  } as pg.PoolConfig);
  pool.on('error', () => undefined);
  return pool;
}

/** A pool whose idle connections may break without bringing the process down: the next query opens a new one. */
export function openPool(settings: ConnectionSettings, max = 8): pg.Pool {
  const pool = new pg.Pool({ ...connectionConfig(settings), max, idleTimeoutMillis: IDLE });
  pool.on('error', () => undefined);
  return pool;
}

/**
 * Whether the server may have done what it was asked although it never answered: the connection broke, or the server
 * ended the session. Everything else that PostgreSQL reports, it reports after a rollback.
 */
export function isConnectionLost(thrown: unknown): boolean {
  const code = codeOf(thrown);
  if (code === undefined) return /^(Connection terminated|Client (has|was|network))/.test((thrown as Error).message);
  return /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOST|ENET|EAI_|08|57P)/.test(code);
}

/** Errors that another try may cure: deadlock, serialisation, a lock or statement time limit, no room, no connection. */
export function isTransient(thrown: unknown): boolean {
  return isConnectionLost(thrown) || isNoRoom(thrown) || /^(25P0|40|53|55P03|57014|58)/.test(codeOf(thrown) ?? '');
}

/** All connections of the pool stayed busy for the time one may wait for one: nothing was asked. */
function isNoRoom(thrown: unknown): boolean {
  return /^timeout exceeded when trying to connect/.test((thrown as Error).message);
}

function codeOf(thrown: unknown): string | undefined {
  const code = (thrown as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}
