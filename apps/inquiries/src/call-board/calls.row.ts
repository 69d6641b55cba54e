import type { CallAccount } from '#contracts/inquiries/call-account.js';
import type { Queryable } from '#platform/log/event-log.js';
import { halfHourOf } from './calls.projector.js';
import { numbersOf, type CallNumbers, type TrafficSlot } from './numbers.policy.js';

/** The calls of a day in the order they came in, from behind `after` on. */
export async function readCalls(
  db: Queryable,
  schema: string,
  { date, limit, after }: { readonly date: string; readonly limit: number; readonly after: string | undefined },
): Promise<CallAccount[]> {
  const { rows } = await db.query<{ account: CallAccount }>(
    `select account from ${schema}.call
     where date = $1 and ($2::uuid is null or (received_at, call_id) > (
       select a.received_at, a.call_id from ${schema}.call a where a.call_id = $2))
     order by received_at, call_id limit $3`,
    [date, after ?? null, limit],
  );
  return rows.map(({ account }) => account);
}

export interface NumbersOfDays {
  readonly total: CallNumbers;
  readonly days: readonly (CallNumbers & { readonly date: string })[];
  readonly slots: readonly (CallNumbers & { readonly slot: string })[];
}

/** Days and half hours that have a call or a line in a carrier's report. */
export async function readNumbers(db: Queryable, schema: string, from: string, to: string): Promise<NumbersOfDays> {
  const [calls, traffic] = await Promise.all([
    db.query<{ date: string; slot: string; account: CallAccount }>(
      `select date::text, slot, account from ${schema}.call where date between $1 and $2 and not struck`,
      [from, to],
    ),
    db.query<{ date: string; slots: TrafficSlot[] }>(
      `select date::text, slots from ${schema}.traffic where date between $1 and $2`,
      [from, to],
    ),
  ]);
  const reported = traffic.rows.flatMap(({ date, slots }) => slots.map((slot) => ({ date, slot })));
  const datesOutside = new Set(reported.filter(({ slot }) => slot.outOfHours).map(({ date }) => date));
  const numbers = (keep: (one: { date: string; slot: string }) => boolean) => {
    const slots = reported.filter(({ date, slot }) => keep({ date, slot: onHalfHour(slot) })).map(({ slot }) => slot);
    return numbersOf(
      calls.rows.filter(keep).map(({ account }) => account),
      reported.length > 0 ? { slots, datesOutside } : undefined,
    );
  };
  const dates = [...new Set([...calls.rows.map(({ date }) => date), ...traffic.rows.map(({ date }) => date)])];
  const slots = [...new Set([...calls.rows.map(({ slot }) => slot), ...reported.map(({ slot }) => onHalfHour(slot))])];
  return {
    total: numbers(() => true),
    days: dates.toSorted().map((date) => ({ date, ...numbers((one) => one.date === date) })),
    slots: slots.toSorted().map((slot) => ({ slot, ...numbers((one) => one.slot === slot) })),
  };
}

/** A report by the hour stands at the half hour in which the hour begins. */
function onHalfHour({ startsAt }: TrafficSlot): string {
  return halfHourOf(Date.parse(`2000-01-01T${startsAt}:00+09:00`));
}

/** Calls that an operator has taken and not closed; of a call that only the telephone system knows nobody closes anything. */
export async function readOpen(db: Queryable, schema: string, date: string): Promise<{ open: number; since?: string }> {
  const { rows } = await db.query<{ open: number; since: string | null }>(
    `select count(*)::int as open, min(account #>> '{answer,answeredAt}') as since from ${schema}.call
     where date = $1 and not struck and account ->> 'source' = 'screen' and account ? 'answer' and not account ? 'ending'`,
    [date],
  );
  const { open, since } = rows[0]!;
  return { open, ...(since !== null && { since }) };
}
