import type { StreamRef } from '#platform/lane/lane-command.js';
import type { SideWrite } from '#platform/log/side-table.js';
import { decided } from '#platform/hosting/decided.js';
import type { DeskEvent } from '../desk/desk-events.js';
import { callStream } from '../desk/streams.js';
import type { LineFact } from '../queue-log/queue-line.js';
import type { Call, Hours } from './call.js';
import { call } from './call.decider.js';
import { lineRow, seenRow } from './call.row.js';

export interface Joined {
  readonly events: readonly (readonly [StreamRef, readonly DeskEvent[]])[];
  readonly sides: readonly SideWrite[];
  readonly into: Call;
}

/**
 * Two calls that turn out to be one: whatever `from` had goes over to `into`, and `from` no longer counts.
 * @param more lines that are only now read, and belong to `from`
 */
export function joinedInto(
  [fromId, from]: readonly [string, Call],
  [intoId, into]: readonly [string, Call],
  hours: (instant: number) => Hours,
  more: readonly LineFact[] = [],
): Joined {
  const facts = [...from.facts, ...more];
  const struck =
    from.account === undefined
      ? { events: [], after: from }
      : decided(call, { do: 'strike', callId: fromId, cause: 'sameAs', sameAs: intoId }, from);
  const heard = facts.length === 0 ? { events: [], after: into } : decided(call, { do: 'hear', callId: intoId, facts, hours }, into); // prettier-ignore
  const told =
    from.told === undefined
      ? { events: [], after: heard.after }
      : decided(call, { do: 'tell', callId: intoId, told: from.told, hours }, heard.after);
  return {
    events: [
      [callStream(fromId), struck.events],
      [callStream(intoId), [...heard.events, ...told.events]],
    ],
    sides: [lineRow(fromId, intoId), ...seenRow(fromId, struck.after), ...seenRow(intoId, told.after)],
    into: told.after,
  };
}
