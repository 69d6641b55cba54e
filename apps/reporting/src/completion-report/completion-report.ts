import { eraDate } from '#calendar/japanese-date.js';
import { Refusal } from '#kernel/refusal.js';
import type { CompletionReport } from '#office/report/completion-report.js';
import { callKpis } from '../call/call-counts.js';
import { deletions } from '../deletion/deletion.row.js';
import { guidanceCounts, guidanceKpi, senderOf } from '../daily-report/daily-report.js';
import { complaints, escalations, faqChanges } from '../inquiry/inquiries-asked.row.js';
import type { LedgerReading } from '../query/ledger-reading.js';
import { share, sourcesOf, total, WITHIN, type Row } from '../query/query.js';
import type { DeskFacts } from '../report/desk-facts.js';
import { plannedTerms } from '../report/report-terms.js';
import { numbersOf, TERM_QUERIES, termAfter } from '../report/term-numbers.js';
import { FISCAL_2023 } from '../staffing/forecast.policy.js';
import { termResult } from './term-result.js';

/** What no log of events knows. */
export interface AboutTheContract {
  readonly facts: DeskFacts;
  readonly specimen: boolean;
  readonly incidents: readonly string[];
  /** Entries of the access log of personal data since the contract began. */
  readonly accesses: number;
  /** アクセスログの点検 since then. (P05) */
  readonly reviews: number;
}

const CHANGES: Readonly<Record<string, string>> = { added: '追加', revised: '更新', retired: '削除' };
const DELETED: Readonly<Record<string, string>> = {
  person: '本人の個人情報',
  term: '期の個人情報',
  drafts: '通話の下書き',
};

/**
 * 業務完了報告書 over all terms. (R050, §5.2)
 * @param date on which it is handed in
 * @throws Refusal `nothing-to-report` 404 before anything was planned
 */
export async function completionReport(
  reading: LedgerReading,
  about: AboutTheContract,
  date: string,
): Promise<CompletionReport> {
  const all = await plannedTerms(reading);
  const begun = all.filter(({ reception, state }) => reception.from <= date || state === 'open' || state === 'closed');
  if (begun.length === 0) {
    throw new Refusal(
      'nothing-to-report',
      'not-found',
      'まだ始まった期がありません。業務完了報告書に載せる実績がありません。',
    );
  }
  const numbers = [];
  for (const term of begun) numbers.push(await numbersOf(reading, term, termAfter(all, term)));
  const calls = numbers.flatMap((one) => one.calls);
  const complained = await reading.ask(complaints);
  const escalated = await reading.ask(escalations);
  const deleted = await reading.ask(deletions);
  const notices = numbers.flatMap((one) => one.notices);
  return {
    date,
    contract: about.facts.contract,
    outline: about.facts.outline,
    team: {
      responsiblePerson: about.facts.responsiblePerson,
      roles: about.facts.roles,
      trainings: about.facts.trainings,
    },
    terms: numbers.map(termResult),
    // Beside the term that follows the same season; a term that has not begun stands there with its year
    yearBefore: FISCAL_2023.map(({ termNo, month, total: offered, openDays, dailyMost, noticesPosted }) => ({
      termName: begun.find((term) => term.termNo === termNo)?.title ?? `令和５年度 ${month}`,
      ...{ offered, openDays, busiestDay: dailyMost, noticesPosted },
    })),
    kpis: [
      ...callKpis(calls, numbers.flatMap((one) => one.seatTime), sumOf(numbers.map((one) => one.repeats)), WITHIN), // prettier-ignore
      guidanceKpi(guidanceCounts(numbers.flatMap((one) => one.guidance))),
      ...termKpis(numbers.flatMap((one) => one.sessions), numbers.flatMap((one) => one.progress), notices, complained), // prettier-ignore
    ],
    faqChanges: (await reading.ask(faqChanges)).map(({ day, change, question }) => ({
      ...{ date: String(day), change: CHANGES[String(change)]!, question: String(question) },
    })),
    complaints: {
      count: complained.length,
      reportedInTime: complained.filter(({ on_time }) => on_time === true).length,
      gists: [],
    },
    escalations: {
      count: escalated.length,
      closed: escalated.filter(({ state }) => state === 'closed').length,
      averageHours: averageHours(escalated),
    },
    privacy: {
      accesses: about.accesses,
      ...(about.reviews > 0 && { reviews: about.reviews }),
      incidents: about.incidents,
      erasures: deleted.map(({ day, what, pieces }) => `${eraDate(String(day))} ${DELETED[String(what)]} ${pieces}件`),
    },
    paper: {
      sheets: total(notices, 'printed') + total(notices, 'spoiled'),
      reprinted: total(notices, 'reprinted'),
      spoiled: total(notices, 'spoiled'),
    },
    proposals: about.facts.proposals,
    annexes: ['別添１ データ集（.xlsx）', '別添２ ＦＡＱ（最新版）', '別添３ 予約者リスト（各期に提出済み）'],
    sources: sourcesOf([...TERM_QUERIES, complaints, escalations, faqChanges, deletions], reading.asOf.position),
    from: senderOf(about.facts),
    at: Date.parse(reading.asOf.instant ?? '1970-01-01T00:00:00Z'),
    ...(about.specimen && { specimen: true }),
  };
}

function termKpis(
  sessions: readonly Row[],
  progress: readonly Row[],
  notices: readonly Row[],
  complained: readonly Row[],
) {
  const held = sessions.filter(({ state }) => state !== 'calledOff');
  const printed = total(notices, 'printed');
  const percent = (name: string, value: number | null, definition: string, source: string) => ({
    ...{ name, value, definition, source },
    kind: 'percent' as const,
  });
  return [
    percent(
      '予約率',
      share(total(held, 'reserved'), total(held, 'capacity')),
      '予約数÷定員（中止を除く）',
      'sessions-capacity',
    ),
    percent(
      '通知書 期限内差出率',
      share(total(progress, 'on_time'), total(progress, 'posted')),
      'お届け見込み日がお届け期限までの差出÷差出',
      'notices-progress',
    ),
    percent('返戻率', share(total(progress, 'returned'), total(progress, 'posted')), '返戻÷差出', 'notices-progress'),
    percent(
      '再発行率',
      share(total(progress, 'reissued'), total(progress, 'posted')),
      '再発行÷差出',
      'notices-progress',
    ),
    percent('印刷損じ率', share(total(notices, 'spoiled'), printed + total(notices, 'spoiled')), '印刷損じ÷印刷した枚数', 'notices-by-day'), // prettier-ignore
    percent(
      '苦情の期限内報告率',
      share(complained.filter(({ on_time }) => on_time === true).length, complained.length),
      '翌営業日16時までに報告した苦情÷苦情（100％でなければならない）',
      'complaints',
    ),
  ];
}

function averageHours(escalated: readonly Row[]): number | null {
  const closed = escalated.filter(({ closed_at }) => closed_at !== null);
  const hours = closed.reduce((sum, row) => sum + (Number(row['closed_at']) - Number(row['opened_at'])) / 3_600_000, 0);
  return share(hours, closed.length);
}

function sumOf(rows: readonly (Row | undefined)[]): Row {
  const known = rows.filter((row) => row !== undefined);
  return { calls: total(known, 'calls'), repeated: total(known, 'repeated') };
}
