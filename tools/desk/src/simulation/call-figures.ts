import { setTimeout as sleep } from 'node:timers/promises';
import type { DeskClient } from '../desk-client.js';

/** 入電 and what became of it, by the definitions of requirements §5.1. */
export interface CallSums {
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly shortAbandoned: number;
  readonly outOfHours: number;
}

/** What each place of the desk says of the calls of some days. */
export interface CallFigures {
  /** The operators' own numbers (`GET /calls/numbers`). */
  readonly board: CallSums;
  /** By date: a day of which there is nothing to report has none. */
  readonly daily: ReadonlyMap<string, CallSums>;
  readonly tally: CallSums;
  readonly completion: CallSums;
  /** Mean seconds on each paper, null where nothing was measured. */
  readonly talk: {
    readonly daily: ReadonlyMap<string, number | null>;
    readonly completion: readonly (number | null)[];
  };
}

interface Kpi {
  readonly name: string;
  readonly value: number | null;
}

const NONE: CallSums = { offered: 0, answered: 0, abandoned: 0, shortAbandoned: 0, outOfHours: 0 };
const NAMES = Object.keys(NONE) as (keyof CallSums)[];
const TALK = '平均通話時間（ＡＴＴ）';

export function sums(a: CallSums, b: CallSums, sign = 1): CallSums {
  return Object.fromEntries(NAMES.map((name) => [name, a[name] + sign * b[name]])) as unknown as CallSums;
}

export function total(all: Iterable<CallSums>): CallSums {
  return [...all].reduce((sum, one) => sums(sum, one), NONE);
}

/** In words where two differ; `least` where others may have called too. */
export function differences(found: CallSums, wanted: CallSums, where: string, isLeast: boolean): string[] {
  return NAMES.filter((name) => (isLeast ? found[name] < wanted[name] : found[name] !== wanted[name])).map(
    (name) => `${name} ${where} is ${found[name]}, not ${wanted[name]}`,
  );
}

/** @param supervisor who may read all of it @param days in order */
export async function callFigures(
  supervisor: DeskClient,
  days: readonly string[],
  termIds: readonly string[],
): Promise<CallFigures> {
  const { total: board } = await asked<{ total: Record<string, number> }>(
    supervisor,
    `/calls/numbers?from=${days[0]}&to=${days.at(-1)}`,
  );
  const daily = new Map<string, CallSums>();
  const talk = new Map<string, number | null>();
  for (const date of days) {
    const path = `/reports/daily/${date}.json`;
    const report = await asked<{ calls: CallSums; kpis: Kpi[] } | undefined>(supervisor, path, 404);
    if (report === undefined) continue;
    daily.set(date, sums(report.calls, NONE));
    talk.set(date, report.kpis.find(({ name }) => name === TALK)?.value ?? null);
  }
  const tallies: CallSums[] = [];
  for (const termId of termIds) {
    // before the telephones of a term open there is no tally
    const tally = await asked<{ days: CallSums[] } | undefined>(supervisor, `/reports/tally/${termId}.json`, 409);
    tallies.push(...(tally?.days ?? []));
  }
  const completion = await asked<{ terms: { calls: CallSums; averages: { talk: number | null } }[] } | undefined>(
    supervisor,
    '/reports/completion.json',
    404,
  );
  return {
    board: {
      ...{ offered: board['callsOffered']!, answered: board['callsAnswered']!, abandoned: board['callsAbandoned']! },
      ...{ shortAbandoned: board['shortAbandoned']!, outOfHours: board['callsOutOfHours']! },
    },
    daily,
    tally: total(tallies),
    completion: total((completion?.terms ?? []).map(({ calls }) => calls)),
    talk: { daily: talk, completion: (completion?.terms ?? []).map(({ averages }) => averages.talk) },
  };
}

/** Asks again as long as the desk is busy. @param but a status that means there is none */
async function asked<Body>(desk: DeskClient, path: string, but?: number): Promise<Body> {
  for (let end = Date.now() + 60_000; ;) {
    const answer = await desk.ask<Body>('GET', path);
    if (answer.status === but) return undefined as Body;
    if (answer.status < 300) return answer.body;
    if (answer.status !== 503 || Date.now() > end) throw new Error(`GET ${path}: ${answer.status}`);
    await sleep(200);
  }
}
