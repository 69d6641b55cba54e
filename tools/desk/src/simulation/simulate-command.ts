import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dateAt } from '#calendar/civil-time.js';
import { newId } from '#kernel/ids.js';
import { freePort } from '#servers/free-port.js';
import { removeAtOurEnd } from '#servers/leash.js';
import { ServerProblem } from '#servers/server-problem.js';
import { accountsIn, type DemoAccount } from '../desk-accounts.js';
import { DeskClient, DeskRefusal } from '../desk-client.js';
import { DeskDirectory, type DeskFile } from '../desk-directory.js';
import { MARKS } from '../desk-mark.js';
import type { Programs } from '../desk-services.js';
import { certificateProblem, trusting, type Fetch } from '../desk-trust.js';
import { seedDemo } from '../demo-data.js';
import { termUnderWay } from '../demo-term.js';
import { Started, startDesk } from '../desk.js';
import { Progress } from '../progress.js';
import { StopSignal } from '../stop-signal.js';
import { planCalls } from './callers.js';
import type { Check } from './check.js';
import { playDay, type PlayedDesk } from './day.js';
import { dayChecks } from './day-checks.js';
import { OUTPUTS } from './output.js';
import { simulateOptions, SIMULATE_USAGE, type SimulateOptions } from './simulate-options.js';
import { summaryOf, type Summary } from './summary.js';
import { placeCalls } from './telephone.js';

/** Plays a reception day; answers the exit code: 1 when something is not as it must be. */
export async function runSimulate(
  args: readonly string[],
  progress = new Progress(),
  programs?: Programs,
): Promise<number> {
  try {
    const options = simulateOptions(args);
    if (options.help) {
      progress.say(SIMULATE_USAGE);
      return 0;
    }
    return await playUnlessAsked(options, progress, programs);
  } catch (error) {
    if (error instanceof ServerProblem || error instanceof DeskRefusal) progress.say(error.message);
    else if (error instanceof TypeError && 'code' in error) progress.say(`${error.message}\n${SIMULATE_USAGE}`);
    else throw error;
    return 1;
  }
}

/** To the end, or until somebody wants it to stop: what was started for it is stopped and gone either way. */
async function playUnlessAsked(options: SimulateOptions, progress: Progress, programs?: Programs): Promise<number> {
  const started = new Started();
  const signal = new StopSignal();
  try {
    const playing = play(options, started, progress, programs);
    // When it has been asked to stop, nobody waits for this any more
    playing.catch(() => undefined);
    const asked = signal.asked.then((code) => ({ code }));
    const end = await Promise.race([playing, asked]);
    if (typeof end === 'number') return end;
    progress.say('Stopping');
    await started.stop();
    progress.say(`Stopped. ${whatStays(options)}`);
    return end.code;
  } finally {
    await started.stop();
    signal.release();
  }
}

function whatStays({ url, data }: SimulateOptions): string {
  if (url !== undefined) return `What the callers have done so far stays at ${url}.`;
  if (data !== undefined) return `The desk is kept in ${data}.`;
  return 'The desk that was made for this reception is gone, with its folder.';
}

/** Answers the exit code. */
async function play(
  options: SimulateOptions,
  started: Started,
  progress: Progress,
  programs?: Programs,
): Promise<number> {
  makeResultsFolder(options.out);
  const began = Date.now();
  const desk =
    options.url === undefined ? await ownDesk(options, started, progress, programs) : await otherDesk(options);
  const summary = await simulate(desk, options, began, progress);
  writeFileSync(join(options.out, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
  tell(summary, options.out, progress);
  return summary.ok ? 0 : 1;
}

function makeResultsFolder(out: string): void {
  try {
    mkdirSync(out, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ServerProblem(`The folder ${out} for the results could not be made (${code}): choose another --out.`);
  }
}

async function simulate(
  desk: PlayedDesk,
  { calls, seed, seats, out }: SimulateOptions,
  began: number,
  progress: Progress,
): Promise<Summary> {
  const planned = planCalls(calls, seats, seed);
  const system = `desk${newId().slice(0, 8)}`;
  const placed = placeCalls(planned, { today: dateAt(began), system, seed });
  const evidence = await playDay(desk, placed, { seats, seed }, progress);
  const checks: Check[] = dayChecks(evidence);
  let notices: Summary['notices'] | undefined;
  for (const output of OUTPUTS) {
    progress.step(`Making ${output.name}`);
    const made = await output.run({ desk, evidence, out, progress });
    checks.push(...made.checks);
    notices = made.summary?.notices ?? notices;
  }
  const seconds = Math.round((Date.now() - began) / 100) / 10;
  return summaryOf(
    { seed, seconds, ...(desk.transport && { transport: desk.transport }) },
    planned,
    evidence,
    checks,
    notices,
  );
}

/** A demonstration made for this day, and gone with it unless a folder was named. */
async function ownDesk(
  { data, kafka }: SimulateOptions,
  started: Started,
  progress: Progress,
  programs?: Programs,
): Promise<PlayedDesk> {
  const root = data ?? mkdtempSync(join(tmpdir(), 'uketsuke-simulate-'));
  if (data === undefined) {
    // PostgreSQL may have to run as another user
    chmodSync(root, 0o711);
    // Whatever our end is. It comes after that of the servers, which may still write when they are stopped at their start
    removeAtOurEnd([root]);
    started.add(() => rm(root, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined));
  }
  const directory = new DeskDirectory(root);
  const giveBack = directory.take();
  started.add(giveBack);
  const options = { help: false, port: await freePort(), data: root, demo: true, kafka, host: '127.0.0.1' };
  const desk = await startDesk(options, directory, started, progress, programs);
  desk.broken.catch(() => undefined);
  progress.step('Filling the demonstration');
  // A reception that is played again, on a folder that was named, is played on the term that is there
  if (!(await hasTerm(desk.url, desk.demo)))
    await seedDemo(desk.url, desk.demo, { term: termUnderWay(dateAt(Date.now())) });
  const file = JSON.parse(readFileSync(directory.path('desk.json'), 'utf8')) as DeskFile;
  return {
    ...{ url: desk.url, accounts: desk.demo, operator: await signedIn(desk.url, desk.demo) },
    ...{ transport: kafka ? 'kafka' : 'embedded', file },
  };
}

async function hasTerm(url: string, accounts: readonly DemoAccount[]): Promise<boolean> {
  const operator = await signedIn(url, accounts);
  return (await operator.must<{ terms: unknown[] }>('GET', '/terms')).terms.length > 0;
}

/** Somebody's desk, by its public API only. @throws ServerProblem when it is marked 本番 */
async function otherDesk({ url, accounts: file, ca }: SimulateOptions): Promise<PlayedDesk> {
  const accounts = accountsIn(file);
  const operator = await signedIn(url!, accounts, ca === undefined ? fetch : trusting(ca));
  const { mark } = await operator.must<{ mark?: keyof typeof MARKS }>('GET', '/me');
  if (mark !== 'demo' && mark !== 'training') {
    throw new ServerProblem(
      `This desk is marked ${MARKS[mark ?? 'production']}: nobody makes up callers there. Use a desk marked デモ or 研修.`,
    );
  }
  return { url: url!, accounts, operator };
}

function signedIn(url: string, accounts: readonly DemoAccount[], reach: Fetch = fetch): Promise<DeskClient> {
  const operator = accounts.find(({ role }) => role === 'operator');
  if (operator === undefined) throw new ServerProblem('The accounts name no operator.');
  return DeskClient.signIn(url, operator, reach).catch((thrown: unknown) => {
    if (thrown instanceof DeskRefusal) throw thrown;
    throw new ServerProblem(
      certificateProblem(url, thrown) ?? `No desk answers at ${url}: start it, or leave --url out.`,
    );
  });
}

const LABELS = { ok: 'ok   ', wrong: 'NOT  ', 'not compared': 'not compared: ' } as const;

function tell({ calls, reservations, offers, checks, ok, seconds }: Summary, out: string, progress: Progress): void {
  progress.say(
    `${calls.offered} calls, ${calls.abandoned} abandoned; ${reservations.made} bookings, ${reservations.moved} moved, ${reservations.cancelled} cancelled; ${offers.made} guided elsewhere, ${offers.taken} taken.`,
  );
  for (const { name, outcome, detail } of checks) progress.say(`${LABELS[outcome]}${name}: ${detail}`);
  const untold = checks.filter(({ outcome }) => outcome === 'not compared').length;
  const result = ok ? 'All is as it must be' : 'Something is wrong';
  const but = untold === 0 ? '' : `, but ${untold} of ${checks.length} checks had nothing to compare`;
  progress.say(`${result}${but} (${seconds} s): ${join(out, 'summary.json')}`);
}
