import type { BusinessHours } from '#calendar/business-hours.js';
import type {
  EscalationAnswered,
  EscalationCalledBack,
  EscalationClosed,
  EscalationOpened,
  EscalationSentToCity,
} from '#contracts/inquiries/escalation.events.js';

/** 起票 → 責任者確認 → 委託者照会中 → 指示受領 (→ 折り返し) → 完了. (R037) */
export type EscalationState = 'opened' | 'confirmed' | 'withCity' | 'answered' | 'closed';

/** In the words of the desk and its papers. (§8 terms: 市へ確認中) */
export const ESCALATION_STATES: Readonly<Record<EscalationState, string>> = {
  opened: '起票',
  confirmed: '責任者確認',
  withCity: '市へ確認中',
  answered: '指示受領',
  closed: '完了',
};

export interface Escalation {
  readonly state: EscalationState | 'none';
  readonly opened?: EscalationOpened['data'];
  readonly answeredBy?: EscalationAnswered['data']['answeredBy'];
  /** Of the calls back, oldest first. */
  readonly attempts: readonly CallBackResult[];
  /** By when the next step is taken; absent when closed. */
  readonly dueAt?: string;
  readonly result?: EscalationClosed['data']['result'];
}

export type Means = EscalationSentToCity['data']['means'];
export type CallBackResult = EscalationCalledBack['data']['result'];

/** Who acts, as events name them, and when. */
export interface Acting {
  readonly escalationId: string;
  readonly by: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly hours: BusinessHours;
}

type Opening = Omit<EscalationOpened['data'], 'escalationId' | 'openedBy' | 'dueAt'>;

export type EscalationCommand = Acting &
  (
    | ({ readonly do: 'open' } & { readonly opening: Opening })
    | { readonly do: 'confirm' }
    | { readonly do: 'sendToCity'; readonly means: Means }
    | { readonly do: 'answer'; readonly answeredBy: 'city' | 'manager'; readonly means: Means }
    | { readonly do: 'callBack'; readonly result: CallBackResult }
    | { readonly do: 'close'; readonly result: EscalationClosed['data']['result'] }
  );

/** Calls before 「連絡がつかない」 may be said. */
export const ATTEMPTS_BEFORE_UNREACHABLE = 3;
