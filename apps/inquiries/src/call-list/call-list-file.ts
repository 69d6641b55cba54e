import { readDate, readTime } from '#office/reading/cell-values.js';
import { instantOf } from '#calendar/civil-time.js';
import { OUTCOMES, PURPOSES } from '../call/call.body.js';
import type { Hours, Told } from '../call/call.js';
import { callIdOfLine } from '../desk/ids.js';
import { readFigures, type FigureRow, type RowProblem } from './figure-list.js';

const COLUMNS = {
  number: { headings: ['通話番号', '呼番号', '通話ID', 'lineId'], required: true },
  date: { headings: ['日付', '着信日', '受付日'], required: true },
  time: { headings: ['時刻', '着信時刻', '受付時刻'], required: true },
  result: { headings: ['応答', '応答/放棄', '結果'], required: true },
  wait: { headings: ['待ち秒', '待ち時間', '待ち'] },
  talk: { headings: ['通話秒', '通話時間', '通話'] },
  hold: { headings: ['保留秒', '保留時間', '保留'] },
  work: { headings: ['後処理秒', '後処理時間', '後処理'] },
  transfers: { headings: ['転送', '転送回数'] },
  purpose: { headings: ['用件', 'purpose'] },
  category: { headings: ['分類', '問い合わせ分類', 'category'] },
  outcome: { headings: ['対応結果', 'outcome'] },
} as const;

type Cells = FigureRow<keyof typeof COLUMNS>['cells'];
type Code<Of extends readonly string[]> = Of[number];

const PURPOSE_NAMES: Readonly<Record<string, Code<typeof PURPOSES>>> = { 申込: 'application', 変更: 'change', キャンセル: 'cancellation', 取消: 'cancellation', 問い合わせ: 'inquiry', 苦情: 'complaint', その他: 'other' }; // prettier-ignore
const SHORT = 5;

/** A list of calls from a telephone system that writes no queue_log. A row is known by its 通話番号, so it counts once. */
export async function readCallList(
  content: Buffer,
  hours: (instant: number) => Hours,
): Promise<{
  readonly calls: ReadonlyMap<string, Told>;
  readonly rows: number;
  readonly problems: readonly RowProblem[];
}> {
  const rows = await readFigures(content, COLUMNS);
  const calls = new Map<string, Told>();
  const problems: RowProblem[] = [];
  for (const { line, cells } of rows) {
    const read = toldOf(cells, hours);
    if (typeof read === 'string') problems.push({ line, reason: read });
    else if (calls.has(read.callId)) problems.push({ line, reason: '同じ通話番号の行がすでにあります' });
    else calls.set(read.callId, read.told);
  }
  return { calls, rows: rows.length, problems };
}

/** @returns what is wrong with the row, or what it tells */
function toldOf(
  cells: Cells,
  hours: (instant: number) => Hours,
): string | { readonly callId: string; readonly told: Told } {
  const number = String(cells.number ?? '').trim();
  if (!/^[\w.:-]{3,150}$/.test(number)) return '通話番号として読めません（半角英数字3文字以上）';
  const date = readDate(cells.date ?? '', false);
  if ('problem' in date) return date.problem;
  const received = instantIn(date.value, cells.time);
  if (received === undefined) return '時刻として読めません（例: 9:30:15）';
  const seconds = { wait: secondsIn(cells.wait), talk: secondsIn(cells.talk), hold: secondsIn(cells.hold), work: secondsIn(cells.work) }; // prettier-ignore
  if (Object.values(seconds).includes(null)) return '秒数には0から86400までの数を入れてください';
  const { wait, talk, hold, work } = seconds as Readonly<Record<keyof typeof seconds, number | undefined>>;
  const arrival = {
    ...({ source: 'csv', channel: 'telephone' } as const),
    receivedAt: new Date(received).toISOString(),
    ...hours(received),
  };
  const callId = callIdOfLine(number);
  const result = String(cells.result ?? '').trim();
  const after = (passed: number) => new Date(received + passed * 1_000).toISOString();
  if (/^(放棄|×|abandoned)$/i.test(result)) {
    const short = wait !== undefined && wait < SHORT;
    const abandonment = {
      abandonedAt: after(wait ?? 0),
      ...(wait !== undefined && { waitSeconds: wait }),
      ...(short && { short: true as const }),
      cause: 'hungUp' as const,
    };
    return { callId, told: { ...arrival, abandonment } };
  }
  if (!/^(応答|○|answered)$/i.test(result)) return '応答か放棄のどちらかを入れてください';
  const kept = keptIn(cells);
  if (typeof kept === 'string') return kept;
  const ending = {
    closedAt: after((wait ?? 0) + (talk ?? 0) + (hold ?? 0) + (work ?? 0)),
    ...(talk !== undefined && { talkSeconds: talk }),
    ...(hold !== undefined && { holdSeconds: hold }),
    ...(work !== undefined && { afterCallWorkSeconds: work }),
    ...kept,
  };
  const answer = { answeredAt: after(wait ?? 0), ...(wait !== undefined && { waitSeconds: wait }) };
  return { callId, told: { ...arrival, answer, ending } };
}

function keptIn(
  cells: Cells,
): string | Pick<NonNullable<Told['ending']>, 'transfers' | 'purpose' | 'category' | 'outcome'> {
  const transfers = secondsIn(cells.transfers) ?? 0;
  const text = (cell: string | number | undefined) => String(cell ?? '').trim();
  const purpose = PURPOSE_NAMES[text(cells.purpose)] ?? (text(cells.purpose) || undefined);
  if (purpose !== undefined && !PURPOSES.includes(purpose as Code<typeof PURPOSES>)) return '用件が一覧にありません';
  const category = text(cells.category) || undefined;
  if (category !== undefined && !/^[a-z][A-Za-z0-9]{0,39}$/.test(category)) return '分類には分類コードを入れてください';
  const outcome = text(cells.outcome) || undefined;
  if (outcome !== undefined && !OUTCOMES.includes(outcome as Code<typeof OUTCOMES>))
    return '対応結果が一覧にありません';
  if (transfers > 99) return '転送には0から99までの数を入れてください';
  return {
    transfers,
    ...(purpose !== undefined && { purpose: purpose as Code<typeof PURPOSES> }),
    ...(category !== undefined && { category }),
    ...(outcome !== undefined && { outcome: outcome as Code<typeof OUTCOMES> }),
  };
}

function instantIn(date: string, cell: string | number | undefined): number | undefined {
  const seconds = /^(\d{1,2}:\d{2}):([0-5]\d)$/.exec(String(cell ?? '').trim());
  const time = readTime(seconds?.[1] ?? cell ?? '');
  return 'problem' in time ? undefined : instantOf(date, time.value) + Number(seconds?.[2] ?? 0) * 1_000;
}

/** @returns undefined for an empty cell, null for what is no number of seconds; `3:20` is 200 */
function secondsIn(cell: string | number | undefined): number | null | undefined {
  const text = String(cell ?? '').trim();
  if (text === '') return undefined;
  const clock = /^(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d)$/.exec(text);
  const seconds = clock
    ? Number(clock[1] ?? 0) * 3_600 + Number(clock[2]) * 60 + Number(clock[3])
    : /^\d{1,5}$/.test(text)
      ? Number(text)
      : NaN;
  return seconds >= 0 && seconds <= 86_400 ? seconds : null;
}
