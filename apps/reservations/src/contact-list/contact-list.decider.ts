import type { ContactAttempted, ContactListStarted } from '#contracts/reservations/contact-list.events.js';
import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import type { Decider } from '#kernel/decider.js';
import { Refusal } from '#kernel/refusal.js';

export type ContactResult = ContactAttempted['data']['result'];

/** A 一斉連絡: who must be told of a change by the city, and what came of each call. (§8.14) */
export interface ContactList {
  readonly started?: ContactListStarted['data'];
  /** By reservation id, oldest first. */
  readonly attempts: Readonly<Record<string, readonly ContactResult[]>>;
}

export type ContactListCommand =
  | ({ readonly do: 'start' } & { readonly list: ContactListStarted['data'] })
  | ({ readonly do: 'attempt' } & { readonly attempt: ContactAttempted['data'] });

export const contactList: Decider<ContactList, ContactListCommand, ReservationsEvent> = {
  initialState: { attempts: {} },
  decide: (command, { started }) => {
    if (command.do === 'start') return [{ type: 'ContactListStarted', data: command.list }];
    if (started === undefined || !started.reservationIds.includes(command.attempt.reservationId)) {
      throw new Refusal('not-found', 'not-found', 'This reservation is not on the list.');
    }
    return [{ type: 'ContactAttempted', data: command.attempt }];
  },
  evolve: (list, event) => {
    if (event.type === 'ContactListStarted') return { ...list, started: event.data };
    if (event.type !== 'ContactAttempted') return list;
    const { reservationId, result } = event.data;
    const before = list.attempts[reservationId] ?? [];
    return { ...list, attempts: { ...list.attempts, [reservationId]: [...before, result] } };
  },
};

/** Whether nobody need call again. */
export function isReached(attempts: readonly ContactResult[]): boolean {
  return attempts.some((result) => result === 'told' || result === 'express');
}
