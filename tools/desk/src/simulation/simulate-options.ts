import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ServerProblem } from '#servers/server-problem.js';

export const SIMULATE_USAGE = `npm run simulate -- --calls 450 --seed 1 --out DIR
    [--url URL [--accounts FILE] [--ca FILE]] [--data DIR] [--kafka] [--seats 8]
  Plays a whole reception through the public API: callers made up from the seed wait, are answered or give up; they book, are
  guided elsewhere, move, cancel, ask, call twice and hang up. Their calls stand on the last ten open days, by the screens of the
  operators and by a queue_log as Asterisk writes it; what they book is booked now. DIR/summary.json says what it came to; the
  exit code is 1 when a seat, a call or a number is not where the callers and the log say. It is played on a demonstration
  of its own, gone afterwards unless --data names a folder for it; --url plays on another desk, with its accounts
  (.uketsuke/demo-accounts.json), and is refused where it is marked 本番; over https its certificate has to be one of --ca
  (.uketsuke/tls/office-ca.pem) where this machine does not trust it already.`;

export interface SimulateOptions {
  readonly help: boolean;
  readonly calls: number;
  readonly seed: number;
  readonly out: string;
  /** Operators at once. */
  readonly seats: number;
  readonly url?: string | undefined;
  readonly accounts: string;
  /** The CA of the desk at `url`. */
  readonly ca?: string | undefined;
  readonly data?: string | undefined;
  readonly kafka: boolean;
}

/** @throws ServerProblem, or the TypeError of `parseArgs` for an option that does not exist */
export function simulateOptions(args: readonly string[]): SimulateOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ calls: { type: 'string' }, seed: { type: 'string' }, out: { type: 'string' }, seats: { type: 'string' } },
      ...{ url: { type: 'string' }, accounts: { type: 'string' }, data: { type: 'string' } },
      ...{ ca: { type: 'string' } },
      ...{ kafka: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    } as const,
  });
  const { out, url, data, ca, kafka = false, help = false } = values;
  if (out === undefined && !help) throw new ServerProblem('Say where the results go: --out DIR.');
  if (url !== undefined && (data !== undefined || kafka)) {
    throw new ServerProblem('--url plays on a desk that runs: leave --data and --kafka out.');
  }
  if (ca !== undefined && url === undefined) {
    throw new ServerProblem('--ca is for the desk of --url: give both, or leave --ca out.');
  }
  return {
    ...{ ca: ca === undefined ? undefined : resolve(ca) },
    ...{ help, kafka, data: data === undefined ? undefined : resolve(data), url: url?.replace(/\/$/, '') },
    calls: whole('calls', values.calls ?? '450', 1, 100_000),
    seed: whole('seed', values.seed ?? '1', 0, 2 ** 31),
    seats: whole('seats', values.seats ?? '8', 1, 200),
    out: resolve(out ?? '.'),
    accounts: resolve(values.accounts ?? '.uketsuke/demo-accounts.json'),
  };
}

function whole(name: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new ServerProblem(`--${name} ${text}: give a whole number from ${least} to ${most}.`);
}
