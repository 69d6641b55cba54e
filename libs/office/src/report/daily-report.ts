import type { Kpi, Sender, Source } from './paper.js';

/** Calls of an hour or a day. (§5.1) */
export interface CallCounts {
  /** 入電数: reached the queue in opening hours. */
  readonly offered: number;
  readonly answered: number;
  /** 放棄呼, short ones included. */
  readonly abandoned: number;
  /** Of them, shorter than 5 s. */
  readonly shortAbandoned: number;
  /** Answered within the service level's seconds. */
  readonly answeredInTime: number;
}

export interface HourOfCalls extends CallCounts {
  /** `09:00` */
  readonly from: string;
  /** オペレーター席数 that were staffed; null when it was not noted. */
  readonly seats: number | null;
}

/** Everything of a 日次報告書; it holds no personal data. (§5.2, R043) */
export interface DailyReport {
  readonly date: string;
  /** 第一期 */
  readonly termName: string;
  /** 開設○日目; null on a day the telephones were closed. */
  readonly openDay: number | null;
  readonly weather?: string;
  readonly remarks?: string;
  readonly staffing: {
    /** Null when nobody noted or planned it. */
    readonly supervisors: number | null;
    readonly operators: number | null;
    /** 責任者 on duty or their 代行. */
    readonly responsiblePerson?: string;
  };
  readonly calls: CallCounts & {
    /** 時間外, and 話中 of the carrier's report; null when it was not imported. */
    readonly outOfHours: number;
    readonly busy: number | null;
  };
  readonly hours: readonly HourOfCalls[];
  readonly bookings: { readonly made: number; readonly moved: number; readonly cancelled: number };
  /** Sessions that changed most today, most first. */
  readonly sessions: readonly {
    readonly sessionCode: string;
    readonly venueName: string;
    readonly courseTitle: string;
    readonly date: string;
    readonly capacity: number;
    readonly reserved: number;
    readonly change: number;
  }[];
  /** 他会場案内. */
  readonly guidance: { readonly offered: number; readonly taken: number; readonly declined: number };
  /** Most first; ten are printed, the others are added up. null: too few to be printed. (§8.27) */
  readonly inquiries: readonly { readonly category: string; readonly count: number | null }[];
  readonly faq: { readonly added: number; readonly revised: number; readonly retired: number };
  readonly escalations: readonly {
    readonly number: string;
    readonly gist: string;
    readonly state: string;
    readonly due?: string;
  }[];
  readonly complaints: readonly Complaint[];
  /** 緊急連絡: when, who told whom, what. */
  readonly urgent: readonly {
    readonly at: number;
    readonly from: string;
    readonly to: string;
    readonly gist: string;
  }[];
  readonly notices: {
    readonly drafted: number;
    readonly approved: number;
    readonly printed: number;
    readonly spoiled: number;
    readonly posted: number;
    readonly returned: number;
  };
  /** 個人情報事故: none is said as なし; null until somebody has closed the day and said so. */
  readonly incidents: readonly string[] | null;
  /** Where the chain of each access log stood at the end of the day, so that paper can vouch for it; null: not told. (§3.1.7) */
  readonly accessLogAnchor?: readonly {
    readonly service: string;
    readonly anchor: { readonly n: number; readonly at: string | null; readonly hash: string } | null;
  }[];
  readonly kpis: readonly Kpi[];
  readonly sources: readonly Source[];
  readonly from: Sender;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly specimen?: boolean;
}

/** Complaint of a 日次報告書; the gist names nobody. (R043) */
export interface Complaint {
  readonly number: string;
  readonly receivedAt: number;
  readonly gist: string;
  readonly handling: string;
  readonly result: string;
  readonly prevention: string;
  /** 委託者への依頼. */
  readonly request?: string;
}
