import { readCount, readDate, readTime, readTimes } from '#office/reading/cell-values.js';
import { instantOf } from '#calendar/civil-time.js';
import type { TrafficReported } from '#contracts/inquiries/traffic.events.js';
import { readFigures, type FigureRow, type RowProblem } from '../call-list/figure-list.js';

export type TrafficSlot = TrafficReported['data']['slots'][number];

/** What the carrier says of a line and a day. */
export interface TrafficDay {
  readonly date: string;
  readonly line: string;
  readonly slots: readonly TrafficSlot[];
}

const COLUMNS = {
  date: { headings: ['日付', '年月日', '月日', '着信日'], required: true },
  slot: { headings: ['時間帯', '時刻', '時間', '時'], required: true },
  arrived: { headings: ['着信', '着信数', '着信呼数', '接続', '接続数', '完了呼数'], required: true },
  busy: { headings: ['話中', '話中数', '話中呼数', 'ビジー'], required: true },
  line: { headings: ['回線', '着信番号', '電話番号', '番号'] },
} as const;

/** A report without a column for it is of the one line of the desk. */
const ONE_LINE = '着信課金';

/**
 * The carrier's report (着信課金の通信量): a row for each half hour or hour with the calls that arrived and those that met a busy
 * tone. Carriers write it in different orders; columns are known by their headings. (§8.18)
 * @param isOpen whether the telephones are open at an instant
 */
export async function readTraffic(
  content: Buffer,
  isOpen: (instant: number) => boolean,
): Promise<{ readonly days: readonly TrafficDay[]; readonly rows: number; readonly problems: readonly RowProblem[] }> {
  const rows = await readFigures(content, COLUMNS);
  const problems: RowProblem[] = [];
  const days = new Map<string, { date: string; line: string; slots: Map<string, TrafficSlot> }>();
  for (const row of rows) {
    const read = slotOf(row, isOpen);
    if ('reason' in read) {
      problems.push({ line: row.line, reason: read.reason });
      continue;
    }
    const key = `${read.date}/${read.line}`;
    const day = days.get(key) ?? { date: read.date, line: read.line, slots: new Map<string, TrafficSlot>() };
    days.set(key, day);
    const known = day.slots.get(read.slot.startsAt);
    if (known !== undefined && (known.arrived !== read.slot.arrived || known.busy !== read.slot.busy)) {
      problems.push({ line: row.line, reason: '同じ時間帯の行が別の数で２度あります' });
    } else day.slots.set(read.slot.startsAt, read.slot);
  }
  return {
    rows: rows.length,
    problems,
    days: [...days.values()].map(({ slots, ...day }) => ({ ...day, slots: [...slots.values()] })),
  };
}

function slotOf(
  { cells }: FigureRow<keyof typeof COLUMNS>,
  isOpen: (instant: number) => boolean,
): { readonly date: string; readonly line: string; readonly slot: TrafficSlot } | { readonly reason: string } {
  const date = cells.date === undefined ? { problem: '日付がありません' } : readDate(cells.date, false);
  if ('problem' in date) return { reason: date.problem };
  const times = timesOf(cells.slot);
  if (times === undefined) return { reason: '時間帯として読めません（例: 9:00～10:00、9時）' };
  const arrived = countOf(cells.arrived);
  const busy = countOf(cells.busy);
  if (arrived === undefined || busy === undefined) return { reason: '着信と話中には0から9999までの数を入れてください' };
  const [startsAt, minutes] = times;
  const from = instantOf(date.value, startsAt);
  // minute by minute: a slot in which the telephones were open for a while is in hours
  const open = Array.from({ length: minutes }, (_, minute) => from + minute * 60_000).some(isOpen);
  return {
    date: date.value,
    line: cells.line === undefined ? ONE_LINE : String(cells.line).trim().slice(0, 60),
    slot: { startsAt, minutes, arrived, busy, ...(!open && { outOfHours: true as const }) },
  };
}

/** `9:00～9:30`, or the beginning of an hour: `9:00`, `9時`, `9`. */
function timesOf(cell: string | number | undefined): readonly [startsAt: string, minutes: number] | undefined {
  if (cell === undefined) return undefined;
  const hour = /^(\d{1,2})時?(?:台)?$/.exec(String(cell).normalize('NFKC').trim())?.[1];
  if (hour !== undefined) return Number(hour) < 24 ? [`${hour.padStart(2, '0')}:00`, 60] : undefined;
  const period = readTimes(cell);
  if ('value' in period) {
    const [from, to] = period.value;
    const minutes = minutesOf(to) - minutesOf(from);
    return minutes > 0 ? [from, minutes] : undefined;
  }
  const toMidnight = /^(\d{1,2}:\d{2})[~〜～―–—-](?:24:00|00:00|0:00)$/.exec(String(cell).normalize('NFKC').replace(/\s/g, '')); // prettier-ignore
  const from = readTime(toMidnight?.[1] ?? cell);
  if ('problem' in from) return undefined;
  return [from.value, toMidnight === null ? 60 : 1_440 - minutesOf(from.value)];
}

function countOf(cell: string | number | undefined): number | undefined {
  if (cell === undefined) return undefined;
  const read = readCount(String(cell).replaceAll(/[,，件]/g, ''));
  return 'value' in read ? read.value : undefined;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
