import type { LedgerReading } from '../query/ledger-reading.js';
import type { QueryColumn, Row } from '../query/query.js';
import { eventsList } from './events-list.js';
import { forecastVsActual } from './forecast-vs-actual.js';
import { callsBySlot } from '../call/calls-asked.row.js';
import { sessionsCapacity } from '../booking/bookings-asked.row.js';
import { guidanceByDay } from '../guidance/guidance-asked.row.js';
import { inquiriesByCategory } from '../inquiry/inquiries-asked.row.js';
import { noticesProgress } from '../notice/notices-asked.row.js';
import { share, type Query } from '../query/query.js';
import { suppressedInquiries } from './suppressed-inquiries.js';

/** What a city dashboard reads: asked once, rendered three times. None has a column about a person. (§5.4) */
export interface Dataset {
  /** As in the address and the file name: `sessions_capacity`. */
  readonly id: string;
  readonly title: string;
  /** The query, or the queries, behind it. */
  readonly source: string;
  readonly columns: readonly QueryColumn[];
  /** In an order that does not change from one asking to the next. */
  readonly rows: (reading: LedgerReading) => Promise<readonly Row[]>;
}

const asAsked = (id: string, title: string, query: Query): Dataset => ({
  ...{ id, title, source: query.id, columns: query.columns },
  rows: (reading) => reading.ask(query),
});

const SLOT_COLUMNS: readonly QueryColumn[] = [
  ...callsBySlot.columns.slice(0, 9),
  { name: 'answer_rate', header: '応答率', kind: 'percent', definition: '応答÷入電（入電がなければ空）' },
  { name: 'service_level', header: 'ＳＬ20', kind: 'percent', definition: '20秒以内の応答÷（待ち時間の記録がある応答＋放棄）' }, // prettier-ignore
];

export const DATASETS: readonly Dataset[] = [
  asAsked('sessions_capacity', '開催回別の定員・予約数・残席', sessionsCapacity),
  {
    ...{ id: 'calls_by_slot', title: '時間帯別の入電・応答', source: callsBySlot.id, columns: SLOT_COLUMNS },
    rows: async (reading) =>
      (await reading.ask(callsBySlot)).map((row) => ({
        ...row,
        answer_rate: share(Number(row['answered']), Number(row['offered'])),
        service_level: share(Number(row['answered_in_time']), Number(row['wait_known']) + Number(row['abandoned'])),
      })),
  },
  {
    ...{ id: 'inquiries_by_category', title: '分類別の問い合わせ件数', source: inquiriesByCategory.id },
    columns: inquiriesByCategory.columns.slice(0, 3),
    rows: async (reading) => suppressedInquiries(await reading.ask(inquiriesByCategory)),
  },
  asAsked('notices_progress', '受講通知書の進み', noticesProgress),
  asAsked('guidance', '他会場案内', guidanceByDay),
  forecastVsActual,
  eventsList,
];
