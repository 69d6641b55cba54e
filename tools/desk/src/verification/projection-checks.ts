import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { ParkedStream } from '#platform/subscription/parking.js';
import type { RebuildResult } from '#platform/subscription/rebuild-run.js';
import { logVariable } from '../desk-services.js';
import type { DeskFile } from '../desk-directory.js';
import { rebuildProgramOf } from '../rebuild-program.js';
import type { Finding, Verified } from './finding.js';

interface Line {
  readonly projection?: string;
  readonly result?: RebuildResult;
  readonly parked?: readonly ParkedStream[];
  readonly failed?: string;
}

/** Every projection of a service is filled again beside the one that is read, compared row by row, and thrown away. */
export async function verifyProjections(service: string, desk: DeskFile): Promise<Verified[]> {
  const child = spawn(process.execPath, [rebuildProgramOf(service), '--compare'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      UKETSUKE_MARK: desk.mark,
      DATABASE_URL: desk.databases[service]!.url,
      ...Object.fromEntries(Object.entries(desk.readers[service]!).map(([source, url]) => [logVariable(source), url])),
    },
  });
  const ended = once(child, 'close');
  const verified: Verified[] = [];
  for await (const text of createInterface(child.stdout)) {
    const line = JSON.parse(text) as Line;
    if (line.result !== undefined || line.failed !== undefined) verified.push(verifiedOf(service, line));
  }
  const [code] = (await ended) as [number | null];
  if (code === 0 || verified.some(({ findings }) => findings.length > 0)) return verified;
  const check = `${service}.projections`;
  return [
    ...verified,
    {
      check,
      looked: 'nothing',
      findings: [{ check, row: service, expected: 'to be compared', found: `exit code ${code}` }],
    },
  ];
}

function verifiedOf(service: string, { projection = service, result, parked = [], failed }: Line): Verified {
  const check = `${service}.${projection}`;
  if (result === undefined)
    return {
      check,
      looked: 'nothing',
      findings: [{ check, row: projection, expected: 'to be built again', found: failed }],
    };
  const { events, equal, differences, before, after } = result;
  const findings: Finding[] = differences.map(({ table, in: where, row }) => ({
    ...{ check, row: `${table} ${JSON.stringify(row)}` },
    ...(where === 'before'
      ? { expected: 'no such row', found: 'this row' }
      : { expected: 'this row', found: 'no such row' }),
  }));
  if (equal === undefined)
    findings.push({
      check,
      row: projection,
      expected: after.hash,
      found: `${before.hash} (of other code or another log)`,
    });
  for (const { stream, events: waiting, error } of parked) {
    findings.push({ check, row: stream, expected: 'every event applied', found: `${waiting} events parked: ${error}` });
  }
  return { check, looked: `${events.toLocaleString('en')} events, checksum ${after.hash.slice(0, 12)}`, findings };
}
