import { parseArgs } from 'node:util';
import { ServerProblem } from '#servers/server-problem.js';
import { SERVICES, WIRING } from '../desk-services.js';
import type { DeskFile } from '../desk-directory.js';
import { openDesk } from '../open-desk.js';
import { Progress } from '../progress.js';
import { verifyAccessLog } from './access-log-checks.js';
import { verifyErasures } from './erasure-checks.js';
import { atOneInstant, hasTable, rowsInWords, type Verified } from './finding.js';
import { verifyLog } from './log-checks.js';
import { verifyProjections } from './projection-checks.js';
import { verifySideRows } from './side-checks.js';

const USAGE = `npm run verify -- [--data DIR] [--json]
  Folds the store again and compares: the sequences, streams and commands of every log, the rows that commit with events,
  every projection row by row, the chains of the access logs, and what was erased. The desk in DIR (.uketsuke unless given)
  may run or not, and is not changed. Names each row that differs and ends with 1; --json gives a line of
  {check, row, expected, found} for each.`;

/** Answers the exit code: 1 when anything differs. */
export async function runVerify(
  args: readonly string[],
  progress = new Progress(),
  out: (line: string) => void = console.log,
): Promise<number> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { data: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const,
    });
    if (values.help) {
      progress.say(USAGE);
      return 0;
    }
    const { desk, close } = await openDesk(values.data ?? '.uketsuke');
    try {
      const verified = await verifyDesk(desk, values.json ? undefined : progress);
      const findings = verified.flatMap((one) => one.findings);
      if (values.json) for (const finding of findings) out(JSON.stringify(finding));
      else
        progress.say(
          findings.length === 0
            ? `All ${verified.length} checks are well.`
            : `${rowsInWords(findings.length)} ${findings.length === 1 ? 'differs' : 'differ'}.`,
        );
      return findings.length === 0 ? 0 : 1;
    } finally {
      await close();
    }
  } catch (error) {
    if (error instanceof ServerProblem) progress.say(error.message);
    else if (error instanceof TypeError && 'code' in error) progress.say(`${error.message}\n${USAGE}`);
    else throw error;
    return 1;
  }
}

/** Everything there is to check. @param progress where each check is told as it is done */
export async function verifyDesk(desk: DeskFile, progress?: Progress): Promise<Verified[]> {
  const verified: Verified[] = [];
  const done = (...checks: readonly Verified[]) => {
    verified.push(...checks);
    for (const check of checks) if (progress) tell(check, progress);
  };
  for (const service of SERVICES) {
    const { url } = desk.databases[service]!;
    const has = await atOneInstant(url, async (db) => {
      if (await hasTable(db, 'events')) {
        done(...(await verifyLog(db, service)), ...(await verifySideRows(db, service)));
      }
      if (service === 'reservations') done(await verifyErasures(db, desk.keyDirectory));
      return { accessLog: await hasTable(db, 'access_log') };
    });
    const keys = service === 'gateway' ? desk.gatewayKeyDirectory : desk.keyDirectory;
    if (has.accessLog) done(await verifyAccessLog(service, url, keys));
  }
  for (const { name, hears } of WIRING) if (hears.length > 0) done(...(await verifyProjections(name, desk)));
  return verified;
}

function tell({ check, looked, findings }: Verified, progress: Progress): void {
  progress.say(`${findings.length === 0 ? 'ok ' : 'NOT'} ${check}: ${looked}`);
  for (const { row, expected, found } of findings)
    progress.say(`    ${row}: expected ${text(expected)}, found ${text(found)}`);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
