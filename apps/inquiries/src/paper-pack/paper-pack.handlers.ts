import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dateAt, instantOf, plusDays } from '#calendar/civil-time.js';
import type { Call } from '#contracts/access/call.js';
import { idFrom } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import { Planned } from '#plan/planned.js';
import { Rows } from '#platform/hosting/rows.js';
import { Desk } from '../desk/desk.js';
import { paperPackStream } from '../desk/streams.js';
import { HoldsClient, someAtATime } from './holds-client.js';
import { paperPack } from './paper-pack.decider.js';
import { PACK_COLUMNS, packRow, type PackRow, type SeatToken } from './paper-pack.row.js';

const PACKS = '9e4b21c6-7a0d-4f83-b5e1-3c8d6f0a7b92';
const AT_ONCE = 8;

export interface PackWish {
  readonly termId: string;
  /** Seats of each session that may be given on paper; fewer where a session has fewer. */
  readonly seatsPerSession: number;
  readonly forms: number;
}

export class PrintPaperPack {
  constructor(
    readonly call: Call,
    readonly wish: PackWish,
  ) {}
}

/**
 * Holds the seats of the day's paper, then prints it. Cut off between the two, the same request holds the same seats: they
 * go by the day, the term and the how-manieth pack it is.
 */
@CommandHandler(PrintPaperPack)
export class PrintPaperPackHandler implements ICommandHandler<PrintPaperPack> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(Rows) private readonly rows: Rows,
    @Inject(Planned) private readonly planned: Planned,
    @Inject(HoldsClient) private readonly holds: HoldsClient,
  ) {}

  async execute({ call, wish: { termId, seatsPerSession, forms } }: PrintPaperPack) {
    if ((await this.planned.term(termId))?.state !== 'open') {
      throw new Refusal('term-not-open', 'conflict', 'Paper is printed for a term that is open.');
    }
    const date = dateAt(Date.now());
    const before = await this.rows.first<{ packs: number }>(
      'packs-of-day',
      'select count(*)::int as packs from paper_pack where date = $1 and term_id = $2',
      [date, termId],
    );
    const packId = idFrom(PACKS, date, termId, String(before!.packs));
    const until = new Date(instantOf(plusDays(date, 1), '00:00') - 1).toISOString();
    const tokens = await this.holdSeats(packId, await this.openSessions(termId, date), seatsPerSession, until, call);
    const stream = paperPackStream(packId);
    return this.desk.submit(call, {
      writes: [stream],
      decide: (states, now) => {
        const held = tokens.map(({ holdId, sessionId }) => ({ holdId, sessionId, seats: 1 }));
        const events = paperPack.decide({ do: 'print', pack: { packId, date, forms, holds: held } }, states.of(stream));
        const row = packRow({
          pack_id: packId,
          date,
          term_id: termId,
          state: 'printed',
          forms,
          tokens,
          printed_at: now,
        });
        return {
          events: [[stream, events]],
          sides: events.length > 0 ? [row] : [],
          answer: { packId, date, forms, tokens: tokens.length },
        };
      },
    });
  }

  private async openSessions(termId: string, date: string): Promise<string[]> {
    const sessions = [...(await this.planned.sessionsOfTerm(termId)).values()];
    return sessions
      .filter(({ session }) => session.state === 'open' && session.plan.dates[0]!.date > date)
      .map(({ session }) => session.sessionId);
  }

  private async holdSeats(
    packId: string,
    sessionIds: readonly string[],
    seats: number,
    until: string,
    { callerToken }: Call,
  ): Promise<SeatToken[]> {
    const wanted = sessionIds.flatMap((sessionId) => Array.from({ length: seats }, (_, nth) => ({ sessionId, nth })));
    const held = await someAtATime(wanted, AT_ONCE, async ({ sessionId, nth }) => {
      const key = idFrom(PACKS, packId, sessionId, String(nth));
      return { sessionId, holdId: await this.holds.hold({ sessionId, until, key }, callerToken) };
    });
    return held
      .flatMap(({ sessionId, holdId }) => (holdId === undefined ? [] : [{ sessionId, holdId }]))
      .map((one, i) => ({ token: `T-${String(i + 1).padStart(3, '0')}`, ...one }));
  }
}

export class ReturnPaperPack {
  constructor(
    readonly call: Call,
    readonly packId: string,
    readonly usedTokens: readonly string[],
    readonly formsUsed: number,
  ) {}
}

/** The pack comes back: seats that were given must have been keyed in, all others are let go of. */
@CommandHandler(ReturnPaperPack)
export class ReturnPaperPackHandler implements ICommandHandler<ReturnPaperPack> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(Rows) private readonly rows: Rows,
    @Inject(HoldsClient) private readonly holds: HoldsClient,
  ) {}

  async execute({ call, packId, usedTokens, formsUsed }: ReturnPaperPack) {
    const row = await this.rows.first<PackRow>(
      'paper-pack',
      `select ${PACK_COLUMNS} from paper_pack where pack_id = $1`,
      [packId],
    );
    if (row === undefined) throw new Refusal('not-found', 'not-found', 'There is no such pack.');
    const unknown = usedTokens.filter((token) => !row.tokens.some((one) => one.token === token));
    if (unknown.length > 0) {
      throw new Refusal('unknown-token', 'conflict', 'These seat tokens are not of this pack.', { tokens: unknown });
    }
    const used = row.tokens.filter(({ token }) => usedTokens.includes(token));
    if (row.state === 'printed') await this.refuseUnkeyed(used);
    const unused = row.tokens.filter(({ token }) => !usedTokens.includes(token));
    await someAtATime(row.state === 'printed' ? unused : [], AT_ONCE, ({ holdId }) =>
      this.holds.release(holdId, idFrom(PACKS, packId, 'release', holdId), call.callerToken),
    );
    const stream = paperPackStream(packId);
    const counts = { formsUsed, seatsUsed: used.length, seatsReleased: unused.length };
    return this.desk.submit(call, {
      writes: [stream],
      decide: (states) => {
        const back = { packId, date: row.date, ...counts };
        const events = paperPack.decide({ do: 'return', back }, states.of(stream));
        const sides = events.length > 0 ? [packRow({ ...row, state: 'returned' })] : [];
        return { events: [[stream, events]], sides, answer: { packId, ...counts } };
      },
    });
  }

  /** A seat that somebody was promised on paper and that nobody has booked yet would be given away. */
  private async refuseUnkeyed(used: readonly SeatToken[]): Promise<void> {
    const open = await this.rows.all<{ hold_id: string }>(
      'token-holds',
      'select hold_id from open_holds.hold where hold_id = any ($1)',
      [used.map(({ holdId }) => holdId)],
    );
    if (open.length === 0) return;
    const holds = new Set(open.map(({ hold_id }) => hold_id));
    const tokens = used.filter(({ holdId }) => holds.has(holdId)).map(({ token }) => token);
    throw new Refusal('paper-not-keyed', 'conflict', 'Key in the forms with these seat tokens first.', { tokens });
  }
}
