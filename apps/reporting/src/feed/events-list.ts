import { sessionsCapacity } from '../booking/bookings-asked.row.js';
import type { QueryColumn } from '../query/query.js';
import type { Dataset } from './dataset.js';

const text = (name: string, header: string, definition: string): QueryColumn => ({
  ...{ name, header, definition },
  kind: 'text',
});

/**
 * The sessions as events, in the shape of イベント一覧 of the 自治体標準オープンデータセット, as far as its items are known to
 * us: the sheet itself could not be opened (requirements §5.4).
 */
export const eventsList: Dataset = {
  id: 'events_list',
  title: 'イベント一覧',
  source: sessionsCapacity.id,
  columns: [
    text('local_government_code', '全国地方公共団体コード', '札幌市、６桁'),
    text('no', 'NO', '開催回番号'),
    text('event_name', 'イベント名', '講座内容'),
    { name: 'start_date', header: '開始日', kind: 'date', definition: '開催日（複数日は初日）' },
    { name: 'end_date', header: '終了日', kind: 'date', definition: '開催日（複数日は最終日）' },
    { name: 'start_time', header: '開始時間', kind: 'time', definition: '初日の開始' },
    { name: 'end_time', header: '終了時間', kind: 'time', definition: '初日の終了' },
    text('place_name', '場所名称', '会場の名称'),
    text('address', '住所', '会場の住所'),
    { name: 'capacity', header: '定員', kind: 'integer', definition: '開催回の定員' },
    text('organizer', '主催者', '主催'),
    text('area', '区', '会場の区'),
    text('status', '備考', '受付の状態'),
  ],
  rows: async (reading) =>
    (await reading.ask(sessionsCapacity)).map((row) => {
      const dates = row['dates'] as readonly { date: string }[];
      return {
        local_government_code: '011002',
        no: row['session_code']!,
        event_name: row['course_title']!,
        start_date: row['date']!,
        end_date: dates.at(-1)!.date,
        start_time: row['starts_at']!,
        end_time: row['ends_at']!,
        place_name: row['venue_name']!,
        address: row['venue_address']!,
        capacity: row['capacity']!,
        organizer: '札幌市',
        area: row['ward']!,
        status: STATES[String(row['state'])] ?? '',
      };
    }),
};

const STATES: Readonly<Record<string, string>> = { open: '受付中', closed: '受付終了', calledOff: '中止' };
