import { Body, Controller, Get, Inject, Patch, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#contracts/access/call.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { CommandRoute, QuestionRoute } from '#platform/hosting/route.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { plain } from '#platform/hosting/plain.js';
import { Places } from './places.js';
import {
  ApplicantCorrectedAnswer,
  CancelBody,
  CorrectionBody,
  MoveBody,
  ReservationAnswer,
  ReservationBody,
  ReservationChanged,
  ReservationsMade,
} from './reservation.body.js';
import { CancelReservation, CorrectApplicant, MakeReservation, MoveReservation } from './reservation.commands.js';
import type { PlaceRow } from './reservation.row.js';

@ApiTags('reservations')
@Controller('reservations')
export class ReservationsHttp {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(Places) private readonly places: Places,
  ) {}

  @Get(':reservationId')
  @QuestionRoute(ReservationAnswer, { 404: ['not-found'] })
  async read(@IdParam('reservationId') reservationId: string): Promise<ReservationAnswer> {
    return reservationAnswer(await this.places.of(reservationId));
  }

  @Post()
  @CommandRoute(
    ReservationsMade,
    {
      404: ['not-found'],
      409: ['session-full', 'already-reserved', 'possible-duplicate', 'session-not-open', 'hold-expired'],
      410: ['person-erased', 'term-erased'],
    },
    201,
  )
  make(@CurrentCall() call: Call, @Body() body: ReservationBody) {
    const { channel = 'telephone', receivedAt, callId, ...wish } = plain(body);
    const origin = { channel, ...plain({ receivedAt, callId }) };
    return this.commands.execute(new MakeReservation(call, { ...wish, origin } as MakeReservation['wish']));
  }

  @Post(':reservationId/move')
  @CommandRoute(ReservationChanged, {
    404: ['not-found'],
    409: ['session-full', 'already-reserved', 'session-not-open', 'hold-expired', 'reservation-cancelled'],
  })
  move(@CurrentCall() call: Call, @IdParam('reservationId') reservationId: string, @Body() body: MoveBody) {
    const { toSessionId, holdId, ...origin } = plain(body);
    return this.commands.execute(new MoveReservation(call, reservationId, toSessionId, holdId, origin));
  }

  @Post(':reservationId/cancel')
  @CommandRoute(ReservationChanged, {
    404: ['not-found'],
    409: ['reservation-cancelled'],
    410: ['person-erased', 'term-erased'],
  })
  cancel(@CurrentCall() call: Call, @IdParam('reservationId') reservationId: string, @Body() body: CancelBody) {
    const { reasonCode, note, ...origin } = plain(body);
    return this.commands.execute(new CancelReservation(call, reservationId, reasonCode, note, origin));
  }

  @Patch(':reservationId/applicant')
  @CommandRoute(ApplicantCorrectedAnswer, {
    404: ['not-found'],
    409: ['reservation-cancelled'],
    410: ['person-erased', 'term-erased'],
  })
  correct(@CurrentCall() call: Call, @IdParam('reservationId') reservationId: string, @Body() body: CorrectionBody) {
    const { channel, receivedAt, callId, ...changes } = plain(body);
    const origin = plain({ channel, receivedAt, callId });
    return this.commands.execute(
      new CorrectApplicant(
        call,
        reservationId,
        changes as CorrectApplicant['changes'],
        origin as CorrectApplicant['origin'],
      ),
    );
  }
}

export function reservationAnswer(row: PlaceRow): ReservationAnswer {
  return {
    reservationId: row.reservation_id,
    sessionId: row.session_id,
    receiptNumber: row.receipt_number,
    revision: row.revision,
    personId: row.person_id,
    personVersion: row.person_version,
    state: row.state,
    ...(row.party_id !== null && { partyId: row.party_id }),
    channel: row.channel,
  };
}
