import { Inject, Injectable } from '@nestjs/common';
import { GatewayDatabase } from './gateway-database.js';

export interface AccountFact {
  /** Who did it; absent when nobody is signed in. Only ids of accounts that exist: people type passwords into this field. */
  readonly accountId?: string;
  readonly action: 'sign-in' | 'sign-out' | 'refused' | 'account' | 'training' | 'designation' | 'service-account';
  readonly outcome: 'done' | 'refused';
  /** The account it was done to. */
  readonly subjectId?: string;
  /** Names of things: a role, a route. */
  readonly detail?: Readonly<Record<string, string | readonly string[]>>;
}

/** What was done to accounts and by whom (R028, P15), written before the answer leaves. */
@Injectable()
export class AccountLog {
  constructor(@Inject(GatewayDatabase) private readonly database: GatewayDatabase) {}

  async note({ accountId, action, outcome, subjectId, detail = {} }: AccountFact): Promise<void> {
    await this.database.rows(
      `insert into account_log (account_id, action, outcome, subject_id, detail) values ($1, $2, $3, $4, $5)`,
      [accountId ?? null, action, outcome, subjectId ?? null, JSON.stringify(detail)],
    );
  }
}
