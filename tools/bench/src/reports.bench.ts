import pg from 'pg';
import type { Bench } from './bench.js';
import { paired } from './paired.js';
import { bookings, calls, OPEN_DAYS, plan, TERM } from './report-events.js';
import { ReportingDesk } from './reporting-desk.js';
import { judge } from './result.js';
import { plainRead } from './stored-events.js';

const CALLS = 10_000;
const BOOKINGS = 8_000;
const SESSIONS = 200;

/** Everything that is reported of a term, made anew, against reading the events it is made from plainly. */
export const reports: Bench = async function* ({ progress }) {
  progress('storing a term');
  const reservations = [...plan(SESSIONS, 40), ...bookings(BOOKINGS, SESSIONS)];
  const inquiries = calls(CALLS);
  const desk = await ReportingDesk.open(reservations, inquiries);
  const pools = [desk.logs[0]!, desk.logs[2]!].map(({ url }) => new pg.Pool({ connectionString: url, max: 1 }));
  const read = async () => {
    const start = performance.now();
    await plainRead(pools[0]!, reservations.length);
    await plainRead(pools[1]!, inquiries.length);
    return performance.now() - start;
  };
  const of = (candidate: string) => ({
    ...{ bench: 'reports', candidate, unit: 'ms', limit: 10, direction: 'atMost' as const },
    baseline: `plain keyset read of its ${reservations.length + inquiries.length} events`,
  });
  const daily = (suffix: string) => OPEN_DAYS.map((day) => `/reports/daily/${day}.${suffix}`);
  const term = [`/reports/tally/${TERM}.xlsx`, '/reports/completion.docx', '/reports/completion.xlsx'];
  const answers = [...daily('json'), `/reports/tally/${TERM}.json`, '/reports/completion.json'];
  try {
    progress('reports as data');
    yield judge(
      of('ten daily reports, tally and completion report as data'),
      await paired(read, () => timed(desk, answers)),
    );
    progress('reports as documents');
    const files = [...daily('docx'), ...daily('xlsx'), ...term];
    yield judge(of('the same as documents: 10 daily .docx and .xlsx, tally, completion .docx and .xlsx'), await paired(read, () => timed(desk, files), 3)); // prettier-ignore
  } finally {
    await Promise.all(pools.map((pool) => pool.end()));
    await desk.close();
  }
};

async function timed(desk: ReportingDesk, paths: readonly string[]): Promise<number> {
  await desk.forgetReports();
  const start = performance.now();
  for (const path of paths) await desk.get(path);
  return performance.now() - start;
}
