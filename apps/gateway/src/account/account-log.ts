import { Inject, Injectable } from '@nestjs/common';
import { idFrom } from '#kernel/ids.js';
import { currentCorrelationId } from '#platform/service/correlation.js';
import type { AccessAction } from '#vault/access-entry.js';
import { AccessLog } from '#vault/access-log.js';

/** Of the ids that stand for accounts as subjects of the log. */
const ACCOUNTS = '6f1c5b0e-3c0d-4d6b-9a55-3f4f2b1a7c21';
/** No account can be called so. */
const NOBODY = '-';

export interface AccountFact {
  /** Who did it; absent when nobody is signed in. Only ids of accounts that exist: people type passwords into this field. */
  readonly accountId?: string;
  readonly action: Extract<AccessAction, 'sign-in' | 'sign-out' | 'refuse' | 'account'>;
  /** A code of what: `password`, `address-locked`, `made`, `role-operator`, `POST-terms`. */
  readonly purpose: string;
  readonly outcome: 'done' | 'refused' | 'locked';
  /** The account it was done to. */
  readonly subjectId?: string;
}

/** What was done to accounts and by whom (R028, P03, P15): in the chain of the gateway before the answer leaves. */
@Injectable()
export class AccountLog {
  constructor(@Inject(AccessLog) private readonly log: AccessLog) {}

  note({ accountId = NOBODY, action, purpose, outcome, subjectId }: AccountFact): Promise<void> {
    const correlationId = currentCorrelationId();
    const subjects = subjectId === undefined ? [] : [subjectOf(subjectId)];
    return this.log.write({ accountId, action, purpose, subjects, outcome, ...(correlationId && { correlationId }) });
  }
}

/** What stands for an account among the subjects. */
export function subjectOf(accountId: string): string {
  return idFrom(ACCOUNTS, accountId);
}

/** An endpoint as a code: `POST /terms/:termId/close` is `POST-terms-termId-close`. */
export function codeOf(method: string, route: string): string {
  return `${method}-${route}`.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 60);
}
