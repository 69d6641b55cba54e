import type { Call } from '#contracts/access/call.js';
import type { CommandOf, SessionPlan } from './class-session.commands.js';

/** Enters one session, by hand. */
export class ScheduleClassSession {
  constructor(
    readonly call: Call,
    readonly plan: SessionPlan,
  ) {}
}

/** The city changes a session. (§8.14) */
export class ReviseClassSession {
  constructor(
    readonly call: Call,
    readonly plan: SessionPlan,
    /** The bookings affected have been seen: how many there were. */
    readonly confirmedAffected: number | undefined,
    readonly agreementNumber: string | undefined,
  ) {}
}

export class ChangeClassSession {
  constructor(
    readonly call: Call,
    readonly sessionId: string,
    readonly command: CommandOf<'close' | 'callOff' | 'raiseCapacity'>,
    /** In the supervisor's words; sealed, since people write names into it. */
    readonly reason: string,
  ) {}
}
