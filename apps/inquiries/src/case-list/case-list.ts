import { Inject, Injectable } from '@nestjs/common';
import { Refusal } from '#kernel/refusal.js';
import { Rows } from '#platform/hosting/rows.js';
import { Subscriptions } from '#platform/hosting/subscriptions.module.js';
import { waitFor } from '#platform/subscription/wait-for.js';
import { FOLDED_COLUMNS, type FoldedRow, type FoldedTable } from '../desk/folded-rows.js';
import { CASES } from './cases.projector.js';

export interface CaseQuery {
  /** Only what is not closed; without it, everything. */
  readonly open?: boolean;
  /** Only what is past its time now. */
  readonly overdue?: boolean;
  readonly sessionId?: string | undefined;
  readonly cause?: string | undefined;
  readonly limit?: number | undefined;
  /** Id of the last one of the list before. */
  readonly after?: string | undefined;
}

export interface Case<State> extends FoldedRow<State> {
  readonly overdue: boolean;
}

const MOST = 500;

/** Lists of what the desk owes, what is due first at the top, then what came first. */
@Injectable()
export class CaseList {
  constructor(
    @Inject(Rows) private readonly rows: Rows,
    @Inject(Subscriptions) private readonly subscriptions: Subscriptions,
  ) {}

  /** @param position an `Uketsuke-Position`: the answer holds at least that. @throws Refusal `not-yet` 503 */
  async upTo(position: string | undefined): Promise<this> {
    if (position !== undefined) await waitFor(this.subscriptions.named(CASES), 'inquiries', position);
    return this;
  }

  async list<State>({ name, columns }: FoldedTable<State>, query: CaseQuery): Promise<Case<State>[]> {
    const { open, overdue, sessionId, cause, limit = MOST, after } = query;
    const withCause = 'cause' in columns;
    return this.rows.all<Case<State>>(
      `cases-${name}`,
      `select ${FOLDED_COLUMNS}, open and coalesce(due_at < now(), false) as overdue from ${CASES}.${name}
       where ($1::boolean is null or open = $1) and ($2::boolean is not true or (open and due_at < now()))
         and ($3::uuid is null or session_id = $3) ${withCause ? 'and ($6::text is null or cause = $6)' : ''}
         and ($5::uuid is null or (coalesce(due_at, 'infinity'), opened_at, id) >
           (select coalesce(l.due_at, 'infinity'), l.opened_at, l.id from ${CASES}.${name} l where l.id = $5))
       order by coalesce(due_at, 'infinity'), opened_at, id limit $4`,
      [open ?? null, overdue ?? null, sessionId ?? null, limit, after ?? null, ...(withCause ? [cause ?? null] : [])],
    );
  }

  /** @throws Refusal `not-found` 404 */
  async one<State>({ name }: FoldedTable<State>, id: string): Promise<Case<State>> {
    const row = await this.rows.first<Case<State>>(
      `case-${name}`,
      `select ${FOLDED_COLUMNS}, open and coalesce(due_at < now(), false) as overdue from ${CASES}.${name} where id = $1`,
      [id],
    );
    if (row === undefined) throw new Refusal('not-found', 'not-found', 'There is nothing under this id.');
    return row;
  }
}

/** `next`, when there may be more. */
export function nextOf(found: readonly { readonly id: string }[], { limit = MOST }: CaseQuery): { next?: string } {
  return found.length < limit ? {} : { next: found.at(-1)!.id };
}
