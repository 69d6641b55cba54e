import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPool } from '#platform/log/connection.js';
import { testDatabase } from '#servers/test-database.js';
import type { Bench } from './bench.js';
import { faqCorpus, type CorpusEntry } from './faq-corpus.js';
import { paired } from './paired.js';
import { judge, judgeAmount } from './result.js';

const PROGRAM = join(import.meta.dirname, '../../../apps/inquiries/src/faq/faq-search.main.js');
// JSON of a bench stands beside its source, not beside what tsc makes of it
const QUESTIONS = join(import.meta.dirname, '../../../../tools/bench/src/faq-questions.json');
/** As many as an operator looks through. */
const SHOWN = 10;

interface Question {
  readonly asked: string;
  readonly finds: string;
}

/** Fifty questions over 2,000 entries, by the search of the service and by LIKE, each one after the other over one connection. */
export const faq: Bench = async function* ({ progress }) {
  const questions = JSON.parse(readFileSync(QUESTIONS, 'utf8')) as Question[];
  const corpus = faqCorpus();
  const numberOf = new Map(corpus.map(({ faqId, faqNo }) => [faqId, faqNo]));
  const answered = (all: readonly (readonly string[])[]) =>
    questions.map(({ finds }, i) => all[i]!.some((faqId) => numberOf.get(faqId) === finds));
  progress('faq, 2,000 entries');
  const database = await testDatabase();
  const pool = openPool({ url: database.url, name: 'bench-like' }, 1);
  const service = await FaqSearch.start(database.url);
  try {
    await service.ask({ fill: corpus });
    await fillPlain(pool, corpus);
    const asked = questions.map((question) => question.asked);
    const search = () => service.ask<{ milliseconds: number; found: string[][] }>({ search: asked, limit: SHOWN });
    const [ours, theirs] = [answered((await search()).found), answered(await likeAll(pool, asked))];
    const count = (all: readonly boolean[]) => all.filter(Boolean).length;
    yield judgeAmount(
      {
        ...{ bench: 'faq', unit: 'questions', limit: count(theirs), direction: 'atLeast' },
        candidate: `answered of 50 in the first ${SHOWN}; LIKE answers ${count(theirs)} in all it finds`,
      },
      [count(ours)],
    );
    yield judgeAmount(
      { bench: 'faq', candidate: 'answered by LIKE and not by the search', unit: 'questions', limit: 0, direction: 'atMost' },
      [theirs.filter((found, i) => found && !ours[i]).length],
    ); // prettier-ignore
    const measured = await paired(
      async () => {
        const start = performance.now();
        await likeAll(pool, asked);
        return (asked.length * 1_000) / (performance.now() - start);
      },
      async () => (asked.length * 1_000) / (await search()).milliseconds,
    );
    yield judge(
      { bench: 'faq', candidate: 'search over 2,000 entries', baseline: "LIKE '%…%'", unit: 'questions/s', limit: 5, direction: 'atLeast' },
      measured,
    ); // prettier-ignore
  } finally {
    service.stop();
    await pool.end();
    await database.drop();
  }
};

async function fillPlain(pool: ReturnType<typeof openPool>, corpus: readonly CorpusEntry[]): Promise<void> {
  await pool.query('create table plain_faq (faq_id uuid primary key, question text, answer text, keywords text)');
  await pool.query('insert into plain_faq select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[])', [
    corpus.map(({ faqId }) => faqId),
    corpus.map(({ question }) => question),
    corpus.map(({ answer }) => answer),
    corpus.map(({ keywords }) => keywords.join('、')),
  ]);
  await pool.query('analyze plain_faq');
}

/** Every word somewhere in the entry, in one text so that LIKE has it easy. */
async function likeAll(pool: ReturnType<typeof openPool>, asked: readonly string[]): Promise<string[][]> {
  const found: string[][] = [];
  for (const text of asked) {
    const words = text.split(/\s+/);
    const where = words.map((_, i) => `(question like $${i + 1} or keywords like $${i + 1} or answer like $${i + 1})`);
    const { rows } = await pool.query<{ faq_id: string }>({
      name: `like-${words.length}`,
      text: `select faq_id, question, answer, keywords from plain_faq where ${where.join(' and ')}`,
      values: words.map((word) => `%${word}%`),
    });
    found.push(rows.map(({ faq_id }) => faq_id));
  }
  return found;
}

/** The search of the service, in a process of its own. */
class FaqSearch {
  private constructor(private readonly child: ChildProcess) {}

  static async start(databaseUrl: string): Promise<FaqSearch> {
    const child = fork(PROGRAM, { env: { ...process.env, DATABASE_URL: databaseUrl }, stdio: 'inherit' });
    const search = new FaqSearch(child);
    await search.answer();
    return search;
  }

  ask<Answer>(told: object): Promise<Answer> {
    const answered = this.answer<Answer>();
    this.child.send(told);
    return answered;
  }

  stop(): void {
    this.child.disconnect();
  }

  private answer<Answer>(): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.child.once('exit', (code) => reject(new Error(`The search ended with ${code}.`)));
      this.child.once('message', (said: Answer & { failed?: string }) => {
        this.child.removeAllListeners('exit');
        if (said.failed === undefined) resolve(said);
        else reject(new Error(said.failed));
      });
    });
  }
}
