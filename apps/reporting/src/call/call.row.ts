import { versionTable, type VersionTable } from '../ledger/versions.js';

/** Every call with its account, version by version. */
export const CALL: VersionTable = { table: 'call', key: 'call_id' };
/** The carrier's report and the seat time of a day: the last of a day replaces those before. */
export const TRAFFIC: VersionTable = { table: 'traffic', key: 'traffic_id' };
export const SEAT_TIME: VersionTable = { table: 'seat_time', key: 'seat_time_id' };

/** The account of a call in columns. A duration is null where nobody measured it; seconds. */
export interface CallRow {
  readonly revision: number;
  /** The whole account, as `call-account.ts` folds it. */
  readonly account: object;
  readonly day: string;
  /** The half hour in which it came, `09:30`. */
  readonly slot: string;
  /** 入電: by telephone and in hours, and not struck. */
  readonly offered: boolean;
  readonly out_of_hours: boolean;
  readonly answered: boolean;
  readonly abandoned: boolean;
  readonly short: boolean;
  readonly wait: number | null;
  readonly talk: number | null;
  readonly hold: number | null;
  readonly after_call_work: number | null;
  readonly purpose: string | null;
  readonly category: string | null;
  readonly outcome: string | null;
}

export interface TrafficRow {
  readonly revision: number;
  readonly day: string;
  readonly arrived: number;
  readonly busy: number;
  readonly out_of_hours: number;
}

export interface SeatTimeRow {
  readonly revision: number;
  readonly day: string;
  /** `[{startsAt, loggedInSeconds, pausedSeconds}]` */
  readonly slots: readonly object[];
  readonly logged_in: number;
}

export function callTables(schema: string): string {
  return `
    ${versionTable(
      schema,
      CALL,
      `revision integer not null, account jsonb not null, day text collate "C" not null, slot text collate "C" not null,
       offered boolean not null, out_of_hours boolean not null, answered boolean not null, abandoned boolean not null,
       short boolean not null, wait integer, talk integer, hold integer, after_call_work integer, purpose text,
       category text, outcome text`,
    )};
    create index call_day on ${schema}.call (day);
    ${versionTable(
      schema,
      TRAFFIC,
      'revision integer not null, day text collate "C" not null, arrived integer not null, busy integer not null, out_of_hours integer not null',
    )};
    ${versionTable(
      schema,
      SEAT_TIME,
      'revision integer not null, day text collate "C" not null, slots jsonb not null, logged_in integer not null',
    )}`;
}
