import { Agent, request } from 'node:http';
import type { Bench } from './bench.js';
import { paired } from './paired.js';
import { bookings, plan } from './report-events.js';
import { ReportingDesk } from './reporting-desk.js';
import { judge } from './result.js';

const SESSIONS = 10_000;
const BOOKINGS = 30_000;
const ASKED = 200;

/** A feed of ten thousand sessions against writing it as JSON, and asking whether it has changed against asking nothing. */
export const feeds: Bench = async function* ({ progress }) {
  progress('storing sessions');
  const desk = await ReportingDesk.open([...plan(SESSIONS, 20), ...bookings(BOOKINGS, SESSIONS)], []);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const headers = await desk.headers();
    const path = '/feeds/v1/sessions_capacity.json';
    const feed = JSON.parse((await desk.get(path)).toString()) as { rows: unknown[] };
    if (feed.rows.length !== SESSIONS) throw new Error(`${feed.rows.length} sessions are in the feed.`);
    progress('feed');
    yield judge(
      {
        ...{ bench: 'feeds', candidate: `feed JSON of ${SESSIONS} sessions`, baseline: 'JSON.stringify of the same' },
        ...{ unit: 'ms', limit: 3, direction: 'atMost' },
      },
      await paired(
        async () => times(20, async () => void Buffer.from(JSON.stringify(feed))),
        async () => times(20, () => get(agent, desk.service.url + path, headers)),
      ),
    );
    progress('not modified');
    const tag = await etag(agent, desk.service.url + path, headers);
    const url = `${desk.service.url}/health/live`;
    yield judge(
      {
        ...{
          bench: 'feeds',
          candidate: '304 on its ETag',
          baseline: 'the barest request of the same service, GET /health/live',
        },
        ...{ unit: 'ms', limit: 2, direction: 'atMost' },
      },
      await paired(
        async () => times(ASKED, () => get(agent, url, {})),
        async () => times(ASKED, () => get(agent, desk.service.url + path, { ...headers, 'if-none-match': tag }, 304)),
      ),
    );
  } finally {
    agent.destroy();
    await desk.close();
  }
};

async function times(count: number, one: () => Promise<void>): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < count; i++) await one();
  return (performance.now() - start) / count;
}

function get(agent: Agent, url: string, headers: Readonly<Record<string, string>>, status = 200): Promise<void> {
  return new Promise((resolve, reject) => {
    request(url, { agent, headers }, (answer) => {
      if (answer.statusCode !== status) reject(new Error(`${answer.statusCode} instead of ${status}`));
      answer.resume().on('end', resolve).on('error', reject);
    })
      .on('error', reject)
      .end();
  });
}

function etag(agent: Agent, url: string, headers: Readonly<Record<string, string>>): Promise<string> {
  return new Promise((resolve, reject) => {
    request(url, { agent, headers }, (answer) => answer.resume().on('end', () => resolve(answer.headers.etag!)))
      .on('error', reject)
      .end();
  });
}
