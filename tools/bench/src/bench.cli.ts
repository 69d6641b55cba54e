import { mkdtemp, chmod, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafkaMissing, startKafka, type KafkaServer } from '#servers/kafka.js';
import { startPostgres } from '#servers/postgres.js';
import { ServerProblem } from '#servers/server-problem.js';
import { append } from './append.bench.js';
import { faq } from './faq.bench.js';
import type { Bench, Ground } from './bench.js';
import { cardsDocx } from './cards-docx.bench.js';
import { cardsPdf } from './cards-pdf.bench.js';
import { exportFile } from './export.bench.js';
import { feed } from './feed.bench.js';
import { feeds } from './feeds.bench.js';
import { memory } from './memory.bench.js';
import { board } from './board.bench.js';
import { booking } from './booking.bench.js';
import { noticesBatch } from './notices-batch.bench.js';
import { rebuild } from './rebuild.bench.js';
import { relay } from './relay.bench.js';
import { reports } from './reports.bench.js';
import { sentence } from './result.js';
import { rosters } from './rosters.bench.js';
import { rivals } from './rivals.bench.js';
import { sse } from './sse.bench.js';
import { subscription } from './subscription.bench.js';
import { wakeup } from './wakeup.bench.js';

const BENCHES: Readonly<Record<string, readonly [run: Bench, what: string]>> = {
  append: [append, 'the lanes against raw commits; one hot stream'],
  faq: [faq, 'fifty questions over 2,000 entries, against LIKE'],
  feed: [feed, 'the published log against a plain read of its rows'],
  subscription: [subscription, '200,000 events into one row a stream'],
  relay: [relay, 'the log into its topic, against a plain produce (Kafka)'],
  wakeup: [wakeup, 'from the append to the row of another process, both transports (Kafka)'],
  memory: [memory, 'a million events through relay and projection (Kafka)'],
  booking: [booking, 'POST /reservations against a bare endpoint; the last seat that everybody wants'],
  board: [board, 'from the booking to the seat board, both transports (Kafka)'],
  rebuild: [rebuild, 'the seat board again from a million events'],
  'notices-batch': [noticesBatch, '450 bookings to printed notices, against the merge and the PDF alone'],
  sse: [sse, '150 screens and 200 changes against a bare server'],
  reports: [reports, 'everything that is reported of a term, against a plain read of its events'],
  feeds: [feeds, 'a feed of ten thousand sessions, against writing it as JSON'],
  'cards-docx': [cardsDocx, 'the notices of 2,000 people from one template, beside docxtemplater'],
  'cards-pdf': [cardsPdf, 'the address sides of 2,000 people, beside pdf-lib'],
  rosters: [rosters, '200 rosters of 30 people from a template, beside exceljs'],
  export: [exportFile, 'a list of 50,000 rows as .xlsx, against the bare stream writer of exceljs'],
  rivals: [rivals, 'other event stores, really run; only when it is named'],
};
/** Not part of a run without a name: it installs and runs other people's stores. */
const ON_DEMAND = new Set(['rivals']);

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const json = args.includes('--json');
  const names = args.filter((arg) => arg !== '--json');
  if (names.includes('--help') || names.includes('-h')) {
    console.log('npm run bench -- [NAME ...] [--json]\n');
    for (const [name, [, what]] of Object.entries(BENCHES)) console.log(`  ${name.padEnd(13)} ${what}`);
    return 0;
  }
  const unknown = names.find((name) => !(name in BENCHES));
  if (unknown !== undefined) {
    console.error(`There is no bench "${unknown}". There are: ${Object.keys(BENCHES).join(', ')}.`);
    return 2;
  }
  const chosen = names.length > 0 ? names : Object.keys(BENCHES).filter((name) => !ON_DEMAND.has(name));
  const folder = await mkdtemp(join(tmpdir(), 'uketsuke-bench-'));
  await chmod(folder, 0o711); // PostgreSQL runs as a user of its own
  const own =
    process.env['DATABASE_URL'] === undefined
      ? await startPostgres({ dataDir: join(folder, 'postgres'), ephemeral: true })
      : undefined;
  process.env['UKETSUKE_TEST_POSTGRES'] = own?.url ?? process.env['DATABASE_URL'];
  let kafka: KafkaServer | undefined;
  const ground: Ground = {
    progress: (line) => {
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
      else if (!json) process.stderr.write(`${line}\n`);
    },
    kafka: async () => {
      const brokers = process.env['KAFKA_BROKERS'];
      if (brokers !== undefined) return brokers.split(',');
      const missing = await kafkaMissing();
      if (missing !== undefined) throw new ServerProblem(missing);
      kafka ??= await startKafka({ dataDir: join(folder, 'kafka'), ephemeral: true });
      return kafka.brokers;
    },
  };
  let passed = true;
  try {
    for (const name of chosen) {
      try {
        for await (const result of BENCHES[name]![0](ground)) {
          passed &&= result.pass;
          if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
          console.log(json ? JSON.stringify(result) : sentence(result));
        }
      } catch (thrown) {
        if (!(thrown instanceof ServerProblem)) throw thrown;
        passed = false;
        console.error(`${name} could not run: ${thrown.message}`);
      }
    }
  } finally {
    await kafka?.stop();
    await own?.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return passed ? 0 : 1;
}
