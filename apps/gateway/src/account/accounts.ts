import { Inject, Injectable } from '@nestjs/common';
import type { Role } from '#contracts/access/roles.js';
import { dateAt } from '#calendar/civil-time.js';
import { Refusal } from '#kernel/refusal.js';
import type { Caller } from '#platform/service/caller.js';
import { GatewayDatabase } from './gateway-database.js';

/** Of P04; whoever handles personal data needs the first, and the desk keeps the record of all. */
export const TRAINING_MODULES = ['handling', 'operation', 'security', 'cyber'] as const;
const NEEDED_MODULE: (typeof TRAINING_MODULES)[number] = 'handling';

/** A handler: trained and designated on the day `$1`. Of the table `a`. */
export const IS_HANDLER = `(
  exists (select from trainings t where t.account_id = a.account_id and t.module = '${NEEDED_MODULE}'
    and $1::date between t.completed_on and t.valid_until)
  and exists (select from designations d where d.account_id = a.account_id
    and $1::date between d.valid_from and d.valid_until))`;

/** Of the accounts `administrators`: there is none but `$1`. */
const IS_THE_LAST = `(array(select account_id from administrators) = array[$1])`;

interface Change {
  readonly set: string;
  /** From `$2` on. */
  readonly values: readonly unknown[];
  /** Whom it can be done to. */
  readonly of: string;
  readonly unless: string;
}

export const today = (): string => dateAt(Date.now());

export interface AccountRow {
  readonly accountId: string;
  readonly kind: 'person' | 'service';
  readonly roles: Role[];
  readonly handler: boolean;
  readonly disabled: boolean;
  readonly trainings: { module: string; completedOn: string; validUntil: string }[];
  readonly designations: { from: string; until: string }[];
}

/** The accounts of the desk. Nothing here asks who may: the door has. */
@Injectable()
export class Accounts {
  constructor(@Inject(GatewayDatabase) private readonly database: GatewayDatabase) {}

  async page(limit: number, after: string): Promise<AccountRow[]> {
    return this.database.rows<AccountRow>(
      `select account_id as "accountId", case when token_hash is null then 'person' else 'service' end as kind,
         roles, ${IS_HANDLER} as handler, disabled_at is not null as disabled,
         array(select jsonb_build_object('module', t.module, 'completedOn', t.completed_on, 'validUntil', t.valid_until)
           from trainings t where t.account_id = a.account_id order by t.completed_on, t.training_id) as trainings,
         array(select jsonb_build_object('from', d.valid_from, 'until', d.valid_until)
           from designations d where d.account_id = a.account_id order by d.valid_from, d.designation_id) as designations
       from accounts a where account_id > $2 order by account_id limit $3`,
      [today(), after, limit],
    );
  }

  /** False when there is an account of that name, also a disabled one. */
  async add(accountId: string, roles: readonly Role[], passwordHash: string): Promise<boolean> {
    const added = await this.database.rows(
      `insert into accounts (account_id, roles, password_hash) values ($1, $2, $3)
       on conflict do nothing returning account_id`,
      [accountId, roles, passwordHash],
    );
    return added.length > 0;
  }

  /** Whoever is signed in with the old roles has to sign in again. @throws Refusal `not-found`, `last-administrator` */
  setRoles(accountId: string, roles: readonly Role[]): Promise<void> {
    return this.change(accountId, {
      ...{ set: 'roles = $2', values: [roles] },
      // A program has one role for as long as its token is good (design §7)
      of: 'account_id = $1 and token_hash is null',
      unless: roles.includes('administrator') ? 'false' : IS_THE_LAST,
    });
  }

  /** Signs it out everywhere. @throws Refusal `not-found`, `last-administrator` */
  disable(accountId: string): Promise<void> {
    const set = 'disabled_at = coalesce(disabled_at, now())';
    return this.change(accountId, { set, values: [], of: 'account_id = $1', unless: IS_THE_LAST });
  }

  /** In one statement that holds the administrators: two who take the right from each other wait for each other. */
  private async change(accountId: string, { set, values, of, unless }: Change): Promise<void> {
    const [outcome] = await this.database.rows<{ isChanged: boolean; isThere: boolean }>(
      `with administrators as (
         select account_id from accounts
         where 'administrator' = any(roles) and disabled_at is null and token_hash is null
         order by account_id for update),
         changed as (update accounts set ${set} where ${of} and not ${unless} returning account_id),
         out as (delete from sign_ins using changed where sign_ins.account_id = changed.account_id)
       select exists (select from changed) as "isChanged", exists (select from accounts where ${of}) as "isThere"`,
      [accountId, ...values],
    );
    if (!outcome!.isThere) throw noSuchAccount();
    if (!outcome!.isChanged) throw lastAdministrator();
  }

  /** @throws Refusal `not-found` */
  async train(
    accountId: string,
    training: { module: string; completedOn: string; validUntil: string },
    by: string,
  ): Promise<void> {
    const { module, completedOn, validUntil } = training;
    await this.record(
      `insert into trainings (account_id, module, completed_on, valid_until, recorded_by)
       select account_id, $2, $3, $4, $5 from accounts where account_id = $1 and token_hash is null returning account_id`,
      [accountId, module, completedOn, validUntil, by],
    );
  }

  /** @throws Refusal `not-found` */
  async designate(accountId: string, { from, until }: { from: string; until: string }, by: string): Promise<void> {
    await this.record(
      `insert into designations (account_id, valid_from, valid_until, recorded_by)
       select account_id, $2, $3, $4 from accounts where account_id = $1 and token_hash is null returning account_id`,
      [accountId, from, until, by],
    );
  }

  private async record(insert: string, values: readonly unknown[]): Promise<void> {
    if ((await this.database.rows(insert, values)).length === 0) throw noSuchAccount();
  }

  async passwordHashOf(accountId: string): Promise<string | undefined> {
    const [row] = await this.database.rows<{ password_hash: string | null }>(
      `select password_hash from accounts where account_id = $1 and disabled_at is null`,
      [accountId],
    );
    return row?.password_hash ?? undefined;
  }

  async keepPassword(accountId: string, passwordHash: string): Promise<void> {
    await this.database.rows(`update accounts set password_hash = $2 where account_id = $1`, [accountId, passwordHash]);
  }

  /** Undefined when it does not exist or is disabled. */
  async callerOf(accountId: string): Promise<Caller | undefined> {
    const [caller] = await this.database.rows<{ accountId: string; roles: Role[]; handler: boolean }>(
      `select account_id as "accountId", roles, ${IS_HANDLER} as handler
       from accounts a where account_id = $2 and disabled_at is null`,
      [today(), accountId],
    );
    return caller;
  }

  async isThere(accountId: string): Promise<boolean> {
    return (await this.database.rows(`select from accounts where account_id = $1`, [accountId])).length > 0;
  }

  async areThere(): Promise<boolean> {
    return (await this.database.rows(`select from accounts limit 1`)).length > 0;
  }
}

export function noSuchAccount(): Refusal {
  return new Refusal('not-found', 'not-found', 'There is no such account.');
}

function lastAdministrator(): Refusal {
  return new Refusal(
    'last-administrator',
    'conflict',
    'This is the only administrator who can sign in: give another person the role first.',
  );
}

export function accountExists(): Refusal {
  return new Refusal('account-exists', 'conflict', 'There is an account of this name already: choose another name.');
}
