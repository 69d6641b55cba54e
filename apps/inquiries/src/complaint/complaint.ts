import type {
  ComplaintClosed,
  ComplaintNoted,
  ComplaintRaised,
  ComplaintToldToCity,
} from '#contracts/inquiries/complaint.events.js';

export interface Complaint {
  readonly state: 'none' | 'raised' | 'reported' | 'closed';
  readonly raised?: ComplaintRaised['data'];
  readonly urgent?: { readonly markedAt: string; readonly tellBy: string };
  /** Calls to the city, oldest first. (R044) */
  readonly told: readonly ComplaintToldToCity['data'][];
  readonly reported?: { readonly reportDate: string; readonly onTime: boolean };
  readonly result?: ComplaintClosed['data']['result'];
}

export type ComplaintPart = ComplaintNoted['data']['part'];

/** In the words of the 日次報告書. (requirements §5.2) */
export const COMPLAINT_PARTS: Readonly<Record<ComplaintPart, string>> = {
  course: '対応経過',
  result: '結果',
  prevention: '再発防止',
  request: '委託者への依頼',
};

/** What the 責任者 goes through on the telephone with the city, in this order. (R044) */
export const CITY_CHECKLIST = {
  whoCalls: '名乗り（受託者・責任者の氏名と折り返し先）',
  whatHappened: 'いつ・どこで・何が起きたか',
  whoIsAffected: '影響を受ける人数と開催回（氏名は聞かれた場合のみ）',
  whatWasDone: 'これまでの対応',
  whatIsNeeded: '市にお願いすること',
  untilWhen: 'いつまでに必要か',
  nextContact: '次の連絡の時刻と相手',
} as const;

export type CityPoint = keyof typeof CITY_CHECKLIST;

/** Minutes from the flag to the telephone: at once. */
export const TELL_CITY_WITHIN = 10;

export const complaintUrgentBy = (markedAt: number): string =>
  new Date(markedAt + TELL_CITY_WITHIN * 60_000).toISOString();

interface Acting {
  readonly complaintId: string;
  /** As events name an account. */
  readonly by: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

export type ComplaintCommand = Acting &
  (
    | {
        readonly do: 'raise';
        readonly complaint: Omit<ComplaintRaised['data'], 'complaintId' | 'raisedBy'>;
        readonly urgent: boolean;
      }
    | { readonly do: 'markUrgent' }
    | ({ readonly do: 'tellCity' } & Pick<ComplaintToldToCity['data'], 'toldAt' | 'means' | 'reached' | 'checklist'>)
    | { readonly do: 'note'; readonly part: ComplaintPart }
    | { readonly do: 'report' }
    | { readonly do: 'close'; readonly result: ComplaintClosed['data']['result'] }
  );
