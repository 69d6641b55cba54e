import { Body, Controller, Get, Inject, Patch, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Call, Caller } from '#contracts/access/call.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { CommandRoute, QuestionRoute } from '#platform/hosting/route.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { plain } from '#platform/hosting/plain.js';
import { CurrentCaller } from '#platform/service/caller.js';
import { HiddenPersons } from '../person/hidden-persons.js';
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
    @Inject(HiddenPersons) private readonly hidden: HiddenPersons,
  ) {}

  @Get(':reservationId')
  @QuestionRoute(ReservationAnswer, { 403: ['cannot-tell'], 404: ['not-found'] })
  async read(
    @CurrentCaller() caller: Caller,
    @IdParam('reservationId') reservationId: string,
  ): Promise<ReservationAnswer> {
    return reservationAnswer(await this.seen(caller, reservationId, 'inquiry'));
  }

  @Post()
  @CommandRoute(
    ReservationsMade,
    {
      403: ['cannot-tell'],
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
    403: ['cannot-tell'],
    404: ['not-found'],
    409: ['session-full', 'already-reserved', 'session-not-open', 'hold-expired', 'reservation-cancelled'],
  })
  async move(@CurrentCall() call: Call, @IdParam('reservationId') reservationId: string, @Body() body: MoveBody) {
    await this.seen(call.caller, reservationId, 'change');
    const { toSessionId, holdId, ...origin } = plain(body);
    return this.commands.execute(new MoveReservation(call, reservationId, toSessionId, holdId, origin));
  }

  @Post(':reservationId/cancel')
  @CommandRoute(ReservationChanged, {
    403: ['cannot-tell'],
    404: ['not-found'],
    409: ['reservation-cancelled'],
    410: ['person-erased', 'term-erased'],
  })
  async cancel(@CurrentCall() call: Call, @IdParam('reservationId') reservationId: string, @Body() body: CancelBody) {
    await this.seen(call.caller, reservationId, 'change');
    const { reasonCode, note, ...origin } = plain(body);
    return this.commands.execute(new CancelReservation(call, reservationId, reasonCode, note, origin));
  }

  @Patch(':reservationId/applicant')
  @CommandRoute(ApplicantCorrectedAnswer, {
    403: ['cannot-tell'],
    404: ['not-found'],
    409: ['reservation-cancelled'],
    410: ['person-erased', 'term-erased'],
  })
  async correct(
    @CurrentCall() call: Call,
    @IdParam('reservationId') reservationId: string,
    @Body() body: CorrectionBody,
  ) {
    await this.seen(call.caller, reservationId, 'correction');
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

  /** @throws Refusal `cannot-tell` to an operator, of somebody under 照会制限 (§8.10) */
  private async seen(caller: Caller, reservationId: string, purpose: string): Promise<PlaceRow> {
    const place = await this.places.of(reservationId);
    await this.hidden.refuse(caller, place.person_id, purpose);
    return place;
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
