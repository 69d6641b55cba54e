import type { Addressee, Sender } from './paper.js';

/** 名簿変更連絡票: what changed after 名簿確定; receipt numbers stand for people. (§8.13) */
export interface RosterChange {
  readonly number: string;
  readonly sessionCode: string;
  readonly courseTitle: string;
  readonly venueName: string;
  readonly dates: readonly { readonly date: string; readonly startsAt: string; readonly endsAt: string }[];
  readonly fromVersion: number;
  readonly toVersion: number;
  readonly countBefore: number;
  readonly countAfter: number;
  readonly changes: readonly {
    readonly kind: '追加' | '取消' | '会場変更（転出）' | '会場変更（転入）' | '申込内容の訂正';
    readonly receiptNumber: string;
    /** Epoch milliseconds. */
    readonly receivedAt: number;
    readonly channel: string;
    readonly note?: string;
  }[];
  /** The class is within 2 business days: the city must hear it today. */
  readonly sameDay: boolean;
  readonly from: Sender;
  readonly at: number;
  readonly specimen?: boolean;
}

/** 体制届: who answers for the desk. (R029) */
export interface StaffingNotice {
  readonly number?: string;
  readonly contractName: string;
  readonly validFrom: string;
  readonly members: readonly {
    readonly office: string;
    readonly name: string;
    readonly employer: string;
    readonly duties: string;
    readonly phoneNumber?: string;
    readonly deputy?: boolean;
  }[];
  readonly reason: string;
  readonly from: Sender;
  readonly at: number;
  readonly specimen?: boolean;
}

/** エスカレーション票: a question to the city, with a box for the answer. (R037, §4.3) */
export interface EscalationSheet {
  readonly number: string;
  readonly openedAt: number;
  /** `YYYY-MM-DD` by which the desk asks for an answer. */
  readonly answerBy: string;
  readonly urgent: boolean;
  readonly category: string;
  readonly question: string;
  readonly soFar: string;
  readonly callBackPromised?: string;
  readonly steps: readonly { readonly at: number; readonly state: string; readonly by: string }[];
  readonly answer?: string;
  readonly from: Sender;
  readonly at: number;
  readonly specimen?: boolean;
}

/** 回答票: the answer to a fax. It goes to a person, so it is made when it is sent and not kept. (§8.11) */
export interface FaxReply {
  readonly number: string;
  readonly to: Addressee;
  /** As entered twice and compared. */
  readonly faxNumber: string;
  readonly receivedAt: number;
  readonly subject: string;
  readonly answer: readonly string[];
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly pages: number;
  readonly from: Sender;
  readonly at: number;
  readonly specimen?: boolean;
}

/** 送付状 of a delivery. (R056) */
export interface CoverLetter {
  readonly number?: string;
  readonly date: string;
  readonly subject: string;
  readonly lines: readonly string[];
  readonly enclosures: readonly { readonly name: string; readonly copies: number; readonly sha256?: string }[];
  readonly to?: Addressee;
  readonly from: Sender;
  readonly at: number;
  readonly specimen?: boolean;
}

/** 個人情報取扱状況報告書（様式１）, filled from the month's logs; counts only. (R047) */
export interface PrivacyMonth {
  /** `YYYY-MM` */
  readonly month: string;
  readonly contractName: string;
  readonly officers: { readonly chief: string; readonly officer: string };
  /** What is absent, here and below, is not recorded in the desk: the paper leaves it to be filled in by hand. */
  readonly staff: readonly { readonly role: string; readonly people: number; readonly trained?: number }[];
  readonly trainings?: readonly { readonly date: string; readonly title: string; readonly attended: number }[];
  readonly accesses: readonly { readonly purpose: string; readonly count: number }[];
  readonly reviews?: {
    readonly times: number;
    readonly sampled: number;
    readonly findings: number;
    readonly measures: readonly string[];
  };
  readonly exports?: readonly {
    readonly date: string;
    readonly what: string;
    readonly recipient: string;
    readonly medium: string;
  }[];
  readonly media?: readonly { readonly id: string; readonly kind: string; readonly state: string }[];
  readonly deletions: readonly {
    readonly date: string;
    readonly what: string;
    readonly count: number;
    readonly method: string;
  }[];
  readonly incidents: readonly string[];
  readonly subcontracting?: string;
  readonly remarks: readonly string[];
  readonly from: Sender;
  readonly date: string;
  readonly at: number;
  readonly specimen?: boolean;
}
