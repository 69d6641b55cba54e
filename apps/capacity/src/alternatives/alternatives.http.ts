import { Body, Controller, Headers, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { dateAt, timeAt } from '#calendar/civil-time.js';
import { systemClock } from '#kernel/clock.js';
import { Subscriptions } from '#platform/hosting/subscriptions.module.js';
import { CountField, FlagField, IdField, PatternField } from '#platform/service/fields.js';
import { ApiProblems } from '#platform/service/problem-answer.js';
import { readAsOf } from '#platform/subscription/as-of.js';
import { WAIT_FOR_HEADER } from '#platform/subscription/position-token.js';
import { schemaOf } from '#platform/subscription/subscriber.js';
import { waitFor } from '#platform/subscription/wait-for.js';
import { BoardAsOf, BoardSession } from '../seat-board/board-session.row.js';
import { Reading } from '../seat-board/reading.row.js';
import { known, noSuchSession, READ_PROBLEMS, SOURCE, WaitFor } from '../seat-board/seat-board.http.js';
import { SEAT_BOARD } from '../seat-board/seat-board.projector.js';
import { SEAT_HISTORY } from '../seat-history/seat-history.projector.js';
import { alternativesTo, type Candidate, type Wish } from './alternatives.policy.js';
import { readBusy, readCandidates } from './alternatives.row.js';
import { wardCentreOf } from './origin.policy.js';

/** What the caller needs; in a body, since none of it may stand in an address. */
export class AlternativesBody {
  @PatternField({
    pattern: '^\\d{3}-?\\d{4}$',
    max: 8,
    optional: true,
    description: 'Where the way of the caller begins; without it, at the venue that was asked for.',
  })
  postalCode?: string;

  @FlagField({ optional: true, description: '`true`: only venues known to be step-free.' })
  wheelchair?: boolean;

  @IdField({ optional: true, description: 'Nothing that clashes with what this person is booked for.' })
  personId?: string;

  @IdField({
    optional: true,
    description: 'The session whose seat is given up for the new one: it is no clash, and is not offered again.',
  })
  leavingSessionId?: string;

  @CountField({ min: 1, max: 4, optional: true, description: '1 unless given.' })
  seats?: number;
}

const ORIGINS = ['postalCode', 'venue', 'none'] as const;

export class OfferedSession extends BoardSession {
  @ApiProperty({ type: 'integer', description: '1 is the best.' })
  rank: number;

  @ApiProperty({ type: Number, nullable: true, description: 'Null when a place is unknown.' })
  distanceKm: number | null;

  @ApiProperty({ example: '同じ講座・2.1km・3日後・残り6席' })
  reason: string;
}

export class AlternativesAnswer {
  @ApiProperty({ type: BoardAsOf })
  asOf: BoardAsOf;

  @ApiProperty({ enum: ORIGINS, description: 'From where distances are measured; of a postcode from its ward office.' })
  origin: (typeof ORIGINS)[number];

  @ApiProperty({ type: [OfferedSession] })
  alternatives: OfferedSession[];
}

@ApiTags('capacity')
@Controller('capacity')
export class AlternativesHttp {
  constructor(
    @Inject(Subscriptions) private readonly subscriptions: Subscriptions,
    @Inject(Reading) private readonly reading: Reading,
  ) {}

  @Post('sessions/:sessionId/alternatives')
  @HttpCode(200)
  @ApiOperation({ summary: 'Where else there is room, the best first' })
  @WaitFor()
  @ApiOkResponse({ type: AlternativesAnswer })
  @ApiProblems({ ...READ_PROBLEMS, 404: ['not-found'], 413: ['body-too-large'], 415: ['unsupported-media-type'] })
  async find(
    @Param('sessionId') sessionId: string,
    @Body() { postalCode, wheelchair = false, personId, leavingSessionId, seats = 1 }: AlternativesBody,
    @Headers(WAIT_FOR_HEADER) token?: string,
  ): Promise<AlternativesAnswer> {
    const subscription = this.subscriptions.named(SEAT_BOARD);
    const history = this.subscriptions.named(SEAT_HISTORY);
    if (token !== undefined) await Promise.all([subscription, history].map((one) => waitFor(one, SOURCE, token)));
    const instant = systemClock.now();
    const now = `${dateAt(instant)}T${timeAt(instant)}`;
    const wanted = { sessionId: known(sessionId), now, seats };
    const { asOf, rows: candidates } = await readAsOf(this.reading.pool, SEAT_BOARD, SOURCE, (client, schema) =>
      readCandidates(client, schema, wanted),
    );
    const except = leavingSessionId === undefined ? [sessionId] : [sessionId, leavingSessionId];
    const busy =
      personId === undefined ? [] : await readBusy(this.reading.pool, schemaOf(SEAT_HISTORY), { personId, except });
    const refused = candidates.find(({ session }) => session.sessionId === sessionId);
    if (refused === undefined) throw noSuchSession();
    const { name, origin } = originOf(postalCode, refused);
    const ranked = alternativesTo({ refused, leavingSessionId, now, seats, wheelchair, busy, origin }, candidates);
    return { asOf, origin: name, alternatives: ranked.map(({ session, ...why }) => ({ ...session, ...why })) };
  }
}

function originOf(
  postalCode: string | undefined,
  { position }: Candidate,
): { name: AlternativesAnswer['origin']; origin: Wish['origin'] } {
  const centre = postalCode === undefined ? undefined : wardCentreOf(postalCode);
  if (centre !== undefined) return { name: 'postalCode', origin: { position: centre, isRough: true } };
  if (position !== undefined) return { name: 'venue', origin: { position, isRough: false } };
  return { name: 'none', origin: undefined };
}
