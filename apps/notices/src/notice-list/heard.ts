import { applyDecorators, Inject, Injectable } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { PLAN } from '#plan/plan.projector.js';
import { Subscriptions } from '#platform/hosting/subscriptions.module.js';
import { WAIT_FOR_HEADER } from '#platform/subscription/position-token.js';
import { waitFor } from '#platform/subscription/wait-for.js';
import { NOTICE_JOBS } from '../notice/notice-jobs.reaction.js';

/** A read that can be sent with a position of reservations: what was planned and booked there is in the answer. */
export const WaitsForReservations = () =>
  applyDecorators(
    ApiHeader({
      name: WAIT_FOR_HEADER,
      required: false,
      description: 'An `Uketsuke-Position` of reservations: the answer holds at least that.',
    }),
  );

@Injectable()
export class Heard {
  constructor(@Inject(Subscriptions) private readonly subscriptions: Subscriptions) {}

  /** @throws Refusal `not-yet`, `invalid-position` */
  async upTo(token: string | undefined): Promise<void> {
    if (token === undefined) return;
    await Promise.all(
      [PLAN, NOTICE_JOBS].map((name) => waitFor(this.subscriptions.named(name), 'reservations', token)),
    );
  }
}
