import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { newId } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import { classSession } from '../class-session/class-session.decider.js';
import type { CommandOf } from '../class-session/class-session.commands.js';
import type { Call } from '#contracts/access/call.js';
import { decided } from '#platform/hosting/decided.js';
import { Desk } from '../desk/desk.js';
import { Rows } from '#platform/hosting/rows.js';
import { SessionTerms } from '../desk/session-terms.js';
import { sessionStream, termStream } from '../desk/streams.js';
import { Guidance } from '../offer/guidance.js';
import { invalidBody } from '#platform/service/validation.js';
import { SETTINGS } from '#platform/service/service.module.js';
import type { ReservationsSettings } from '../settings.js';
import { ExtendHold, HoldSeats, ReleaseHold } from './hold.commands.js';
import { holdRows } from './hold.row.js';

type Settings = Pick<ReservationsSettings, 'holdSeconds'>;

@CommandHandler(HoldSeats)
export class HoldSeatsHandler implements ICommandHandler<HoldSeats> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(SessionTerms) private readonly terms: SessionTerms,
    @Inject(Guidance) private readonly guidance: Guidance,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async execute({ call, wish }: HoldSeats) {
    const { sessionId, until, ...hold } = wish;
    if (until !== undefined && !call.caller.roles.some((role) => LEAD.includes(role))) {
      throw new Refusal('forbidden', 'forbidden', 'Seats for paper are held by a supervisor.');
    }
    const term = termStream(await this.terms.termOf(sessionId));
    const stream = sessionStream(sessionId);
    const holdId = newId();
    const held = this.desk.submit(call, {
      writes: [stream],
      checks: [term],
      decide: (states, now) => {
        const expiresAt = until === undefined ? now + this.settings.holdSeconds * 1_000 : untilWithinADay(until, now);
        const command = { do: 'hold', holdId, expiresAt, now, term: states.of(term), ...hold } as const;
        const { events, after } = decided(classSession, command, states.of(stream));
        return {
          events: [[stream, events]],
          sides: holdRows(sessionId, events, after),
          answer: { holdId, expiresAt: new Date(expiresAt).toISOString() },
        };
      },
    });
    return this.guidance.guiding(call, wish, held);
  }
}

const LEAD: readonly string[] = ['supervisor', 'manager'];
const A_DAY = 24 * 3_600_000;

/** @throws Refusal `invalid-body` for what is over, or so late that a forgotten seat would be lost */
function untilWithinADay(until: string, now: number): number {
  const at = Date.parse(until);
  if (at <= now || at > now + A_DAY) throw invalidBody([{ field: 'until', rules: ['withinADay'] }]);
  return at;
}

/** Extending and letting go need only the hold. */
abstract class OfHold {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(Rows) private readonly rows: Rows,
    @Inject(SETTINGS) protected readonly settings: Settings,
  ) {}

  protected async change(
    call: Call,
    holdId: string,
    commandAt: (now: number) => CommandOf<'extendHold' | 'releaseHold'>,
  ) {
    const row = await this.rows.first<{ session_id: string }>(
      'session-of-hold',
      'select session_id from hold where hold_id = $1',
      [holdId],
    );
    if (row === undefined) throw new Refusal('not-found', 'not-found', 'There is no such hold.', { holdId });
    const stream = sessionStream(row.session_id);
    return this.desk.submit(call, {
      writes: [stream],
      decide: (states, now) => {
        const { events, after } = decided(classSession, commandAt(now), states.of(stream));
        const hold = after.holds.get(holdId);
        const expiresAt = hold && new Date(hold.expiresAt).toISOString();
        return {
          events: [[stream, events]],
          sides: holdRows(row.session_id, events, after),
          answer: { holdId, ...(expiresAt !== undefined && { expiresAt }) },
        };
      },
    });
  }
}

@CommandHandler(ExtendHold)
export class ExtendHoldHandler extends OfHold implements ICommandHandler<ExtendHold> {
  execute({ call, holdId }: ExtendHold) {
    const extension = this.settings.holdSeconds * 1_000;
    return this.change(call, holdId, (now) => ({ do: 'extendHold', holdId, expiresAt: now + extension, now }));
  }
}

@CommandHandler(ReleaseHold)
export class ReleaseHoldHandler extends OfHold implements ICommandHandler<ReleaseHold> {
  execute({ call, holdId }: ReleaseHold) {
    return this.change(call, holdId, () => ({ do: 'releaseHold', holdId }));
  }
}
