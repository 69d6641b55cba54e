import { Inject, Injectable } from '@nestjs/common';
import { dateAt } from '#calendar/civil-time.js';
import type { Caller } from '#contracts/access/call.js';
import { newId } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import { Rows } from '#platform/hosting/rows.js';
import { AccessLog } from '#vault/access-log.js';
import { KeyDirectory } from '#vault/key-directory.js';
import { newPersonKey, open, seal, unwrapPersonKey, wrapPersonKey } from '#vault/sealing.js';
import { actorIdOf } from '../desk/ids.js';
import { callStream } from '../desk/streams.js';

/** What an operator has typed so far, as the screen keeps it. */
export type DraftContent = Readonly<Record<string, unknown>>;

export interface Draft {
  readonly callId: string;
  /** +1 with every save. */
  readonly version: number;
  readonly savedAt: string;
  readonly content: DraftContent;
}

interface DraftRow {
  readonly term_id: string;
  readonly account: string;
  readonly version: number;
  readonly saved_at: number;
  readonly wrapped_key: Buffer;
  readonly sealed: Buffer;
}

const LEAD: readonly string[] = ['supervisor', 'manager'];

/**
 * Half-typed forms, sealed under the term. They are no facts, so they stand in no log; each has a key of its own that goes
 * with its row, and what is removed leaves a 削除記録. (R034, §8.20)
 */
@Injectable()
export class Drafts {
  constructor(
    @Inject(Rows) private readonly rows: Rows,
    @Inject(KeyDirectory) private readonly keys: KeyDirectory,
    @Inject(AccessLog) private readonly accessLog: AccessLog,
  ) {}

  /**
   * @param expected the version that the screen has seen; a draft that is another by now is not written over
   * @throws Refusal `not-found`, `no-term`, `day-closed`, `draft-of-another`, `draft-changed`, `term-erased`
   */
  async save(
    caller: Caller,
    callId: string,
    content: DraftContent,
    expected?: number,
  ): Promise<Omit<Draft, 'content'>> {
    const { termId, date } = await this.callOf(callId);
    const before = await this.row(callId);
    if (before !== undefined) refuseOther(caller, before);
    const version = (before?.version ?? 0) + 1;
    if (expected !== undefined && expected !== version - 1) throw changed(callId);
    // the service may be the first to seal under a term: reservations makes the same keys
    const keys = await this.keys.createTerm(termId);
    const key = newPersonKey();
    const sealed = seal(key, { personId: callId, version, kind: 'draft' }, content);
    const savedAt = Date.now();
    const { length } = await this.rows.all(
      'save-draft',
      `insert into call_draft (call_id, term_id, date, account, version, saved_at, wrapped_key, sealed)
       select $1, $2, $3, $4, $5, $6, $7, $8 where not exists (select from closed_day where date >= $3)
       on conflict (call_id) do update set version = excluded.version, saved_at = excluded.saved_at,
         wrapped_key = excluded.wrapped_key, sealed = excluded.sealed, account = excluded.account
       where call_draft.version = excluded.version - 1
       returning version`,
      [callId, termId, date, actorIdOf(caller.accountId), version, savedAt, wrapPersonKey(keys, callId, key), sealed],
    );
    if (length === 0) {
      if ((await this.row(callId))?.version !== before?.version) throw changed(callId);
      throw new Refusal('day-closed', 'conflict', 'The day of this call has been closed; its drafts are erased.');
    }
    return { callId, version, savedAt: new Date(savedAt).toISOString() };
  }

  /** @throws Refusal `not-found`, `draft-of-another`, `term-erased` */
  async read(caller: Caller, callId: string): Promise<Draft> {
    const row = await this.row(callId);
    if (row === undefined) throw new Refusal('not-found', 'not-found', 'There is no draft of this call.');
    refuseOther(caller, row);
    const key = unwrapPersonKey(this.keys.keysOf(row.term_id), callId, row.wrapped_key);
    const content = open<DraftContent>(key, { personId: callId, version: row.version, kind: 'draft' }, row.sealed);
    const purpose = row.account === actorIdOf(caller.accountId) ? 'own-draft' : 'draft-taken-over';
    await this.accessLog.write({
      ...{ accountId: caller.accountId, action: 'disclose', purpose, subjects: [callId], outcome: 'found' },
    });
    return { callId, version: row.version, savedAt: new Date(row.saved_at).toISOString(), content };
  }

  /** Again it changes nothing. @throws Refusal `draft-of-another` */
  async erase(caller: Caller, callId: string): Promise<void> {
    const row = await this.row(callId);
    if (row === undefined) return;
    refuseOther(caller, row);
    await this.rows.all(
      'erase-draft',
      `with gone as (delete from call_draft where call_id = $1 returning date)
       insert into deletion_record select $2, 'callDraft', date, 1, $3, $4 from gone returning deletion_id`,
      [callId, newId(), actorIdOf(caller.accountId), Date.now()],
    );
  }

  private row(callId: string): Promise<DraftRow | undefined> {
    return this.rows.first<DraftRow>(
      'draft',
      'select term_id, account, version, saved_at, wrapped_key, sealed from call_draft where call_id = $1',
      [callId],
    );
  }

  private async callOf(callId: string): Promise<{ readonly termId: string; readonly date: string }> {
    const row = await this.rows.first<{ termId: string | null; receivedAt: string }>(
      'call-of-draft',
      `select data ->> 'termId' as "termId", data ->> 'receivedAt' as "receivedAt" from events
       where stream = $1 and type in ('CallReceived', 'CallRestated') order by version desc limit 1`,
      [callStream(callId).name],
    );
    if (row === undefined) throw new Refusal('not-found', 'not-found', 'There is no such call.');
    if (row.termId === null) {
      throw new Refusal(
        'no-term',
        'conflict',
        'No term has been planned for this day, so nothing can be sealed under it.',
      );
    }
    return { termId: row.termId, date: dateAt(Date.parse(row.receivedAt)) };
  }
}

/** A draft is its operator's; the supervisor may take it over when a terminal has failed. */
function refuseOther({ accountId, roles }: Caller, { account }: DraftRow): void {
  if (account === actorIdOf(accountId) || roles.some((role) => LEAD.includes(role))) return;
  throw new Refusal('draft-of-another', 'forbidden', 'This draft is of another operator.');
}

function changed(callId: string): Refusal {
  return new Refusal('draft-changed', 'conflict', 'The draft was saved from another screen. Read it again.', {
    callId,
  });
}
